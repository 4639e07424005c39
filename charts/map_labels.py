"""Where do names go that would cover each other?"""

import math
from collections.abc import Iterator, Sequence

_WORLD_PX = 512
_ROUNDS = 60
_GAP_PX = 1.0

Offset = tuple[float, float]


def spread(
    places: Sequence[tuple[float, float, str]], size_px: float, zoom: float
) -> list[Offset]:
    """Move names apart until they can be read, each as little as need be.

    Args:
        places: longitude and latitude in degrees, and the text that is centred there.
        size_px: height of the letters.
        zoom: of the view in which the names must not overlap.

    Returns:
        For each name how far it goes to the right and down, in whole pixels.
    """
    homes = _on_screen(places, zoom)
    widths = [_width(text) * size_px for _lon, _lat, text in places]
    height = 1.2 * size_px + _GAP_PX
    at = [list(home) for home in homes]
    for _round in range(_ROUNDS):
        moved = False
        for first in range(len(at)):
            for second in range(first + 1, len(at)):
                wide = (widths[first] + widths[second]) / 2 + _GAP_PX
                moved |= _push(at[first], at[second], wide, height)
        if not moved:
            break
    return [
        (float(round(x - home_x)), float(round(y - home_y)))
        for (x, y), (home_x, home_y) in zip(at, homes, strict=True)
    ]


def beside(
    places: Sequence[tuple[float, float, str]],
    size_px: float,
    zoom: float,
    radii_px: Sequence[float],
) -> list[Offset | None]:
    """Put names beside marks where there is room, the first ones first.

    Args:
        places: longitude and latitude in degrees of a mark, and its name.
        size_px: height of the letters.
        zoom: of the view in which nothing must overlap.
        radii_px: of each mark.

    Returns:
        For each name how far it goes to the right and down, in pixels, from the
        middle of its mark to its own; None where there is no room.
    """
    homes = _on_screen(places, zoom)
    taken = [(x, y, r, r) for (x, y), r in zip(homes, radii_px, strict=True)]
    found: list[Offset | None] = []
    for (x, y), place, radius in zip(homes, places, radii_px, strict=True):
        half = (_width(place[2]) * size_px / 2, size_px / 2 + _GAP_PX)
        free = (
            offset
            for offset in _sides(*half, radius)
            if not _touches((x + offset[0], y + offset[1], *half), taken)
        )
        chosen = next(free, None)
        found.append(chosen)
        if chosen:
            taken.append((x + chosen[0], y + chosen[1], *half))
    return found


def _on_screen(places: Sequence[tuple[float, float, str]], zoom: float) -> list[Offset]:
    scale = _WORLD_PX * 2**zoom / 360
    return [
        (lon * scale, -math.degrees(math.asinh(math.tan(math.radians(lat)))) * scale)
        for lon, lat, _text in places
    ]


def _sides(half_width: float, half_height: float, radius: float) -> Iterator[Offset]:
    away_y, away_x = radius + half_height, radius + half_width + _GAP_PX
    yield from ((0.0, away_y), (0.0, -away_y), (away_x, 0.0), (-away_x, 0.0))


def _touches(
    box: tuple[float, float, float, float],
    others: Sequence[tuple[float, float, float, float]],
) -> bool:
    x, y, half_width, half_height = box
    return any(
        abs(x - other_x) < half_width + wide and abs(y - other_y) < half_height + high
        for other_x, other_y, wide, high in others
    )


def _push(first: list[float], second: list[float], wide: float, high: float) -> bool:
    """Move two names apart along the shorter way, and tell whether they moved."""
    away = [second[0] - first[0], second[1] - first[1]]
    over = [wide - abs(away[0]), high - abs(away[1])]
    if min(over) <= 0:
        return False
    axis = 0 if over[0] < over[1] else 1
    step = math.copysign(over[axis] / 2, away[axis])
    first[axis] -= step
    second[axis] += step
    return True


def _width(text: str) -> float:
    """Return how wide a text is, in heights of a letter; Latin letters are narrower."""
    return sum(0.58 if ord(letter) < 0x2E80 else 1.0 for letter in text)
