"""In which states may a meeting be, and what is taken to it?"""

from collections.abc import Mapping
from types import MappingProxyType

from base.words import mark

PLANNED, FROZEN, DROPPED = "planned", "frozen", "dropped"
WORDS: Mapping[str, str] = MappingProxyType(
    {
        PLANNED: mark("筹备中"),
        FROZEN: mark("数据已冻结"),
        DROPPED: mark("已取消"),
    }
)
# What is made for a meeting: kind of paper, by the ending of its file.
SLIDES, BRIEF, BOOK, PDF, SCREEN, TOWNSHIP = (
    "slides",
    "brief",
    "book",
    "pdf",
    "screen",
    "township",
)
PAPERS: Mapping[str, str] = MappingProxyType(
    {
        SLIDES: mark("幻灯片（pptx）"),
        BRIEF: mark("通报（docx）"),
        BOOK: mark("数据表（xlsx）"),
        PDF: mark("打印版（pdf）"),
        SCREEN: mark("大屏（html，离线可放）"),
    }
)
# Where a village stood and stands: what happened to it between two meetings.
CLEARED, FALLEN, NEWLY_REPORTED, CHANGED = (
    "cleared",
    "fallen",
    "newly_reported",
    "changed",
)
CHANGES: Mapping[str, str] = MappingProxyType(
    {
        CLEARED: mark("新清零"),
        FALLEN: mark("退回线下"),
        NEWLY_REPORTED: mark("新报数"),
        CHANGED: mark("金额变动"),
    }
)
