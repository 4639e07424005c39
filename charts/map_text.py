"""How is text put on a map, so that it can be read on any colour?"""

from typing import Any

import pydeck as pdk

from charts.palette import FONT, rgb, surface

# Names of places come from outside; these signs would be read as markup by a browser.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "+", '"': "'", "{": "(", "}": ")"})


def plain(text: object) -> str:
    """Return a text without signs that a browser or a template would act upon."""
    return str(text).translate(_HARMLESS)


def text_layer(
    layer_id: str,
    data: list[dict[str, Any]],
    size_px: int,
    is_dark: bool,
    is_muted: bool = False,
    **more: Any,
) -> pdk.Layer:
    """Return texts on small plates, over everything drawn before.

    Args:
        layer_id: the id of the layer.
        data: text and at (longitude and latitude) of each.
        size_px: height of the letters.
        is_dark: whether the page is dark.
        is_muted: whether they stand back.
        more: further properties of the layer.
    """
    page = surface(is_dark)
    return pdk.Layer(
        "TextLayer",
        data,
        id=layer_id,
        get_text="text",
        get_position="at",
        get_size=size_px,
        get_color=rgb(page.muted if is_muted else page.text),
        font_family=pdk.types.String(FONT),
        font_weight=600,
        character_set=pdk.types.String("auto"),
        font_settings={"sdf": True, "fontSize": 64, "buffer": 16, "radius": 16},
        background=True,
        get_background_color=rgb(page.page, 205),
        background_padding=[3, 1],
        pickable=False,
        **more,
    )
