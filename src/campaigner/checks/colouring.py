"""What a style sets that decides whether a text can be read: colours, size, weight, and whether it is hidden."""

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tinycss2 import parse_component_value_list
from tinycss2.color4 import parse_color

from campaigner.clients.declarations import Declaration
from campaigner.value import Value, replace

#: a colour as CSS writes it, or one of these
INHERITED, SEE_THROUGH, UNKNOWN = "inherit", "transparent", "?"
BARE = re.compile(r"[0-9a-f]{6}|[0-9a-f]{3}", re.IGNORECASE)
LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,5})?|\.\d{1,5})(px|pt|em|rem|%)", re.IGNORECASE)
#: what no one number stands in
COMPUTED = re.compile(
    r"(?:calc|min|max|env|attr)\(|(?<![\w-])\d[\d.]{0,10}(?:vw|vh|vi|vb|vmin|vmax|cqw|cqi|ch|ex|lh)(?=[\s/]|$)"
)
#: pixels in a unit
PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}
#: sizes that have a name, in pixels (CSS Fonts 4, section 2.5)
NAMED = {
    "xx-small": 9.6,
    "x-small": 12.0,
    "small": 14.2,
    "medium": 16.0,
    "large": 19.2,
    "x-large": 24.0,
    "xx-large": 32.0,
}
RELATIVE = {"smaller": 0.83, "larger": 1.2}
#: what is longer is none
LONGEST_COLOUR = 100
BOLD = 700
GROUNDS = frozenset(("background", "background-color", "background-image"))
HIDING = frozenset(("display", "visibility", "opacity", "max-height", "mso-hide", "clip", "clip-path"))
#: what makes other colours of those that are set
CHANGING = frozenset(
    ("filter", "mix-blend-mode", "-webkit-text-fill-color", "background-clip", "-webkit-background-clip")
)
#: what may put something over another thing than what it stands in
MOVING = frozenset(("position", "z-index", "transform", "translate", "grid-area"))
SIDES = frozenset(("width", "height", "inline-size", "block-size"))
#: what makes more room for a thumb than the sides say
ROOM = ("padding", "min-", "border")
RELEVANT = frozenset(
    (
        *("color", "font-size", "font-weight", "font", *GROUNDS, *HIDING, *CHANGING, *MOVING, *SIDES),
        *("padding", "padding-block", "padding-inline", "border", "border-width"),
        *("min-width", "min-height", "min-inline-size", "min-block-size"),
    )
)
INLINE = frozenset(("inline", "contents"))


class Setting(Value):
    """What a style sets; what it leaves is empty or None."""

    #: as it is written, or INHERITED, SEE_THROUGH, UNKNOWN
    colour: str = ""
    ground: str = ""
    #: in pixels, or as a share of the size around
    size: float | None = None
    size_is_share: bool = False
    bold: bool | None = None
    hides: bool = False
    #: whether nobody knows what it lies on, where it has no ground itself
    is_moved: bool = False


def old_colour(colour: str) -> str:
    """A colour of an attribute, where # may be left out."""
    colour = colour.strip()
    if colour.startswith("url"):
        return UNKNOWN
    return f"#{colour}" if BARE.fullmatch(colour) else colour


def setting(declared: Iterable[Declaration], root_size: float = PIXELS["rem"]) -> Setting:
    """Give what declarations set, the later before the earlier; `root_size` is that of the page, in pixels."""
    made = Setting()
    for one in declared:
        value = one.value.lower()
        if one.name == "color":
            made = replace(made, colour=one.value)
        elif one.name in ("background", "background-color"):
            made = replace(made, ground=_ground(one.value))
        elif one.name == "background-image" and value != "none":
            made = replace(made, ground=made.ground if made.ground and value != UNKNOWN else UNKNOWN)
        elif one.name == "font-size":
            made = _sized(made, value, root_size)
        elif one.name == "font-weight":
            made = made if value == UNKNOWN else replace(made, bold=_is_bold(value))
        elif one.name == "font":
            bold = made.bold if value == UNKNOWN else any(map(_is_bold, value.split()[:3]))
            made = _sized(replace(made, bold=bold), value, root_size)
        elif one.name in HIDING | CHANGING:
            hides = _changes if one.name in CHANGING else _hides
            made = replace(made, hides=made.hides or hides(one.name, value))
        elif one.name in MOVING:
            made = replace(made, is_moved=made.is_moved or _moves(one.name, value))
    return made


