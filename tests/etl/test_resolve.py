"""Is a village told from what a line says, and asked for where it cannot be?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.registry import Registry, Village, registry, village_key
from etl.resolve import Named, Unresolved, resolve

DAY = date(2018, 6, 30)
HESHUN, HENGSHUI, CHADIAN = "410581105", "410581104", "410581114"


def found(
    name: str = "", township: str = "", code: str = "", sheet: str | None = None
) -> str:
    """Return township and name of the village that a line means."""
    village = resolve(Named(code, township, name, sheet), registry(), DAY)
    return f"{village.township_name}{village.short_name}"


def refused(
    name: str = "", township: str = "", code: str = "", sheet: str | None = None
) -> Unresolved:
    """Return why a line's village cannot be told."""
    with pytest.raises(Unresolved) as refusal:
        resolve(Named(code, township, name, sheet), registry(), DAY)
    return refusal.value


@pytest.mark.parametrize(
    ("name", "township", "sheet", "village"),
    [
        ("柳泉", "", None, "河顺镇柳泉"),
        ("柳泉村", "河顺", None, "河顺镇柳泉"),
        ("柳泉村民委员会", "", HESHUN, "河顺镇柳泉"),
        ("河顺镇柳泉村", "", None, "河顺镇柳泉"),
        ("林州市河顺镇柳泉村", "", HENGSHUI, "河顺镇柳泉"),
        ("石村", "", HESHUN, "河顺镇石村"),
        ("横水", "", HENGSHUI, "横水镇横水"),
        ("李家庄", "", CHADIAN, "茶店镇李家庄"),
        ("上庄村", "合涧镇", None, "合涧镇上庄"),
        ("其林台村", "", None, "龙山街道麒麟台"),
        ("其林台村", "龙山街道", None, "龙山街道麒麟台"),
        ("庙荒村", "城郊乡", None, "黄华镇庙荒"),
        ("庙荒村", "黄华镇", None, "黄华镇庙荒"),
        ("庙荒村", "", None, "黄华镇庙荒"),
    ],
)
def test_a_village_is_told_from_its_name(
    name: str, township: str, sheet: str | None, village: str
) -> None:
    assert found(name, township, sheet=sheet) == village


def test_a_name_that_is_part_of_another_is_not_the_other() -> None:
    for village in registry().villages.values():
        told = found(village.short_name, village.township_name)
        assert told == village.township_name + village.short_name


@pytest.mark.parametrize(
    "code", ["410581105203", "410581105203.0", " ４１０５８１１０５２０３"]
)
def test_a_code_goes_before_names(code: str) -> None:
    village = registry().villages["410581105203"]
    assert found(code=code) == village.township_name + village.short_name
    assert found(village.short_name + "村", "", code) == found(code=code)


def test_an_alias_agrees_with_its_code() -> None:
    assert found("其林台村", code="410581003200") == "龙山街道麒麟台"
    assert found("庙荒村", "城郊乡", "410581116206") == "黄华镇庙荒"


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ({"name": "上庄"}, "village_ambiguous", ["有 4 个村", "合涧镇", "五龙镇"]),
        ({"name": "上庄村"}, "village_ambiguous", ["有 4 个村"]),
        ({"name": "柳全", "sheet": HESHUN}, "village_unknown", ["河顺镇", "柳泉？"]),
        ({"name": "柳全"}, "village_unknown", ["全市名录", "柳泉"]),
        ({"name": "石", "sheet": HESHUN}, "village_unknown", ["石村"]),
        ({"name": "横水", "sheet": HESHUN}, "village_unknown", ["横水镇有"]),
        ({"name": "ABC"}, "village_unknown", ["请按名录填写"]),
        ({"name": "柳泉", "township": "林州"}, "township_unknown", ["河顺镇、"]),
        ({"name": "柳泉", "township": "城郊乡"}, "township_unknown", ["黄华镇"]),
        ({"code": "410581105999"}, "code_unknown", ["12 位"]),
        ({"code": "4.10581E+11"}, "code_unknown", ["12 位"]),
        (
            {"code": "410581105203", "name": "庙荒"},
            "code_name_differ",
            ["河顺镇", "改正其中一个"],
        ),
    ],
)
def test_what_cannot_be_told_is_asked(
    line: dict[str, str], code: str, words: list[str]
) -> None:
    refusal = refused(**line)
    assert refusal.code == code
    assert [word for word in words if word not in refusal.cure] == []


def test_suggestions_never_decide() -> None:
    village = Village("410581105203", "柳泉村民委员会", "柳泉", HESHUN, "河顺镇", "")
    with pytest.raises(Unresolved, match="village_unknown"):
        resolve(Named("", "", "柳泉庄", None), Registry([village]), DAY)


@pytest.mark.parametrize("is_guessing", [True, False])
def test_which_village_is_meant_is_guessed_where_wanted(is_guessing: bool) -> None:
    wrong = Named("", "河顺镇", "柳泉新", None)
    with pytest.raises(Unresolved) as problem:
        resolve(wrong, registry(), date(2018, 6, 30), is_guessing)
    assert ("是不是：柳泉" in problem.value.cure) == is_guessing
    assert "没有这个村" in problem.value.cure


VILLAGES = st.deferred(lambda: st.sampled_from([*registry().villages.values()]))
UNSEEN = st.sampled_from(["", " ", "\u3000", "\u200b", "\u2068", "\u00ad", "\ufe0f"])
PLACES = "柳泉东里上庄河顺镇村任石委会居社区街道办事处林州市麒麟台1（） "


@settings(deadline=None)
@given(VILLAGES, UNSEEN, st.integers(0, 3))
def test_each_village_is_told_from_its_names_and_its_code(
    village: Village, unseen: str, place: int
) -> None:
    name = village.short_name[:place] + unseen + village.short_name[place:]
    for said in (
        Named("", village.township_name, name, None),
        Named("", village.township_name, village.official_name, None),
        Named("", "", name, village.township_code),
        Named(village.village_code, "", name, None),
        Named(village.village_code + ".0", "", "", None),
    ):
        found_code = resolve(said, registry(), DAY).village_code
        assert found_code == village.village_code


@settings(deadline=None)
@given(st.text(st.sampled_from(PLACES), max_size=9) | st.text(max_size=9))
def test_a_village_is_never_guessed(name: str) -> None:
    try:
        village = resolve(Named("", "", name, None), registry(), DAY)
    except Unresolved as problem:
        assert problem.cure.endswith("。")
        return
    _township, bare = registry().parted(name)
    keys = {village_key(name), village_key(bare)}
    own = village_key(village.short_name)
    aliased = [v for key in keys for v in registry().aliased(key, "", DAY)]
    assert own in keys or village in aliased


def test_a_name_as_long_as_a_book_is_told_without_looking_for_alike_ones() -> None:
    assert "是不是" not in refused("柳全" * 500_000, sheet=HESHUN).cure
