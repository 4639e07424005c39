"""Does the running server look into its inbox, and leave with it?"""

import time

import pytest

from tests.web.conftest import HESHUN_TOWN
from tests.web.running import Dashboard

pytestmark = pytest.mark.xdist_group("dashboard")


def test_what_lay_in_the_inbox_is_taken(city: Dashboard) -> None:
    """It lay there before the server started, and is taken a few seconds later."""
    folder = city.var / "inbox" / HESHUN_TOWN
    told = folder / "taken" / "五月.xlsx.txt"
    for _attempt in range(300):
        if told.exists() and told.read_text("utf-8"):
            break
        time.sleep(0.1)
    assert "等待审核" in told.read_text("utf-8")
    assert not (folder / "五月.xlsx").exists()
    [line] = [one for one in told.read_text("utf-8").splitlines() if "第 " in one]
    number = int(line.split("第 ")[1].split(" ")[0])
    # the township sees it, its neighbour villages do not
    assert city.get(f"/files/original/{number}", "township").status_code == 200
    assert city.get(f"/files/original/{number}", "secretary").status_code == 404
