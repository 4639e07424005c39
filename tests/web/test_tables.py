"""Does whoever takes a table away get their own villages alone, in both forms?"""

import csv
import io

import pytest

from reports.tables import TABLES
from tests.web.running import Dashboard
from tests.web.test_files import cells_of, name_of

pytestmark = pytest.mark.xdist_group("dashboard")


def rows_of(city: Dashboard, address: str, who: str) -> list[dict[str, str]]:
    content = city.get(address, who).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("table_id", sorted(TABLES))
def test_every_table_can_be_taken_away_in_both_forms(
    city: Dashboard, table_id: str
) -> None:
    address = f"/files/table/{table_id}"
    told = f"target=below_50k&meeting={city.sent['meeting']}"
    book = city.get(f"{address}.xlsx?{told}", "office")
    assert book.status_code == 200
    assert name_of(book).endswith(".xlsx")
    assert "口径待确认" in cells_of(book)
    assert city.get(f"{address}.csv?{told}", "office").status_code == 200


@pytest.mark.parametrize("place", ["", "410581", "410581105", "CN"])
def test_a_secretary_gets_the_own_village_whatever_is_asked(
    city: Dashboard, place: str
) -> None:
    address = f"/files/table/villages.csv?place={place}"
    own = rows_of(city, address, "secretary")
    assert len(own) == 1
    assert len(rows_of(city, address, "office")) > 1
    assert own[0]["村"] == "柳泉"


@pytest.mark.parametrize("table_id", ["doubts", "spot-checks"])
def test_doubts_are_no_file_for_those_who_are_asked_about(
    city: Dashboard, table_id: str
) -> None:
    answer = city.get(f"/files/table/{table_id}.csv", "secretary")
    assert answer.status_code == 404
    assert "柳泉" not in answer.text


@pytest.mark.parametrize("table_id", sorted(TABLES))
def test_who_sees_no_figures_gets_no_table(city: Dashboard, table_id: str) -> None:
    for ending in ("xlsx", "csv"):
        answer = city.get(f"/files/table/{table_id}.{ending}", "admin")
        assert answer.status_code == 404
        assert "柳泉" not in answer.text


@pytest.mark.parametrize(
    "address",
    ["nothing.xlsx", "villages", "villages.exe", "villages.csv?as_of=2018-13"],
)
def test_what_is_not_there_is_said_in_words(city: Dashboard, address: str) -> None:
    answer = city.get(f"/files/table/{address}", "office")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_a_table_of_a_meeting_names_the_meeting(city: Dashboard) -> None:
    """Or says that it has to; a township gets its own lines alone."""
    for said in ("", "?meeting=x", "?meeting=99999"):
        address = f"/files/table/meeting-villages.csv{said}"
        assert city.get(address, "office").status_code == 404
    planned = f"?meeting={city.sent['planned']}"
    answer = city.get(f"/files/table/meeting-villages.csv{planned}", "office")
    assert "还没有冻结数据" in answer.text
    address = f"/files/table/meeting-villages.csv?meeting={city.sent['meeting']}"
    own = rows_of(city, address, "township")
    assert {row["乡镇"] for row in own} == {"河顺镇"}
    assert len(rows_of(city, address, "office")) == 589 > len(own)


_ODD = "meeting=x&month=x&source=x&seed=x&count=x&day=x&item=x"
_ODD += "&project=x&view=x&who=x&plant=x"


@pytest.mark.parametrize("table_id", sorted(TABLES))
def test_odd_words_in_the_address_break_nothing(city: Dashboard, table_id: str) -> None:
    answer = city.get(f"/files/table/{table_id}.csv?{_ODD}", "office")
    assert answer.status_code in (200, 404)
    assert "Traceback" not in answer.text
