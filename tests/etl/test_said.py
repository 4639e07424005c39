"""Does a command say of a file what people and programs rely on?"""

import json

import pytest

from etl.check import Checked
from etl.findings import SHOWN, Finding, warning
from etl.said import as_dict, as_json, as_lines, exit_code
from tests.making import checked, ledger, text, xlsx

CLEAN = checked(xlsx(ledger([["柳泉", 1234.565, "无", "—"], ["东里", 0.1, 2, ""]])))
BAD = checked(xlsx(ledger([["柳泉", "约3", 5, ""]])))
ODD = checked(xlsx(ledger([["柳泉", -3, 5, ""]])))
NO_TABLE = checked(b"", "空.csv")


def test_json_has_the_promised_keys_and_sums() -> None:
    [said] = json.loads(as_json([CLEAN]))
    assert list(said) == [
        "file",
        "sha256",
        "source",
        "rows",
        "accepted",
        "rejected",
        "total_due_yuan",
        "total_received_yuan",
        "findings",
    ]
    assert (said["rows"], said["accepted"], said["rejected"]) == (4, 4, 0)
    assert (said["total_due_yuan"], said["total_received_yuan"]) == ("0.00", "1236.67")
    assert (said["file"], said["source"], said["findings"]) == (
        "台账.xlsx",
        "several",
        [],
    )


def test_json_tells_each_finding_whole() -> None:
    said = as_dict(BAD)
    assert (said["rows"], said["accepted"], said["rejected"]) == (2, 1, 1)
    assert said["source"] == "cooperative"
    [finding] = said["findings"]
    assert list(finding) == ["severity", "code", "sheet", "cell", "found", "message"]
    assert (finding["severity"], finding["cell"], finding["found"]) == (
        "error",
        "B4",
        "约3",
    )


def test_people_read_counts_and_then_findings() -> None:
    first, second = as_lines(BAD)
    assert first == "台账.xlsx：读到 2 笔，可用 1 笔，退回 1 笔，到账合计 5 元"
    assert second.startswith("  [错误] 台账.xlsx，Sheet1，B4，读到「约3」：金额读不出")
    assert as_lines(ODD)[1].startswith("  [提醒]")


def test_only_the_first_findings_are_shown_and_the_rest_is_counted() -> None:
    many: list[Finding] = [warning("a", f"{n}。") for n in range(SHOWN + 3)]
    lines = as_lines(Checked("表.csv", "", (), CLEAN.rows, 0, many))
    assert len(lines) == 1 + SHOWN + 1
    assert lines[-1] == "  ……还有 3 处"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([CLEAN], 0),
        ([CLEAN, ODD], 1),
        ([BAD], 1),
        ([BAD, NO_TABLE], 2),
        ([checked(text([["a", "b"], ["c", "d"]]), "a.csv")], 1),
    ],
)
def test_the_exit_code_is_that_of_the_worst(files: list[Checked], code: int) -> None:
    assert exit_code(files) == code


def test_a_file_that_is_no_table_has_no_rows_and_no_source() -> None:
    said = as_dict(NO_TABLE)
    assert (said["rows"], said["source"], said["total_received_yuan"]) == (
        0,
        "",
        "0.00",
    )
