"""The notice for the printer, as a PDF with its typefaces inside."""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import typst

from base.errors import ShownError
from base.settings import settings
from base.words import _
from reports.meeting.brief import Brief

MEDIA_TYPE = "application/pdf"
_PAPER = Path(__file__).parent / "printed.typ"
# One of these has to be on the machine; the paper's own template names them too.
_FACES = (
    *("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC"),
    *("Source Han Sans SC", "SimSun", "FangSong", "Microsoft YaHei", "SimHei"),
)


def printed(brief: Brief) -> bytes:
    """Return a notice as a PDF.

    Raises:
        ShownError: when the machine has no typeface for Chinese.
    """
    if not _has_face():
        raise ShownError(
            _(
                "这台机器没有中文字体，打印版做不出来。请装 Noto CJK 字体"
                "（fonts-noto-cjk），或把宋体、黑体放进系统字体文件夹。"
            )
        )
    language = "en" if settings().language == "en" else "zh"
    right = [annex.right for annex in brief.annexes]
    said = json.dumps(
        {**asdict(brief), "lang": language, "right": right}, ensure_ascii=False
    )
    made: bytes = typst.compile(_PAPER, sys_inputs={"said": said})
    return made


@lru_cache(maxsize=1)
def _has_face() -> bool:
    return not set(_FACES).isdisjoint(typst.Fonts().families())
