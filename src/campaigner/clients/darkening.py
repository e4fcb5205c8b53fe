"""What mail programs make of a mail's colours in dark mode when they do not ask the mail.

Their formulas are not published. All of them keep the hue and turn the lightness round, which is done here
in OKLCH: https://www.w3.org/TR/css-color-4/#ok-lab.
"""

from functools import lru_cache
from typing import Any

from tinycss2 import parse_component_value_list, serialize
from tinycss2.color3 import parse_color

from campaigner.clients.programs import Dark

#: what white becomes, and black: OKLCH lightness of the darkest ground and of the lightest text
DARKEST, LIGHTEST = 0.19, 0.94
#: from this lightness on a ground counts as light, and below it a text as dark
LIGHT_GROUND, DARK_TEXT = 0.6, 0.62
#: of a page without colours of its own
GROUND, TEXT, LINK = "#ffffff", "#000000", "#0b57d0"

GROUNDS = frozenset({"background", "background-color"})
TEXTS = frozenset({"color", "text-decoration-color", "-webkit-text-fill-color"})
LINES = frozenset(
    {f"border{side}{part}" for side in ("", "-top", "-right", "-bottom", "-left") for part in ("", "-color")}
    | {"outline", "outline-color"}
)
#: attributes that give a colour
ATTRIBUTES = {"bgcolor": "background-color", "color": "color", "text": "color"}


def has_colours(name: str) -> bool:
    """Whether a property may hold a colour that programs change."""
    return name in GROUNDS or name in TEXTS or name in LINES


@lru_cache(maxsize=4096)
def darkened(name: str, value: str, kind: Dark) -> str:
    """Give the value of a CSS property, or of one that an attribute stands for, as it is in dark mode."""
    if kind not in (Dark.PARTIAL, Dark.FULL) or not has_colours(name):
        return value
    made: str = serialize([_token(token, name, kind) for token in parse_component_value_list(value)])
    return made


def _token(token: Any, name: str, kind: Dark) -> Any:
    colour = parse_color(token)
    if colour is None or isinstance(colour, str):  # no colour, or currentColor
        return token
    red, green, blue, alpha = colour
    if not alpha:
        return token
    changed = _changed((red, green, blue), name, kind)
    (parsed,) = parse_component_value_list(
        changed if alpha == 1 else f"rgba({','.join(map(str, _channels(changed)))},{alpha})"
    )
    return parsed


@lru_cache(maxsize=4096)
def _changed(channels: tuple[float, float, float], name: str, kind: Dark) -> str:
    from coloraide import Color

    colour = Color("srgb", channels)
    written: str = colour.to_string(hex=True)
    lightness = colour.convert("oklch")["lightness"]
    if kind is Dark.PARTIAL:
        is_ground = name in GROUNDS
        if lightness < LIGHT_GROUND if is_ground else lightness > DARK_TEXT:
            return written
    turned = colour.convert("oklch")
    turned["lightness"] = LIGHTEST - lightness * (LIGHTEST - DARKEST)
    fitted: str = turned.convert("srgb").fit().to_string(hex=True)
    return fitted


def _channels(written: str) -> tuple[int, ...]:
    return tuple(int(written[start : start + 2], 16) for start in (1, 3, 5))


def page_colours(kind: Dark) -> str:
    """Give the styles of a page in dark mode, for what has no colour of its own."""
    ground = darkened("background-color", GROUND, kind)
    text, link = (darkened("color", colour, kind) for colour in (TEXT, LINK))
    return f"html{{background:{ground};color:{text};color-scheme:dark}} a{{color:{link}}}"
