"""Does a damaged xls end its own reader only?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading.old_workbook import Damaged, read_old
from tests.making import xls

CONTENT = xls([["村名", "光伏"], ["柳泉", 3500]], "6月")
# The record that says how many rows a sheet has; the number stands 8 bytes on.
DIMENSIONS = b"\x00\x02\x0e\x00"


def test_an_xls_is_read() -> None:
    [sheet] = read_old(CONTENT)
    assert (sheet.name, sheet.rows) == ("6月", [["村名", "光伏"], ["柳泉", 3500]])


@settings(max_examples=4, deadline=None)
@given(st.integers(9, len(CONTENT) - 600))
def test_a_file_cut_off_is_damaged(length: int) -> None:
    with pytest.raises(Damaged):
        read_old(CONTENT[:length])


def test_a_claim_of_endless_rows_takes_only_its_reader() -> None:
    assert CONTENT.count(DIMENSIONS) == 1
    place = CONTENT.index(DIMENSIONS) + 8
    claimed = CONTENT[:place] + b"\xff\xff\xff\x7f" + CONTENT[place + 4 :]
    with pytest.raises(Damaged):
        read_old(claimed)
