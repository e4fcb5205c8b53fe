"""What mail programs make of a mail's colours in dark mode when they do not ask the mail.

Their formulas are not published. All of them keep the hue and turn the lightness round, which is done here
in OKLCH: https://www.w3.org/TR/css-color-4/#ok-lab.
"""

import re
from functools import lru_cache
from typing import Any

from tinycss2 import parse_component_value_list, serialize
from tinycss2.color4 import parse_color

from campaigner.clients.programs import Dark

#: kinds of dark mode that change the mail's colours
INVERTING = (Dark.PARTIAL, Dark.FULL)
#: what white becomes, and black: OKLCH lightness of the darkest ground and of the lightest text
DARKEST, LIGHTEST = 0.19, 0.94
#: from this lightness on a ground counts as light, and below it a text as dark
LIGHT_GROUND, DARK_TEXT = 0.6, 0.62
#: of a page without colours of its own
GROUND, TEXT, LINK = "#ffffff", "#000000", "#0842a0"

GROUNDS = frozenset({"background", "background-color"})
TEXTS = frozenset({"color", "text-decoration-color", "-webkit-text-fill-color"})
LINES = frozenset(
    {f"border{side}{part}" for side in ("", "-top", "-right", "-bottom", "-left") for part in ("", "-color")}
    | {"outline", "outline-color"}
)
#: ways of writing a colour that mail programs know
SPACES = frozenset({"srgb", "hsl", "hwb"})
#: `bgcolor="ffffff"`, as attributes may have it
BARE = re.compile(r"\s*[0-9a-f]{6}\s*", re.IGNORECASE)
#: what is longer is none
LONGEST_COLOUR = 100
#: attributes that give a colour
ATTRIBUTES = {"bgcolor": "background-color", "color": "color", "text": "color"}


def has_colours(name: str) -> bool:
    """Whether a property may hold a colour that programs change."""
    return name in GROUNDS or name in TEXTS or name in LINES


@lru_cache(maxsize=4096)
def darkened(name: str, value: str, kind: Dark) -> str:
    """Give the value of a CSS property, or of one that an attribute stands for, as it is in dark mode."""
    if kind not in INVERTING or not has_colours(name):
        return value
    made: str = serialize([_token(token, name, kind) for token in parse_component_value_list(value)])
    return made


def darkened_attribute(name: str, value: str, kind: Dark) -> str:
    """Give the value of an attribute that gives a colour, as it is in dark mode."""
    if len(value) > LONGEST_COLOUR:
        return value
    if kind in INVERTING and BARE.fullmatch(value):
        value = f"#{value.strip()}"
    return darkened(ATTRIBUTES[name], value, kind)


def _token(token: Any, name: str, kind: Dark) -> Any:
    colour = parse_color(token)
    if colour is None or isinstance(colour, str) or colour.space not in SPACES:  # no colour, or currentColor
        return token
    red, green, blue, alpha = (part or 0.0 for part in colour.to("srgb"))
    changed = _changed((red, green, blue), name, kind) if alpha else ""
    if not changed:
        return token
    (parsed,) = parse_component_value_list(
        changed if alpha == 1 else f"rgba({','.join(map(str, _channels(changed)))},{round(alpha, 3)})"
    )
    return parsed


@lru_cache(maxsize=4096)
def _changed(channels: tuple[float, float, float], name: str, kind: Dark) -> str:
    """Another colour for one; empty where it stays."""
    from coloraide import Color

    turned = Color("srgb", channels).convert("oklch")
    lightness = turned["lightness"]
    if kind is Dark.PARTIAL and (lightness < LIGHT_GROUND if name in GROUNDS else lightness > DARK_TEXT):
        return ""
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
