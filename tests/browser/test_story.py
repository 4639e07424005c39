"""Does a figure find its way from a village to the map, as its people would bring it?

One installation, started with nothing; each person has a browser of their own.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from base.clock import SystemClock
from base.month import add_months, first_day
from etl.registry import registry
from tests.browser.test_browser import (
    CHROMIUM,
    QUIET,
    ROOT,
    SIZES,
    SOFTWARE_GL,
    serving,
    settle,
)
from tests.making import ledger, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("story")]

HESHUN, LIUQUAN, TOWNSHIP = "410581105200", "410581105201", "410581105"
BAOTAI = "410581106205"
PASSWORD = "一句好记的话 2026"
SEND, PASS_ON, ACCEPT = "提交", "镇审通过", "接收入账"


@dataclass
class House:
    """A running dashboard, its folder and a browser to look at it."""

    address: str
    var: Path
    browser: Browser

    def visit(self, size: str = "desktop") -> Page:
        """Open the browser of somebody who is not signed in."""
        width, height = SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN"
        )
        page = context.new_page()
        page.goto(self.address)
        return page

    def command(self, *arguments: str, program: str = "accounts") -> str:
        """Run a command, which goes through the dashboard."""
        ran = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            cwd=ROOT,
            env={**os.environ, "VILLAGE_VAR": str(self.var)},
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A dashboard that nobody has used yet."""
    var = tmp_path_factory.mktemp("story") / "var"
    with serving(var) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *SOFTWARE_GL, *QUIET]
        )
        yield House(address, var, browser)
        browser.close()


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"input[name={name}]", value)
    page.locator("form button").first.click()
    page.wait_for_load_state()


def come_in(page: Page, name: str, code: str) -> None:
    """Sign in for the first time, with the code that was handed out."""
    fill(page, name=name, secret=code)
    assert "设置密码" in page.inner_text("h1")
    fill(page, secret=code, password=PASSWORD, again=PASSWORD)
    settle(page)


def upload(page: Page, name: str, content: bytes) -> None:
    page.locator('input[type="file"]').first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.wait_for_timeout(3000)
    page.get_by_text("已收到").first.wait_for(timeout=5_000)
    settle(page)


def go(page: Page, house: House, path: str) -> str:
    page.goto(house.address + path)
    settle(page)
    return page.inner_text("body")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    settle(page)


def choose_first(page: Page) -> None:
    """Tick the first row of the first table."""
    table = page.locator('[data-testid="stDataFrame"]').first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 54)
    settle(page)


def roster() -> bytes:
    """Make the list of whom the office gives accounts."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["姓名", "角色", "负责村", "村代码", "登录名"],
        ["张一", "第一书记", "", HESHUN, "zhang"],
        ["李二", "第一书记", "", LIUQUAN, "li"],
        ["王三", "镇（街）", "", TOWNSHIP, "wang"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def codes_of(content: bytes) -> dict[str, str]:
    """Read the one-time codes that the office hands out, by login name."""
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    heading = next(n for n, row in enumerate(rows) if row and "登录名" in row)
    login, code = (rows[heading].index(one) for one in ("登录名", "一次性口令"))
    return {str(row[login]): str(row[code]) for row in rows[heading + 1 :] if row[code]}


def with_amount(template: bytes, amount: object) -> bytes:
    """Fill the line of solar income in, as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    heading = next(
        cell for row in sheet.iter_rows() for cell in row if "本月" in str(cell.value)
    )
    line = next(
        cell for row in sheet.iter_rows() for cell in row if cell.value == "光伏富村"
    )
    sheet.cell(line.row, heading.column).value = amount
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def red_cells(content: bytes) -> list[str]:
    """Return the cells with a comment of a workbook that came back."""
    return [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]