def narrowest_side(declared: Iterable[Declaration], root_size: float) -> float:
    """The shorter of the sides that declarations give what is pressed, in pixels; without end for none."""
    sides: dict[str, float] = {}
    display = ""
    for one in declared:
        value = one.value.lower()
        if one.name.startswith(ROOM) and value not in ("0", "none"):
            return math.inf
        if one.name == "display":
            display = value
        elif one.name in SIDES:
            found = LENGTH.fullmatch(value)
            side = float(found[1]) * _pixels(found[2], root_size) if found else math.inf
            sides[one.name.replace("inline-size", "width").replace("block-size", "height")] = side
    has_sides = display and display not in INLINE and UNKNOWN not in display
    return min(sides.values(), default=math.inf) if has_sides else math.inf


def _pixels(unit: str, root_size: float) -> float:
    """Pixels in a unit; without end for one that depends on what is around."""
    return root_size if unit.lower() == "rem" else PIXELS.get(unit.lower(), math.inf)


def _ground(value: str) -> str:
    if "(" in value and ("url(" in value or "gradient" in value or "image" in value):
        return UNKNOWN
    if value.strip().lower() in ("none", "0", "initial", "unset", "inherit"):
        return SEE_THROUGH
    if len(value) > LONGEST_COLOUR:
        return UNKNOWN
    tokens = [token for token in parse_component_value_list(value) if parse_color(token) is not None]
    return str(tokens[0].serialize()) if tokens else UNKNOWN


def _sized(made: Setting, value: str, root_size: float) -> Setting:
    if UNKNOWN in value or COMPUTED.search(value):
        return replace(made, size=math.inf, size_is_share=False)
    found = LENGTH.search(value)  # of `clamp()` the first is the smallest, which a telephone has
    if found is None:
        word = next((word for word in value.split() if word in NAMED or word in RELATIVE), "")
        size = NAMED.get(word) or RELATIVE.get(word)
        return replace(made, size=size, size_is_share=word in RELATIVE) if size else made
    number, unit = float(found[1]), found[2].lower()
    if unit in PIXELS:
        return replace(made, size=number * _pixels(unit, root_size), size_is_share=False)
    return replace(made, size=number / 100 if unit == "%" else number, size_is_share=True)


def _is_bold(value: str) -> bool:
    return value in ("bold", "bolder") or (value.isdecimal() and len(value) < 5 and int(value) >= BOLD)


def _hides(name: str, value: str) -> bool:
    if name in ("display", "visibility"):
        return value in ("none", "hidden", "collapse")
    if name == "clip-path":
        return value.startswith(("inset(50%", "inset(100%"))
    if name == "clip":
        return value.startswith("rect(")
    return value in ("0", "0px", "all")


def _changes(name: str, value: str) -> bool:
    """Whether a style makes other colours of those that are set."""
    if "clip" in name:
        return value in ("text", UNKNOWN)
    return value not in ("none", "normal", "currentcolor", "inherit", "initial", "unset")


def _moves(name: str, value: str) -> bool:
    if name == "position":
        return value in ("absolute", "fixed", "sticky", UNKNOWN)
    return value not in ("none", "auto", "0", "initial", "unset")


@lru_cache(maxsize=4096)
def laid_over(colour: str, ground: str | None, *, text: str | None = None) -> str | None:
    """Give a colour as #rrggbb on a ground; None where nobody knows. `text` is the colour that is inherited."""
    if colour == UNKNOWN or len(colour) > LONGEST_COLOUR:
        return None
    lowered = colour.strip().lower()
    if lowered in (INHERITED, "currentcolor", "unset"):
        return text
    if lowered == SEE_THROUGH:
        return ground
    parsed: Any = parse_color(colour)
    if parsed is None or isinstance(parsed, str):
        return None
    try:
        *channels, alpha = (part or 0.0 for part in parsed.to("srgb"))
    except NotImplementedError:  # a colour space that tinycss2 reads and cannot convert
        return None
    if alpha < 1:
        if ground is None:
            return None
        behind = (int(ground[at : at + 2], 16) / 255 for at in (1, 3, 5))
        channels = [alpha * one + (1 - alpha) * other for one, other in zip(channels, behind, strict=True)]
    return "#" + "".join(f"{min(255, max(0, round(255 * one))):02x}" for one in channels)
