"""What a style sets that decides whether a text can be read: colours, size, weight, and whether it is hidden."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tinycss2 import parse_component_value_list
from tinycss2.color4 import parse_color

from campaigner.clients.declarations import Declaration, declarations
from campaigner.value import Value, replace

#: a colour as CSS writes it, or one of these
INHERITED, SEE_THROUGH, UNKNOWN = "inherit", "transparent", "?"
BARE = re.compile(r"[0-9a-f]{6}|[0-9a-f]{3}", re.IGNORECASE)
LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,5})?|\.\d{1,5})(px|pt|em|rem|%)", re.IGNORECASE)
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

    def under(self, other: "Setting") -> "Setting":
        """This one with what the other sets in its place."""
        if other == NOTHING:
            return self
        has_size = other.size is not None
        return Setting(
            colour=other.colour or self.colour,
            ground=other.ground or self.ground,
            size=other.size if has_size else self.size,
            size_is_share=other.size_is_share if has_size else self.size_is_share,
            bold=self.bold if other.bold is None else other.bold,
            hides=self.hides or other.hides,
        )


NOTHING = Setting()


@lru_cache(maxsize=4096)
def setting_of(style: str, bgcolor: str = "", colour: str = "") -> Setting:
    """Give what attributes set: `style` before the old ones."""
    old = Setting(ground=_old(bgcolor), colour=_old(colour))
    return old.under(setting(declarations(style))) if style else old


def _old(colour: str) -> str:
    """A colour of an attribute, where # may be left out."""
    colour = colour.strip()
    if colour.startswith("url"):
        return UNKNOWN
    return f"#{colour}" if BARE.fullmatch(colour) else colour


def setting(declared: Iterable[Declaration]) -> Setting:
    """Give what declarations set, the later before the earlier."""
    made = NOTHING
    for one in declared:
        value = one.value.lower()
        if one.name == "color":
            made = replace(made, colour=one.value)
        elif one.name in ("background", "background-color"):
            made = replace(made, ground=_ground(one.value))
        elif one.name == "background-image" and not made.ground and value != "none":
            made = replace(made, ground=UNKNOWN)
        elif one.name == "font-size":
            made = _sized(made, value)
        elif one.name == "font-weight":
            made = replace(made, bold=_is_bold(value))
        elif one.name == "font":
            made = _sized(replace(made, bold=any(map(_is_bold, value.split()[:3]))), value)
        elif _hides(one.name, value):
            made = replace(made, hides=True)
    return made


def _ground(value: str) -> str:
    if "(" in value and ("url(" in value or "gradient" in value or "image" in value):
        return UNKNOWN
    if value.strip().lower() in ("none", "0", "initial", "unset", "inherit"):
        return SEE_THROUGH
    if len(value) > LONGEST_COLOUR:
        return UNKNOWN
    tokens = [token for token in parse_component_value_list(value) if parse_color(token) is not None]
    return str(tokens[0].serialize()) if tokens else UNKNOWN


def _sized(made: Setting, value: str) -> Setting:
    found = LENGTH.search(value)
    if found is None:
        word = next((word for word in value.split() if word in NAMED or word in RELATIVE), "")
        size = NAMED.get(word) or RELATIVE.get(word)
        return replace(made, size=size, size_is_share=word in RELATIVE) if size else made
    number, unit = float(found[1]), found[2].lower()
    if unit in PIXELS:
        return replace(made, size=number * PIXELS[unit], size_is_share=False)
    return replace(made, size=number / 100 if unit == "%" else number, size_is_share=True)


def _is_bold(value: str) -> bool:
    return value in ("bold", "bolder") or (value.isdecimal() and len(value) < 5 and int(value) >= BOLD)


def _hides(name: str, value: str) -> bool:
    if name in ("display", "visibility"):
        return value in ("none", "hidden", "collapse")
    return name in ("opacity", "max-height", "mso-hide") and value in ("0", "0px", "all")


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
