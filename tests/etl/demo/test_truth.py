"""Is the end of the year written down exactly, and for the bench alone?"""

from datetime import date
from pathlib import Path

from bench.truth import truth as read_truth
from etl.demo.economy import Economy
from etl.demo.months import at
from etl.demo.truth import FILE, truth, write_truth
from tests.test_tooling import modules, name_of

OCTOBER = date(2018, 10, 1)


def test_the_rest_of_the_year_is_told_to_the_fen(
    economy: Economy, tmp_path: Path
) -> None:
    write_truth(economy, OCTOBER, tmp_path)
    read = read_truth(tmp_path)
    assert set(read["month"]) == {date(2018, 11, 1), date(2018, 12, 1)}
    assert not read.duplicated(["village_code", "source_id", "month"]).any()
    total = int(economy.received[:, :, at(2018, 11) :].sum())
    assert int(read["amount_received_yuan"].sum() * 100) == total


def test_an_earlier_month_leaves_more_to_come(economy: Economy) -> None:
    assert set(truth(economy, date(2017, 9, 1))["month"].to_pylist()) == {
        date(2017, month, 1) for month in (10, 11, 12)
    }
    assert truth(economy, date(2018, 12, 1)).num_rows == 0


def test_the_same_world_gives_the_same_bytes(economy: Economy, tmp_path: Path) -> None:
    contents = []
    for _time in range(2):
        write_truth(economy, OCTOBER, tmp_path)
        contents.append((tmp_path / FILE).read_bytes())
    assert contents[0] == contents[1]


def who_names_it(texts: dict[str, str]) -> list[str]:
    """Who names the file or imports what does, but for its writer and the bench?"""
    words = (FILE.split(".")[0], "demo.truth", "bench.truth")
    return [
        name
        for name, text in texts.items()
        if any(word in text for word in words)
        and not name.startswith(("bench/", "etl/demo/", "tests/etl/demo/test_truth"))
    ]


def test_nothing_but_the_bench_reads_it() -> None:
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in modules()}
    assert who_names_it(texts) == []
    assert [
        name
        for name, text in texts.items()
        if name.startswith("etl/demo/") and "demo.truth" in text
    ] == ["etl/demo/run.py"]


def test_a_reader_elsewhere_is_found() -> None:
    found = who_names_it({"queries/x.py": f'read("{FILE}")', "bench/y.py": FILE})
    assert found == ["queries/x.py"]
