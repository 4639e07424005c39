"""What does a browser hear, and a page say, where the store cannot answer?"""

import asyncio
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from store import InUse, StoreError
from store.errors import damaged, disk_full
from web.trouble import Troubles


@pytest.mark.parametrize(
    ("problem", "status", "says"),
    [
        (disk_full(Path("盘")), 507, "磁盘已满"),
        (damaged(Path("库")), 503, "etl rebuild"),
        (StoreError("Binder Error"), 503, "数据库正忙"),
        (InUse("正被使用"), 503, "正被使用"),
    ],
)
def test_what_the_store_could_not_do_is_said_in_words(
    problem: Exception, status: int, says: str
) -> None:
    async def fails(_request: Request) -> None:
        raise problem

    app = Starlette(routes=[Route("/", fails)], middleware=[Middleware(Troubles)])

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as one:
            return await one.get("/")

    answer = asyncio.run(asked())
    assert answer.status_code == status
    assert says in answer.text
    assert "Error" not in answer.text


def page_on_a_damaged_block() -> None:
    from pathlib import Path

    from store.errors import damaged
    from ui.frame import guarded

    def page() -> None:
        raise damaged(Path("village.duckdb"))

    guarded(page)


def test_a_page_that_meets_a_damaged_block_says_so() -> None:
    shown = AppTest.from_function(page_on_a_damaged_block).run()
    assert "数据库文件有损坏" in shown.error[0].value
    assert "rebuild" in shown.error[0].value
    assert not shown.exception
