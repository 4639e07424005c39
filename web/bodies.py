"""How much may a request bring along? Read bit by bit, never more than is allowed."""

from starlette.requests import Request

from base.settings import settings


class TooLarge(Exception):
    """The request brings more than is allowed; what came was thrown away."""


async def body_of(request: Request, largest_bytes: int | None = None) -> bytes:
    """Return the body of a request.

    Args:
        request: whose body has not been read.
        largest_bytes: that are allowed; default what a file may have.

    Raises:
        TooLarge: as soon as there is more.
    """
    largest = largest_bytes or settings().largest_file_bytes
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > largest:
        raise TooLarge
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def name_of(request: Request, otherwise: str) -> str:
    """Return the file's name as the request gives it, without folders."""
    given = request.query_params.get("name", "").replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in given if c.isprintable()).strip()[:120]
    return plain or otherwise
