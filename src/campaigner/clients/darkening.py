"""What mail programs make of a mail's colours in dark mode when they do not ask the mail.

Most of their formulas are not published. Two are of near relatives, and both turn the lightness of CIELAB round
and keep its hue: that of Android's WebView (Chromium, `third_party/blink/renderer/platform/graphics/`, in
`dark_mode_color_filter.cc`), which is the one used here, and that of Outlook's editor
(https://github.com/microsoft/roosterjs, `getDarkColor`), whose ground is a little lighter. Colours that no screen
shows they cut off, which makes strong blues pink; here they become paler. What Outlook.com looks at is told in https://www.hteumeuleu.com/2019/dealing-with-outlook-com-s-dark-mode/.

Pictures, gradients and shadows stay as they are in all of them.
"""

import re
from functools import lru_cache
from typing import Any

from tinycss2 import parse_component_value_list, serialize
from tinycss2.color4 import parse_color

from campaigner.clients.cielab import Triple, to_lab, to_srgb
from campaigner.clients.programs import Dark

#: kinds of dark mode that change the mail's colours
INVERTING = (Dark.PARTIAL, Dark.FULL)
#: CIELAB lightness of a colour and of what it becomes, together: white becomes a grey that is nearly black
ROUND = 110.0
#: of a page without colours of its own
GROUND, TEXT, LINK = "#ffffff", "#000000", "#0842a0"

GROUNDS = frozenset({"background", "background-color"})
TEXTS = frozenset({"color", "text-decoration", "text-decoration-color", "-webkit-text-fill-color"})
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
ATTRIBUTES = {"bgcolor": "background-color", "color": "color", "text": "color", "link": "color"}


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
    changed = _changed((red, green, blue), is_ground=name in GROUNDS, kind=kind) if alpha else None
    if changed is None:
        return token
    (parsed,) = parse_component_value_list(_written(changed, alpha))
    return parsed


@lru_cache(maxsize=4096)
def _changed(channels: Triple, *, is_ground: bool, kind: Dark) -> Triple | None:
    """Another colour for one; None where it stays."""
    lightness, a, b = to_lab(channels)
    turned = min(ROUND - lightness, 100.0)
    if kind is Dark.PARTIAL and (turned >= lightness if is_ground else turned <= lightness):
        return None  # a ground that is dark already, or a light text
    return to_srgb((turned, a, b))


def _written(colour: Triple, alpha: float) -> str:
    channels = [round(255 * part) for part in colour]
    if alpha == 1:
        return "#" + "".join(f"{channel:02x}" for channel in channels)
    return f"rgba({','.join(map(str, channels))},{round(alpha, 3)})"


def page_colours(kind: Dark) -> str:
    """Give the styles of a page in dark mode, for what has no colour of its own."""
    ground = darkened("background-color", GROUND, kind)
    text, link = (darkened("color", colour, kind) for colour in (TEXT, LINK))
    return f"html{{background:{ground};color:{text};color-scheme:dark}} a{{color:{link}}}"
