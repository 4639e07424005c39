"""Which blank workbooks are handed out, one for each kind of paper?

`python -m etl.templates` writes them to `data/templates/`. Each has a sheet to fill in
and one that explains its columns with an example.
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

from base.settings import settings

_FILL_IN, _EXPLAIN = "填报", "填写说明"
_YUAN = "单位：元"
_COLUMN_EXAMPLE = ("列", "例")
# Without a day of its own a workbook would bear the one of its making.
_MADE = datetime(2018, 1, 1)
Column = tuple[str, str]


@dataclass(frozen=True)
class Template:
    """A blank paper: title, unit, and its headings each with an example.

    `layout` is what it is recognised as; `encoding` is that of a csv, else it is a
    workbook.
    """

    name: str
    layout: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    encoding: str = ""

    @property
    def file_name(self) -> str:
        """Return the name of its file."""
        return f"{self.name}.csv" if self.encoding else f"{self.name}.xlsx"


_TOWNSHIP, _VILLAGE = ("乡镇", "河顺镇"), ("村名", "柳泉")
_MONTHS = tuple((f"{month}月", "1000") for month in range(1, 13))
TEMPLATES = (
    Template(
        "乡镇台账",
        "township_ledger",
        "______镇______年______月村级集体经济收入台账",
        _YUAN,
        (
            _VILLAGE,
            ("光伏富村", "2500"),
            ("村级集体合作社", "0"),
            ("补充耕地", ""),
            ("乡脉经济", ""),
            ("三资清查", ""),
            ("村办幼儿园", "12000"),
            ("联建产业基地", ""),
            ("联建乡村旅游", ""),
            ("联建商业门面", ""),
            ("试点村项目", ""),
            ("发包及上交", "900"),
            ("补助收入", ""),
            ("其他收入", ""),
            ("合计", "15400"),
            ("经营支出", "300"),
            ("管理费用", "100"),
            ("其他支出", "0"),
            ("备注", ""),
        ),
    ),
    Template(
        "一村一年",
        "village_year",
        "______镇______村______年集体经济收入台账",
        _YUAN,
        (("收入来源", "光伏富村"), *_MONTHS, ("合计", "12000")),
    ),
    Template(
        "收入明细",
        "flat_list",
        "______镇村级集体经济收入明细",
        _YUAN,
        (
            _TOWNSHIP,
            _VILLAGE,
            ("月份", "2018年6月"),
            ("收入来源", "光伏富村"),
            ("应收", "3000"),
            ("实收", "2500"),
        ),
    ),
    Template(
        "合作社分红",
        "detail",
        "______镇______年______月合作社分红表",
        _YUAN,
        (_VILLAGE, ("社员数（户）", "120"), ("应分红", "30000"), ("实收", "28000")),
    ),
    Template(
        "补充耕地",
        "detail",
        "______镇______年______月补充耕地收入表",
        _YUAN,
        (
            _VILLAGE,
            ("新增耕地面积（亩）", "12.5"),
            ("每亩单价（元/亩）", "20000"),
            ("到账金额", "250000"),
        ),
    ),
    Template(
        "乡脉经济",
        "detail",
        "______镇______年______月乡脉经济认捐到位表",
        _YUAN,
        (_VILLAGE, ("认捐金额", "125000"), ("到位金额", "20000")),
    ),
    Template(
        "村办幼儿园",
        "detail",
        "______镇______年度村办幼儿园情况表",
        _YUAN,
        (
            _VILLAGE,
            ("在园幼儿（人）", "45"),
            ("春季学期保教费", "30000"),
            ("秋季学期保教费", "32000"),
        ),
    ),
    Template(
        "试点村项目",
        "detail",
        "______镇______年______月试点村项目收入表",
        _YUAN,
        (_VILLAGE, ("项目投资（元）", "800000"), ("本月收入", "15000")),
    ),
    Template(
        "电站发电量（平台导出）",
        "energy",
        "",
        "",
        (
            ("stationName", "河顺镇柳泉村300kW光伏电站"),
            ("collectTime", "1527782400000"),
            ("installed_capacity", "300"),
            ("inverter_power", "33000.5"),
            ("ongrid_power", "32000.5"),
        ),
        encoding="utf-8-sig",
    ),
    Template(
        "电站发电量",
        "energy",
        "______镇光伏电站______年______月发电量月报",
        "",
        (
            ("电站名称", "柳泉村光伏电站"),
            ("装机容量(kW)", "300"),
            ("逆变器发电量(度)", "33000"),
            ("上网电量(万kWh)", "3.2"),
        ),
    ),
    Template(
        "电网结算",
        "settlement",
        "",
        "",
        (
            ("户号", "0001"),
            ("户名", "林州市河顺镇柳泉村村民委员会"),
            ("结算月份", "201806"),
            ("结算电量（千瓦时）", "32000"),
            ("应付电费（元）", "12092.80"),
            ("实付电费（元）", "12092.80"),
            ("应付补贴（元）", "15107.20"),
            ("实付补贴（元）", "0.00"),
        ),
        encoding="gb18030",
    ),
    Template(
        "联建项目收入",
        "joint_income",
        "______年______半年联建项目收入表",
        _YUAN,
        (
            ("项目编号", "L01"),
            ("联建项目", "食用菌产业园"),
            ("项目类型", "联建产业基地"),
            ("承办镇", "河顺镇"),
            ("承办村", "柳泉"),
            ("应收总额", "120000"),
            ("实收总额", "100000"),
        ),
    ),
    Template(
        "联建项目份额",
        "joint_shares",
        "联建项目份额表",
        "",
        (
            ("项目编号", "L01"),
            ("联建项目", "食用菌产业园"),
            ("项目类型", "联建产业基地"),
            ("承办镇", "河顺镇"),
            ("承办村", "柳泉"),
            ("项目地点", "河顺镇"),
            ("入股镇", "任村镇"),
            ("入股村", "任村"),
            ("份额", "100%"),
            ("出资额（元）", "50000"),
            ("生效日期", "2018-01-01"),
        ),
    ),
    Template(
        "三资清查",
        "inventory",
        "______镇三资清查情况表（______年______半年）",
        _YUAN,
        (
            _VILLAGE,
            ("是否完成", "是"),
            ("完成日期", "2018-05-20"),
            ("货币资金", "12000"),
            ("固定资产", "300000"),
            ("资源面积（亩）", "120.5"),
            ("应清收欠款", "5000"),
            ("已清收欠款", "3000"),
            ("重新发包合同（份）", "3"),
            ("重新发包增收", "8000"),
        ),
    ),
    Template(
        "合同台账",
        "contract",
        "______镇______年集体经济合同台账",
        _YUAN,
        (
            _VILLAGE,
            ("合同编号", "HT-1"),
            ("承包方", "张某"),
            ("标的", "机动地30亩"),
            ("起始日期", "2015-01-01"),
            ("终止日期", "2024-12-31"),
            ("年租金", "9000"),
            ("应缴日期", "6月30日、12月31日"),
        ),
    ),
    Template(
        "村情属性",
        "attributes",
        "村情属性表（______年______月）",
        "",
        (
            _TOWNSHIP,
            _VILLAGE,
            ("地形", "山区"),
            ("试点级别", "省级"),
            ("是否贫困村", "是"),
            ("脱贫年份", "2017"),
            ("光伏电站容量（kW）", "300"),
            ("光伏受益户数", "60"),
            ("并网日期", "2017-08-01"),
            ("依据", "市扶贫办名单"),
            ("核实情况", "待核"),
        ),
    ),
    Template(
        "帮扶责任",
        "roster",
        "______镇______年______半年帮扶责任表",
        "",
        (
            _VILLAGE,
            ("包村领导", "王某某"),
            ("帮扶单位", "市财政局"),
            ("工作队长", "赵某"),
            ("第一书记", "李某"),
            ("任职日期", "2016-05-01"),
            ("离任日期", ""),
        ),
    ),
)
_HOW = (
    "金额只填数字；没有收入填 0 或 无，未统计留空。",
    "标题里的镇、年、月要写全；没有标题的，每行写明月份。",
    "要撤回报过的一项，在该格填「撤销」。",
)


def made(template: Template) -> bytes:
    """Return the file of a template; the same template gives the same bytes."""
    if template.encoding:
        out = io.StringIO()
        csv.writer(out).writerow(heading for heading, _example in template.columns)
        return out.getvalue().encode(template.encoding)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        bold = book.add_format({"bold": True, "align": "center", "border": 1})
        sheet = book.add_worksheet(_FILL_IN)
        last = len(template.columns) - 1
        sheet.merge_range(0, 0, 0, last, template.title, bold)
        sheet.write(1, last, template.unit)
        for column, (heading, _example) in enumerate(template.columns):
            sheet.write(2, column, heading, bold)
            sheet.set_column(column, column, max(12, 2 * len(heading) + 2))
        sheet.freeze_panes(3, 1)
        explained = book.add_worksheet(_EXPLAIN)
        explained.set_column(0, 1, 34)
        lines = [_COLUMN_EXAMPLE, *template.columns, ("", ""), *((h, "") for h in _HOW)]
        for row, (heading, example) in enumerate(lines):
            explained.write_string(row, 0, heading)
            explained.write_string(row, 1, example)
    return buffer.getvalue()


def write_all(folder: Path) -> list[Path]:
    """Write all templates into a folder; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for template in TEMPLATES:
        path = folder / template.file_name
        path.write_bytes(made(template))
        paths.append(path)
    return paths


if __name__ == "__main__":
    write_all(settings().data / "templates")
