"""In which words does a township write, in which unit, and how often?"""

from etl.demo.months import Span, half_yearly, monthly, yearly
from etl.demo.sheets import Cell

TITLES = (
    "{city}{township}{span}村级集体经济收入台账",
    "{city}{township}{span}村集体经济收入统计表",
    "{township}村级集体经济收入台账（{span}）",
)
SHEETS = ("台账", "Sheet1", "汇总")
SEQUENCE, CODE, NOTE, TOTAL_ROW, NONE, STROKE, NO_INCOME = (
    "序号",
    "村代码",
    "备注",
    "合计",
    "无",
    "—",
    "本期无收入",
)
VILLAGE = ("村名", "行政村", "村名称", "村庄")
TOTAL = ("合计", "收入合计", "本期合计")
IN_YUAN, IN_WAN = "单位：元", "单位：万元"
OVER_ALL, OVER_JOINT = "集体经济收入", "联建项目"
HEADINGS = {
    "solar": ("光伏富村", "光伏收入", "光伏发电", "村级光伏电站"),
    "cooperative": ("村级集体合作社", "合作社分红", "合作社收益"),
    "joint_base": ("产业基地", "联建产业基地", "联建基地"),
    "joint_tourism": ("乡村旅游", "联建乡村旅游", "联建旅游"),
    "joint_shopfront": ("商业门面", "联建商业门面", "门面租金"),
    "kindergarten": ("村办幼儿园", "幼儿园收入", "幼儿园"),
    "inventory": ("三资清查", "三资清理", "三资清收"),
    "contracting": ("发包及上交", "承包费", "发包收入", "租赁收入"),
    "pilot": ("试点村项目", "试点项目"),
    "farmland": ("补充耕地", "占补平衡", "新增耕地"),
    "hometown": ("乡脉经济", "乡贤经济", "能人回乡"),
    "other": ("其他收入", "其他", "其它收入"),
}
COST_HEADINGS = ("经营支出", "管理费用", "其他支出")
WHEN_NOTHING: tuple[Cell, ...] = (None, 0, None, NONE, STROKE)


def spans(manner: int, year: int) -> list[Span]:
    """Return what a township's ledgers of a year span; in old years not all monthly."""
    monthly_since = (2015, 2016, 2016, 2017, 2017)[manner % 5]
    if year >= monthly_since:
        return monthly(year)
    is_half = year == monthly_since - 1 or manner % 3 == 0
    return half_yearly(year) if is_half else yearly(year)


def has_costs(manner: int) -> bool:
    """Tell whether a township's ledgers carry costs."""
    return manner % 4 == 1


def is_in_wan(manner: int) -> bool:
    """Tell whether a township writes ten thousands of yuan."""
    return manner % 4 == 3
