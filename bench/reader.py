"""How does somebody read pages? As a browser does: a socket, asking, and messages.

What a browser keeps is kept here as well: large messages, by their hash, for two runs.
"""

import asyncio
import re
import time
from dataclasses import dataclass, field

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect

from accounts import COOKIE

_PATIENCE_S = 120.0
_LARGEST_BYTES = 50_000_000
# The framework's own default: a message that two runs did not show is forgotten.
_KEPT_RUNS = 2
_FILES = re.compile(r'(?:src|href)="\./(static/[^"]+)"')
_ERROR_ALERT = 1
_FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY
_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Broken(Exception):
    """What came is not the page that was asked for."""


@dataclass(frozen=True)
class Asked:
    """A page, and what it has to say and to show.

    `says` are texts that have to come, `shows` kinds of elements of which one has to.
    """

    page: str
    place_code: str = ""
    says: tuple[str, ...] = ()
    shows: str = ""

    @property
    def query(self) -> str:
        """Return what the address says after the question mark."""
        return f"place={self.place_code}" if self.place_code else ""


@dataclass
class _Run:
    """What came so far of one run of a page."""

    missing: set[bytes]
    kinds: set[str] = field(default_factory=set)
    byte_count: int = 0
    has_page: bool = False


class Reader:
    """Somebody with a session and one tab.

    Args:
        http: a client that keeps no cookies, shared by all.
        address: of the server, `http://…`.
        token: of the session.
        kinds: of large messages, by hash; shared, because equal hashes are equal
            messages.
    """

    def __init__(
        self, http: httpx.AsyncClient, address: str, token: str, kinds: dict[str, str]
    ) -> None:
        self._http, self._address, self._kinds = http, address, kinds
        self._headers = {"cookie": f"{COOKIE}={token}"}
        self._stream: ClientConnection | None = None
        self._kept: dict[str, int] = {}
        self._runs = 0
        self.byte_count = 0

    async def first(self, asked: Asked, is_new: bool) -> float:
        """Open the dashboard, which shows the first page of a role.

        Args:
            asked: that page.
            is_new: whether the browser has none of the files yet that are the same
                for everybody.

        Returns:
            The seconds until the page stood.

        Raises:
            Broken: when it is not the page.
        """
        start = time.perf_counter()
        html = await self._fetched("/", accept="text/html")
        if is_new:
            files = _FILES.findall(html)
            if not files:
                raise Broken("the page names no files")
            for name in files:
                await self._fetched(f"/{name}")
        await self._fetched("/_stcore/host-config")
        self._stream = await connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            additional_headers={**self._headers, "Origin": self._address},
            subprotocols=["streamlit"],  # type: ignore[list-item]
            compression=None,
            ping_interval=None,
            max_size=_LARGEST_BYTES,
            open_timeout=_PATIENCE_S,
            proxy=None,
        )
        await self._run(asked)
        return time.perf_counter() - start

    async def next(self, asked: Asked) -> float:
        """Click on a page, and return the seconds until it stood.

        Raises:
            Broken: when it is not the page.
        """
        start = time.perf_counter()
        await self._run(asked, page_script_hash=calc_hash(asked.page))
        return time.perf_counter() - start

    async def leave(self) -> None:
        """Close the tab."""
        if self._stream is not None:
            await self._stream.close()

    async def _fetched(self, path: str, accept: str = "*/*") -> str:
        answer = await self._http.get(path, headers={**self._headers, "accept": accept})
        self.byte_count += len(answer.content)
        if answer.status_code != 200:
            raise Broken(f"{path}: {answer.status_code}")
        return answer.text if accept == "text/html" else ""

    async def _run(self, asked: Asked, **where: str) -> None:
        if self._stream is None:
            raise Broken("no stream")
        self._runs += 1
        oldest = self._runs - _KEPT_RUNS
        self._kept = {name: no for name, no in self._kept.items() if no >= oldest}
        message = BackMsg()
        state = message.rerun_script
        state.query_string = asked.query
        for name, value in where.items():
            setattr(state, name, value)
        state.cached_message_hashes.extend(self._kept)
        state.context_info.timezone = "Asia/Shanghai"
        state.context_info.timezone_offset = -480
        state.context_info.locale = "zh-CN"
        state.context_info.url = f"{self._address}/{asked.page}"
        run = _Run({text.encode() for text in asked.says})
        async with asyncio.timeout(_PATIENCE_S):
            await self._stream.send(message.SerializeToString())
            while not self._took(await self._stream.recv(), run, asked):
                pass
        self.byte_count += run.byte_count
        if not run.has_page:
            raise Broken(f"{asked.page}: another page came")
        if run.missing or (asked.shows and asked.shows not in run.kinds):
            lacks = [text.decode() for text in run.missing] or asked.shows
            raise Broken(f"{asked.page} {asked.place_code}: without {lacks}")

    def _took(self, sent: str | bytes, run: _Run, asked: Asked) -> bool:
        """Take a message, and tell whether it was the run's last."""
        if isinstance(sent, str):
            raise Broken("text in place of a message")
        run.byte_count += len(sent)
        message = ForwardMsg()
        message.ParseFromString(sent)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            if message.script_finished not in (_FINISHED, _AGAIN):
                raise Broken(f"{asked.page}: the run failed")
            return message.script_finished == _FINISHED
        if kind == "navigation":
            run.has_page = message.navigation.page_script_hash == calc_hash(asked.page)
        if kind == "ref_hash":
            self._kept[message.ref_hash] = self._runs
            run.kinds.add(self._kinds[message.ref_hash])
        if kind == "delta":
            run.missing -= {text for text in run.missing if text in sent}
            self._look_at(message, run, asked)
        return False

    def _look_at(self, message: ForwardMsg, run: _Run, asked: Asked) -> None:
        element = message.delta.new_element
        shown = element.WhichOneof("type") or "block"
        is_alert = shown == "alert" and element.alert.format == _ERROR_ALERT
        if shown == "exception" or is_alert:
            said = element.alert.body if is_alert else element.exception.message
            raise Broken(f"{asked.page} {asked.place_code}: {said}")
        run.kinds.add(shown)
        if message.metadata.cacheable:
            self._kept[message.hash] = self._runs
            self._kinds[message.hash] = shown
