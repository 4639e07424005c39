"""Which findings does a seal give, and by which file?"""

from datetime import date

from base.catalogue import catalogue
from etl.handed.layout import version_of
from etl.handed.seal import sealed
from tests.etl.handed.filling import DONGLI, LIUQUAN, with_properties
from tests.etl.telling import Told
from tests.making import ledger


def bearing(place_code: str, version: str = "") -> bytes:
    """Return a ledger with one amount of 柳泉, sealed for a place."""
    version = version or version_of(catalogue())
    seal = sealed(version, place_code, date(2018, 6, 1), b"k" * 32)
    return with_properties(ledger([["柳泉", 5, "", ""]]), seal.properties())


SEALED = [
    Told(
        "template_old",
        bearing(LIUQUAN, version="00000000"),
        "",
        "",
        "",
        "请重新下载样表",
        is_error=False,
    ),
    Told(
        "seal_place",
        bearing(DONGLI),
        "Sheet1",
        "B4",
        "河顺镇柳泉",
        "填进它自己的样表",
    ),
]
# by a key that is not the installation's
BROKEN = Told(
    "seal_broken", bearing(LIUQUAN), "", "", "", "请重新下载样表", is_error=False
)
