"""Is each reason said in words, with its figures?"""

import pytest

from base.rules import rules
from base.viewer import operator
from office import matter_reasons
from office.hits import hits
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    end_of,
    moment,
    tell,
    viewer_of,
)
from tests.queries.checks.hitting import SCENES, contract, month, plant

SAID = {
    "above_line": "今年累计 5 万元，刚过线：线上一小段有 9 个村，"
    "线下同样一段只有 0 个村",
    "round_numbers": "今年台账 5 个数里有 3 个是整千",
    "same_amounts": "2018年6月的 3 个数与东里完全相同",
    "december_jump": "2017年村级集体合作社有 100% 是十二月一个月的，这类收入平常是 33%",
    "month_jump": "2018年8月光伏富村 10,014 元，以往 6 个月最多 5,007 元",
    "split_payment": "乡脉经济相邻两个月 15,000 元 加 15,000 元，正好 30,000 元，"
    "前后再无进账",
    "no_project": "台账有联建产业基地收入 1,000 元，查不到这个村的份额",
    "statements_differ": "2018年6月光伏富村：村级台账写 100 元，"
    "电网结算单写 5,100.01 元",
    "gap_large": "到2018年8月只有 5,000 元，照去年剩下几个月再来 0 万元，也够不着线",
    "falling_months": "最近三个月台账 2.4 万元，去年这三个月 3 万元，月月都少",
    "below_last_year": "今年到2018年8月 2 万元，去年同期 4 万元",
    "contract_ending": "鱼塘（张三承租）2019年1月15日到期，年租金 10,000 元",
    "no_report": "8 份报表逾期，最早的是2018年2月",
    "plant_down": "2018年8月每千瓦发电 60 度，同月电站的中位数是 100 度",
}
OFFICE = operator("专班")


def said_of(store: Store, rule_id: str, by: object = OFFICE) -> list[str]:
    when = moment(store, end_of(8))
    found = hits(store, by, when, [rules()[rule_id]])  # type: ignore[arg-type]
    return list(found.loc[found["village_code"] == HESHUN, "reason"])


def test_every_query_of_a_rule_has_words() -> None:
    queries = {rule.query for rule in rules().values()}
    assert queries == set(matter_reasons._SAID)
    assert list(SAID) == list(rules())


@pytest.mark.parametrize("rule_id", list(SAID))
def test_a_reason_is_said_with_its_figures(store: Store, rule_id: str) -> None:
    SCENES[rule_id](store, False)
    assert said_of(store, rule_id) == [SAID[rule_id]]


def test_a_village_elsewhere_is_not_named(store: Store) -> None:
    SCENES["same_amounts"](store, False)
    assert said_of(store, "same_amounts", _township_of(HESHUN)) == [
        "2018年6月的 3 个数与外镇（街）1 个村完全相同"
    ]


def _township_of(code: str) -> object:
    from dataclasses import replace

    return replace(OFFICE, scope=viewer_of(code).scope)


def test_what_a_paper_leaves_out_is_said_to_be_left_out(store: Store) -> None:
    bare = {"party_name": None, "subject_name": None, "rent_yuan_per_year": None}
    tell(store, contract=[contract(**bare)])
    assert said_of(store, "contract_ending") == [
        "标的没写（某方承租）2018年12月31日到期，年租金 没写"
    ]


def test_a_plant_and_a_tenant_have_words_of_their_own(store: Store) -> None:
    tell(store, month(HESHUN, 6, 1_000))
    tell(store, *plant(DONGLI, 5))
    assert said_of(store, "no_project") == [
        "台账有光伏富村收入 1,000 元，查不到这个村的电站"
    ]
    halves = [
        contract(contract_id=one, rent_yuan_per_year=5_000) for one in ("甲", "乙")
    ]
    tell(store, contract=halves)
    assert said_of(store, "split_payment") == [
        "与张三的两份合同：5,000 元 加 5,000 元，正好 10,000 元"
    ]
