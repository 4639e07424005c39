"""Do machines that watch learn what they may, and nobody else any figure?"""

import json
import re
import shutil
from pathlib import Path

import pytest

from etl.door import opened
from store import close_all
from tests.signing import signed_in
from tests.web.conftest import HOST, SECRET_YUAN
from tests.web.running import ROOT, Dashboard, started, wait_until_it_answers

pytestmark = pytest.mark.xdist_group("dashboard")
PROXIED = {"host": HOST, "x-forwarded-for": "10.0.0.1"}
TOKEN = "prometheus-4711"


def test_it_lives(dashboard: Dashboard) -> None:
    answer = dashboard.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_it_is_ready_and_says_no_figure(dashboard: Dashboard, bare: Dashboard) -> None:
    for answer in (dashboard.get("/readyz"), bare.get("/readyz", **PROXIED)):
        assert answer.status_code == 200
        assert answer.text == "database ok\njournal ok\ndisk ok\nwork ok\n"


def test_what_is_broken_is_told(new_var: Path, tmp_path: Path) -> None:
    """One server, whose journal and whose data are damaged while it runs."""
    var, data = tmp_path / "var", tmp_path / "data"
    shutil.copytree(new_var, var)
    shutil.copytree(ROOT / "data", data)
    office = signed_in(opened(var), "office", "410581")
    close_all()
    more = {"data": str(data), "least_free_mb": str(10**12)}
    with started(var, metrics_token=TOKEN, **more) as found:
        wait_until_it_answers(found)
        _no_longer_ready(found)
        (data / "strategy_369.toml").unlink()
        told = b"".join(
            one.SerializeToString() for one in found.page("strategy", office)
        )
        number = re.search(r"编号：([0-9a-f]{16})", told.decode(errors="replace"))
        assert number is not None
        assert b"Traceback" not in told
        found.process.terminate()
        said = found.ended().splitlines()
    lines = [json.loads(line) for line in said if line.startswith("{")]
    [line] = [one for one in lines if one["event"] == "page failed"]
    assert line["request_id"] == number[1]
    assert "FileNotFoundError" in line["trace"]
    [stream] = [one for one in lines if one["event"] == "stream closed"]
    assert stream["request_id"] == line["connection"]
    assert lines[-1]["event"] == "ending"
    assert TOKEN not in "".join(said)
    assert office not in "".join(said)


def _no_longer_ready(found: Dashboard) -> None:
    with (found.var / "journal" / "journal.jsonl").open("ab") as file:
        file.write(b"{}\n")
    answer = found.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "database ok\njournal changed\ndisk full\nwork ok\n"
    assert found.get("/healthz").status_code == 200
    told = found.get("/metrics", authorization=f"Bearer {TOKEN}")
    assert 'village_ready{check="journal"} 0.0' in told.text
    assert found.get("/metrics", authorization="Bearer x").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        PROXIED,
        {"host": HOST},
        {**PROXIED, "authorization": "Bearer"},
        {**PROXIED, "authorization": f"Bearer {TOKEN}"},
        {"authorization": "Bearer x"},
        {"via": "1.1 proxy"},
    ],
)
def test_figures_are_not_for_others(bare: Dashboard, headers: dict[str, str]) -> None:
    answer = bare.get("/metrics", **headers)
    assert answer.status_code == 403
    assert "village_" not in answer.text


def test_figures_are_for_this_machine(city: Dashboard) -> None:
    city.get("/files/table/villages.xlsx?as_of=2018-06", "office")
    city.page("village", "office")
    city.get("/drafts/secret-draft-name/send", "office")
    by = f"Bearer {city.sessions['program']}"
    city.post("/api/v1/submissions", b"no table", authorization=by)
    answer = city.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    said = answer.text
    for name in (
        'village_requests_total{method="GET",route="/files/table/{which}",status="200"}',
        'village_page_seconds_count{page="village"}',
        "village_websockets_open",
        "village_check_seconds_count",
        'village_uploads_total{way="api"}',
        'village_submissions{state="submitted"}',
        "village_inbox_files",
        "village_papers_waiting",
        "village_database_bytes",
        "village_vault_bytes",
        "village_journal_lines",
        "village_disk_free_bytes",
        'village_sign_in_failures_7d{kind="failed"}',
        "process_resident_memory_bytes",
        "process_open_fds",
    ):
        assert name in said, name
    assert "last_backup" not in said
    assert not re.search("[\u4e00-\u9fff]", said)
    # digits of a time are not an amount
    assert not re.search(rf"(?<![\d.]){SECRET_YUAN}(?!\d)", said)
    assert "secret-draft-name" not in said
    assert "410581" not in said
