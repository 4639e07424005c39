"""Is a photo or slip kept beside its submission or action, whatever its name?"""

import pytest

from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.web.running import Dashboard

pytestmark = pytest.mark.xdist_group("dashboard")

JPEG, PNG, PDF = b"\xff\xd8\xff\xe0jpeg", b"\x89PNG\r\n\x1a\npng", b"%PDF-1.7 pdf"


def line_of(city: Dashboard) -> int:
    """Return the line of the journal that was written last."""
    return len((city.var / "journal" / "journal.jsonl").read_bytes().splitlines())


@pytest.mark.parametrize(
    ("content", "kind"),
    [(JPEG, "image/jpeg"), (PNG, "image/png"), (PDF, "application/pdf")],
)
def test_the_kind_is_told_by_the_content(
    city: Dashboard, content: bytes, kind: str
) -> None:
    number = city.sent["secretary"]
    answer = city.post(f"/evidence/{number}?name=%3Cb%3E.exe", content, "secretary")
    assert (answer.status_code, answer.json()) == (200, {"submission_no": number})
    shown = city.get(f"/files/evidence/{line_of(city)}", "secretary")
    assert shown.headers["content-type"] == kind
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.content == content
    assert shown.headers["content-disposition"].startswith("inline")


def test_the_same_again_is_kept_once(city: Dashboard) -> None:
    number = city.sent["secretary"]
    content = JPEG + b"once"
    city.post(f"/evidence/{number}", content, "secretary")
    line = line_of(city)
    assert city.post(f"/evidence/{number}", content, "secretary").status_code == 200
    assert line_of(city) == line


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><script>x</script>", b"<svg onload=x>", b"GIF89a", b"PK\x03\x04"],
)
def test_what_is_neither_photo_nor_pdf_is_refused(
    city: Dashboard, content: bytes
) -> None:
    line = line_of(city)
    number = city.sent["secretary"]
    answer = city.post(f"/evidence/{number}?name=a.jpg", content, "secretary")
    assert answer.status_code == 422
    assert answer.text == "只收 jpg、png 照片或 pdf。请另存后再传。"
    assert line_of(city) == line


def test_more_than_ten_megabytes_are_refused(city: Dashboard) -> None:
    number = city.sent["secretary"]
    answer = city.post(f"/evidence/{number}", JPEG + b"x" * 10_000_000, "secretary")
    assert (answer.status_code, answer.text) == (
        413,
        "附件超过 10 MB。请压缩后再传。",
    )


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("secretary", "或不在您的范围内"),
        ("leader", "您的账号不能这样做"),
        ("department", "您的账号不能这样做"),
        ("admin", "您的账号不能这样做"),
    ],
)
def test_nobody_attaches_to_what_is_not_theirs(
    city: Dashboard, who: str, said: str
) -> None:
    line = line_of(city)
    for number in (city.sent["neighbour"], 99_999):
        answer = city.post(f"/evidence/{number}", PNG + b"new", who)
        assert answer.status_code == 422
        assert said in answer.text
    assert line_of(city) == line


def test_what_proves_an_action_is_seen_by_whoever_sees_the_action(
    city: Dashboard,
) -> None:
    number = city.sent[f"action {LIUQUAN}"]
    path = f"/actions/{number}/evidence?name=a.jpg"
    answer = city.post(path, JPEG, "secretary")
    assert (answer.status_code, answer.json()) == (200, {"action_no": number})
    address = f"/files/action/{line_of(city)}"
    for who in ("secretary", "department", "township", "leader", "office"):
        shown = city.get(address, who)
        assert (shown.status_code, shown.content) == (200, JPEG), who
    assert shown.headers["content-disposition"].startswith("inline")
    for who in ("neighbour", "admin"):
        assert city.get(address, who).status_code == 404, who
    assert city.get(address).status_code == 401
    # the first step of an action has no file
    assert city.get(f"/files/action/{number}", "office").status_code == 404


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("secretary", "没有这个督办事项，或不在您的范围内"),
        ("department", "没有这个督办事项，或不在您的范围内"),
        ("leader", "您的账号不能这样做"),
        ("admin", "您的账号不能这样做"),
    ],
)
def test_nobody_proves_what_is_not_theirs(city: Dashboard, who: str, said: str) -> None:
    line = line_of(city)
    for number in (city.sent[f"action {DONGLI}"], 99_999):
        answer = city.post(f"/actions/{number}/evidence", PNG + b"other", who)
        assert answer.status_code == 422
        assert said in answer.text
    assert line_of(city) == line