def test_from_the_village_to_the_city(house: House) -> None:
    month = add_months(first_day(SystemClock().now().date()), -1)
    total = len(registry().villages)
    # the first admin, and the office
    admin = house.visit()
    assert "/set-up" in admin.url
    code = (house.var / "run" / "set-up-code").read_text(encoding="utf-8")
    fill(admin, code=code, name="admin", password=PASSWORD, again=PASSWORD)
    settle(admin)
    assert "账号" in admin.inner_text("body")
    told = house.command("add", "office", "--role", "office", "--scope", "410581")
    given = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", told)
    assert given is not None
    office = house.visit()
    come_in(office, "office", given[0])
    # the office imports accounts
    go(office, house, "/people")
    office.get_by_role("tab", name="从名单导入").click()
    upload(office, "名单.xlsx", roster())
    link = office.get_by_role("link", name=re.compile("口令")).first
    handed = office.request.get(house.address + str(link.get_attribute("href")))
    codes = codes_of(handed.body())
    assert set(codes) == {"zhang", "li", "wang"}
    # a secretary fills the template in wrong, and gets it back red
    phone = house.visit("phone")
    come_in(phone, "zhang", codes["zhang"])
    asked = f"/files/template/{HESHUN}/{month:%Y-%m}"
    template = phone.request.get(house.address + asked)
    assert template.ok
    phone.get_by_text("上传文件", exact=True).click()
    settle(phone)
    upload(phone, "河顺.xlsx", with_amount(template.body(), "六万"))
    assert "1 处错误" in phone.inner_text("body")
    # a reload loses nothing
    said = go(phone, house, "/report")
    assert "待提交的文件（1）" in said
    assert "1 处错误" in said
    link = phone.get_by_role("link", name="下载标错文件")
    marked = phone.request.get(house.address + str(link.get_attribute("href")))
    assert red_cells(marked.body()) == ["六万"]
    press(phone, "删除")
    phone.get_by_text("上传文件", exact=True).click()
    settle(phone)
    # fixed and sent
    upload(phone, "河顺.xlsx", with_amount(template.body(), 600))
    press(phone, SEND)
    assert "等待审核" in phone.inner_text("body")
    # the township returns it with a reason
    township = house.visit()
    come_in(township, "wang", codes["wang"])
    assert "待审 1" in go(township, house, "/review")
    choose_first(township)
    township.get_by_role("button", name="退回", exact=True).first.click()
    township.locator("textarea").first.fill("少了两个零，请核对回单")
    township.keyboard.press("Tab")
    settle(township)
    township.get_by_role("button", name="退回", exact=True).last.click()
    settle(township)
    assert "待审 0" in go(township, house, "/review")
    # it is corrected, reviewed, accepted
    assert "少了两个零，请核对回单" in go(phone, house, "/report")
    phone.get_by_text("上传文件", exact=True).click()
    settle(phone)
    upload(phone, "河顺.xlsx", with_amount(template.body(), 60000))
    press(phone, SEND)
    go(township, house, "/review")
    choose_first(township)
    press(township, PASS_ON)
    go(office, house, "/review")
    choose_first(office)
    press(office, ACCEPT)
    # the overview and the map change
    said = go(office, house, "/")
    assert f"已清零 {1}" in said
    assert str(total - 1) in said
    assert "河顺镇" in go(office, house, "/map")
    # the audit tells the story
    said = go(office, house, f"/village?place={HESHUN}")
    for word in ("报送", "退回", "少了两个零，请核对回单", "张一", "王三"):
        assert word in said
    assert house.command("audit", "verify")
    go(office, house, "/audit")
    press(office, "核对链条")
    # a second secretary sees none of it beyond the township's totals
    other = house.visit("phone")
    come_in(other, "li", codes["li"])
    said = go(other, house, "/report")
    assert "河顺镇合计" in said
    assert "张一" not in said
    for path in (asked, "/files/original/1", f"/village?place={HESHUN}"):
        answer = other.request.get(house.address + path)
        assert "60000" not in answer.text()
    said = go(other, house, f"/village?place={HESHUN}")
    assert "柳泉" in said
    assert "60,000" not in said
    assert "6 万" not in said


def test_nobody_who_is_signed_out_sees_a_page(house: House) -> None:
    page = house.visit()
    for path in ("/", "/map", f"/village?place={HESHUN}", "/audit", "/report"):
        page.goto(house.address + path)
        assert page.url.removeprefix(house.address).startswith(("/sign-in", "/set-up"))
        assert page.title().startswith(("登录", "首次设置"))


def test_last_months_form_takes_two_taps_and_no_typing(house: House) -> None:
    month = add_months(first_day(SystemClock().now().date()), -1)
    before = add_months(month, -1)
    title = f"林州市任村镇{before.year}年{before.month}月村级集体经济收入台账"
    path = house.var / "台账.xlsx"
    path.write_bytes(xlsx(ledger([["豹台", 1200, 300, "无"]], title=title)))
    assert "已载入" in house.command("load", str(path), program="etl")
    given = house.command("add", "tap", "--role", "secretary", "--scope", BAOTAI)
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", given)
    assert code is not None
    phone = house.visit("phone")
    phone.goto(house.address + "/sign-in")
    if "/set-up" in phone.url:
        # whoever comes before the first admin is led to make one
        setup = (house.var / "run" / "set-up-code").read_text(encoding="utf-8")
        fill(phone, code=setup, name="first", password=PASSWORD, again=PASSWORD)
        phone.context.clear_cookies()
        phone.goto(house.address + "/sign-in")
    come_in(phone, "tap", code[0])
    phone.get_by_role("button", name=re.compile("^全部与上月相同")).click()
    settle(phone)
    press(phone, f"提交{month.year}年{month.month}月台账")
    said = phone.inner_text("body")
    assert "已报送" in said
    assert "等待审核" in said
