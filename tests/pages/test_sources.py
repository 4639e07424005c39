"""Does the page of the sources say what the papers say, of the own places alone?"""

import json
from datetime import datetime

import pytest

from store import Store
from tests.etl.statements.grids import (
    ATTRIBUTES,
    CONTRACT,
    COOPERATIVE,
    DONGLI,
    FARMLAND,
    HOMETOWN,
    INVENTORY,
    KINDERGARTEN,
    PILOT,
)
from tests.making import ledger, load
from tests.pages.conftest import CITY, SignIn, groups
from tests.pages.test_pages import opened, words_of
from tests.pages.test_roles import all_of

AT = datetime(2018, 7, 9, 10)
JULY, HESHUN = {"as_of": "2018-06"}, "410581105"


@pytest.fixture
def filled(store: Store) -> Store:
    """Ledgers of June of two years, and every paper of an income model."""
    before = "林州市河顺镇2017年6月村级集体经济收入台账"
    load(store, ledger([["东里", 50_000, "", 0]], title=before), AT)
    load(store, ledger([["柳泉", 1000.5, "", 20], ["东里", 76_567, "", 0]]), AT)
    for grid in (
        ATTRIBUTES,
        CONTRACT,
        COOPERATIVE,
        FARMLAND,
        HOMETOWN,
        INVENTORY,
        KINDERGARTEN,
        PILOT,
    ):
        load(store, grid, AT)
    return store


def test_without_data_the_page_says_what_will_be_there(
    store: Store, signed_in_as: SignIn
) -> None:
    for role, place in (("leader", CITY), ("township", HESHUN)):
        signed_in_as(role, place)
        for source in ("", "cooperative", "inventory", "contracting", "pilot"):
            app = opened("sources", source=source)
            assert not app.exception and not app.error
        assert "今年还没有已审核的收入" in words_of(opened("sources"))


def test_the_sentence_says_how_much_and_whence(filled: Store) -> None:
    said = words_of(opened("sources", **JULY))
    # 1000.5 and 76567 of solar, 28000 of dividends, 3000 and 8000 of the inventory,
    # 250000 of farmland, 20000 from natives, 15000 of the pilot, 20 of a shopfront
    assert "今年1–6月到账 40.16 万元，补充耕地最多，占 62.3%" in said
    assert "与去年同月同口径比 +53.1%" in said
    assert "2 村到账的 80% 以上来自一个来源" not in said
    assert "1 村到账的 80% 以上来自一个来源" in said


@pytest.mark.parametrize(
    ("by", "expected"),
    [("terrain", "山区"), ("pilot", "省级试点"), ("township", "河顺镇")],
)
def test_the_address_splits_the_composition(
    filled: Store, by: str, expected: str
) -> None:
    app = opened("sources", by=by, **JULY)
    assert not app.exception
    tables = "".join(frame.value.to_csv() for frame in app.dataframe)
    assert expected in tables
    assert [one.value for one in groups(app)] == [by]
    odd = opened("sources", by="odd", **JULY)
    assert [one.value for one in groups(odd)] == ["source"]


def test_another_split_goes_into_the_address(filled: Store) -> None:
    app = opened("sources", **JULY)
    groups(app)[0].set_value("terrain").run()
    assert app.query_params["by"] in ("terrain", ["terrain"])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("cooperative", "户均分红中位数 233.33 元（1 村报，2018年1月至2018年6月）"),
        ("farmland", "亩均收益中位数 20,000 元（1 村报，2018年6月）"),
        ("kindergarten", "今年还没有报在园幼儿，这是去年的数"),
        ("hometown", "认捐 12.5 万元，到位 2 万元，到位率 16.0%"),
        ("inventory", "历年欠款 5,000 元，已清收 3,000 元，清欠率 60.0%"),
        ("contracting", "在期合同 <b>2 份</b>"),
        ("pilot", "只是并列摆出，不说明试点带来增收"),
        ("other", "其他收入：今年和去年同月都没有已审核的数"),
        ("joint_base", "联建项目"),
        ("odd", "今年1–6月到账"),
    ],
)
def test_each_model_has_its_own_quantity(
    filled: Store, source: str, expected: str
) -> None:
    app = opened("sources", source=source, **JULY)
    assert not app.exception
    assert expected in all_of(app)


def test_a_source_with_a_page_of_its_own_leads_there(filled: Store) -> None:
    assert "见光伏富村 →" in all_of(opened("sources", source="solar", **JULY))
    assert "见联建项目 →" in all_of(opened("sources", source="joint_base", **JULY))


@pytest.mark.parametrize("source", ["", "solar", "inventory", "contracting"])
def test_a_scope_sees_itself_alone(
    filled: Store, signed_in_as: SignIn, source: str
) -> None:
    signed_in_as("leader", CITY)
    assert "东里" in all_of(opened("sources", source=source, **JULY))
    signed_in_as("township", "410581106")
    said = all_of(opened("sources", source=source, place=DONGLI, **JULY))
    assert "东里" not in said and "76567" not in said and "76,567" not in said


def test_texts_of_a_table_are_shown_too(filled: Store) -> None:
    """A column that is given None for its configuration would be hidden."""
    for frame in opened("sources", **JULY).dataframe:
        configured = json.loads(frame.proto.columns or "{}")
        configured.pop("_index", None)
        assert all(said and not said.get("hidden") for said in configured.values())
