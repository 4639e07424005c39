"""What do the papers of nine kinds of senders look like? Grids that read like them."""

from datetime import date
from typing import Any

from etl.check import Checked
from tests.making import Grid, checked, xlsx

LIUQUAN, DONGLI, HESHUN = "410581105201", "410581105202", "410581105200"
RENCUN = "410581106200"
JUNE = (date(2018, 6, 1), date(2018, 6, 30))
FIRST_HALF = (date(2018, 1, 1), date(2018, 6, 30))

PLATFORM: Grid = [
    ["stationName", "collectTime", "installed_capacity", "ongrid_power", "use_power"],
    ["河顺镇柳泉村300kW光伏电站", 1527782400000, 300, 32000.5, 12],
    ["林州市河顺镇东里村级光伏电站", 1527782400000, 200, 21000, 8],
]
MONTHLY: Grid = [
    ["河顺镇光伏电站2018年6月运行月报"],
    ["电站名称", "装机容量(kW)", "上网电量(万kWh)", "PV发电量(度)", "系统效率PR(%)"],
    ["柳泉村光伏电站", 300, 3.2, 33000, 82],
    ["合计", 300, 3.2, 33000, ""],
]
SETTLED = ["户号", "户名", "结算月份", "结算电量（千瓦时）"]
SETTLED += ["应付电费（元）", "实付电费（元）", "应付补贴（元）", "实付补贴（元）"]
PAID: list[Any] = ["32000", "12092.80", "12092.80", "15107.20", "0.00"]
SETTLEMENT: Grid = [
    SETTLED,
    ["0001", "林州市河顺镇柳泉村村民委员会", "201806", *PAID],
    ["合计", "", "", *PAID],
]
JOINT: Grid = [
    ["2018年上半年联建项目收入表"],
    ["单位：元"],
    ["项目编号", "联建项目", "项目类型", "承办镇", "承办村", "应收总额", "实收总额"],
    ["L01", "食用菌园", "联建产业基地", "河顺镇", "柳泉", 120000, 100000.01],
]
HELD = ["项目编号", "联建项目", "项目类型", "承办镇", "承办村"]
HELD += ["入股镇", "入股村", "份额", "生效日期"]
OF_L01 = ["L01", "食用菌园", "联建产业基地", "河顺镇", "柳泉"]
SHARES: Grid = [
    ["联建项目份额表"],
    HELD,
    [*OF_L01, "河顺镇", "柳泉", "33.333333%", "2018-01-01"],
    [*OF_L01, "河顺镇", "东里", "33.333333%", "2018-01-01"],
    [*OF_L01, "任村镇", "任村", "33.333334%", "2018-01-01"],
]
INVENTORY: Grid = [
    ["河顺镇三资清查情况表（2018年上半年）"],
    ["单位：元"],
    ["村名", "是否完成", "完成日期", "货币资金", "资源（亩）", "应清收欠款"]
    + ["已清收欠款", "重新发包合同（份）", "重新发包增收"],
    ["柳泉", "是", "2018-05-20", 12000, 120.5, 5000, 3000, 3, 8000],
    ["东里", "否", "", 100, 20, 400, "—", "", "无"],
    ["合计", "", "", 12100, 140.5, 5400, 3000, 3, 8000],
]
CONTRACT: Grid = [
    ["河顺镇2018年集体经济合同台账"],
    ["单位：元"],
    ["村名", "合同编号", "承包方", "标的", "起始日期", "终止日期", "年租金"]
    + ["应缴日期"],
    ["柳泉", "HT-1", "张某", "机动地", "2015-01-01", "2024-12-31", 9000]
    + ["6月30日、12月31日"],
    ["东里", "", "李某", "门面房", "2016年1月", "2020年12月", "1.2万"]
    + ["每年12月底前"],
]
ATTRIBUTES: Grid = [
    ["林州市村情属性表（2018年1月）"],
    ["乡镇", "村名", "地形", "试点级别", "是否贫困村", "脱贫年份"]
    + ["光伏电站容量（kW）", "并网日期", "依据", "核实情况"],
    ["河顺镇", "柳泉", "山区", "省级", "是", "2017年", 300, "2017-08-01"]
    + ["市扶贫办", "待核"],
    ["任村镇", "任村", "集镇", "", "否", "", "", "", "", "已核"],
]
ROSTER: Grid = [
    ["河顺镇2018年上半年帮扶责任表"],
    ["村名", "包村领导", "帮扶单位", "工作队长", "第一书记", "任职日期"],
    ["柳泉", "王某某", "市财政局", "赵某", "李某", "2016-05-01"],
    ["东里", "王某某", "空缺", "", "—", ""],
]
KINDERGARTEN: Grid = [
    ["河顺镇2017年村办幼儿园情况表"],
    ["单位：元"],
    ["村名", "在园幼儿（人）", "春季学期保教费", "秋季学期保教费"],
    ["柳泉", 45, 30000, 32000],
]
COOPERATIVE: Grid = [
    ["河顺镇2018年上半年合作社分红表"],
    ["村名", "社员数（户）", "应分红（元）", "实收（元）"],
    ["柳泉", 120, 30000, 28000],
]
FARMLAND: Grid = [
    ["河顺镇2018年6月补充耕地"],
    ["村名", "新增耕地面积（亩）", "每亩单价（元/亩）", "到账金额（元）"],
    ["柳泉", 12.5, 20000, 250000],
]
HOMETOWN: Grid = [
    ["河顺镇2018年6月乡脉经济"],
    ["村名", "认捐金额（万元）", "到位金额（万元）"],
    ["柳泉", 12.5, 2],
]
PILOT: Grid = [
    ["河顺镇2018年6月试点村项目"],
    ["村名", "项目投资（万元）", "本月收入（万元）"],
    ["柳泉", 80, 1.5],
]
ALL = {
    "energy": MONTHLY,
    "settlement": SETTLEMENT,
    "joint_income": JOINT,
    "joint_shares": SHARES,
    "inventory": INVENTORY,
    "contract": CONTRACT,
    "attributes": ATTRIBUTES,
    "roster": ROSTER,
    "detail": KINDERGARTEN,
}


def with_cell(grid: Grid, row: int, column: int, value: Any) -> Grid:
    """Return a copy of a grid with another value in one cell, counted from 0."""
    copy = [list(cells) for cells in grid]
    copy[row][column] = value
    return copy


def read(grid: Grid, file_name: str = "表.xlsx", **answers: Any) -> Checked:
    """Check a grid as a workbook."""
    return checked(xlsx(grid), file_name, **answers)


def rows_of(found: Checked, *columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of the accepted rows."""
    return [tuple(row[c] for c in columns) for row in found.rows.to_pylist()]
