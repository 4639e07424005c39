"""How is a real file changed at random, so that it still looks like one?"""

import io
import random
import re
import zipfile

from tests.corpus.making import packed

_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_TEXTS = (b"", *b'0 -1 1e999 NaN 4294967296 XFD9 &lt; \0 " < > /> <!-- ]]>'.split(b" "))
_PIECE = re.compile(rb'"[^"]*"|>[^<]*<|<[^>]*>')
_MOST_CHANGES, _LONGEST = 6, 64


def mutated(rng: random.Random, content: bytes) -> bytes:
    """Change a file: mostly inside the parts of a zip, else anywhere."""
    if content.startswith(b"PK") and rng.random() < 0.85:
        return _with_a_part_changed(rng, content)
    return _changed(rng, content)


def _with_a_part_changed(rng: random.Random, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    place = rng.randrange(len(parts))
    name, data = parts[place]
    choice = rng.random()
    if choice < 0.05:
        del parts[place]
    elif choice < 0.1:
        parts.append((rng.choice(parts)[0] + "x", data))
    else:
        for _number in range(rng.randint(1, _MOST_CHANGES)):
            data = (
                _xml_changed(rng, data) if rng.random() < 0.7 else _changed(rng, data)
            )
        parts[place] = (name, data)
    return packed(parts)


def _xml_changed(rng: random.Random, data: bytes) -> bytes:
    """Change one value, text or tag of XML."""
    pieces = [match.span() for match in _PIECE.finditer(data)]
    if not pieces:
        return _changed(rng, data)
    start, end = rng.choice(pieces)
    if rng.random() < 0.2:
        other = slice(*rng.choice(pieces))
        return data[:start] + data[other] + data[end:]
    return data[: start + 1] + rng.choice(_TEXTS) + data[end - 1 :]


def _changed(rng: random.Random, data: bytes) -> bytes:
    """Change some bytes: another number, a piece left out, twice, or elsewhere."""
    for _number in range(rng.randint(1, _MOST_CHANGES)):
        at = rng.randrange(len(data) + 1)
        length = rng.randint(1, _LONGEST)
        match rng.randrange(5):
            case 0:
                data = data[:at] + rng.choice(_TEXTS) + data[at + length :]
            case 1:
                size = rng.choice((1, 2, 4))
                number = rng.choice(_NUMBERS) & (256**size - 1)
                data = data[:at] + number.to_bytes(size, "little") + data[at + size :]
            case 2:
                data = data[:at] + data[at : at + length] * 2 + data[at + length :]
            case 3:
                data = data[:at] + rng.randbytes(rng.randint(1, 8)) + data[at + 1 :]
            case _:
                data = (
                    data[:at] if rng.random() < 0.1 else data[:at] + data[at + length :]
                )
    return data
