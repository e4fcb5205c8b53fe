"""The brand's three colours made into two schemes, light and dark, each pair checked for contrast.

Lightness, chroma and hue are those of OKLCH (CSS Color 4, section 9), where equal steps look
equal, so that a colour can be made darker without becoming another one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from campaigner.model.pages import Palette
from campaigner.value import Value

if TYPE_CHECKING:
    from coloraide import Color

    from campaigner.model.settings import Brand

#: contrast that text needs (WCAG 2.2, success criterion 1.4.3)
TEXT = 4.5
#: contrast that the border of a form field needs (WCAG 2.2, success criterion 1.4.11)
CONTROL = 3.0

BLACK, WHITE = "#000000", "#ffffff"
#: what every brand calls a fault; only its lightness is adapted
DANGER = "#b3261e"

#: paper no lighter than this is a dark ground already
DARKEST_LIGHT_PAPER = 0.4
NIGHT_PAPER, NIGHT_INK, NIGHT_ACCENT = 0.19, 0.92, 0.76
#: a near-black is warm like lamplight where the paper has no hue of its own
LAMPLIGHT_HUE = 80.0
#: least and most chroma of the night's ground: never a neutral black, never a coloured one
NIGHT_CHROMA = (0.006, 0.014)
#: below this chroma a colour has no hue that anybody sees
GREY = 0.002


class Palettes(Value):
    """The brand in both schemes."""

    light: Palette
    #: for `prefers-color-scheme: dark`; the same as `light` where the brand itself is dark
    dark: Palette
    #: a sentence for each written colour that had to be moved to be readable
    shifts: tuple[str, ...]


def palettes(brand: Brand) -> Palettes:
    """Derive all colours of both schemes from the brand's ink, paper and accent.

    `light` is the brand as it was written, even where it is light ink on a dark ground; paper is
    never moved. A brand with a dark paper needs no second scheme and keeps its own at night.

    The first call imports coloraide, which takes about 150 ms: keep the result by `brand`.
    """
    light = _scheme(ink=brand.ink, paper=brand.paper, accent=brand.accent)
    is_dark = _oklch(brand.paper)["lightness"] < DARKEST_LIGHT_PAPER
    return Palettes(light=light, dark=light if is_dark else _night(brand), shifts=_shifts(brand, light))


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio, 1 to 21, of two colours written #rrggbb (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _scheme(*, ink: str, paper: str, accent: str) -> Palette:
    extreme = _extreme(ink, paper)
    tint = _tint(ink, paper, extreme)
    grounds = (paper, tint)
    ink = _readable(ink, grounds, TEXT, extreme)
    return Palette(
        ink=ink,
        paper=paper,
        accent=_readable(accent, grounds, TEXT, extreme),
        on_accent=paper,  # contrast is the same both ways
        muted=_readable(_mixed(ink, paper, 0.34), grounds, TEXT, extreme),
        hairline=_mixed(ink, paper, 0.86),
        control=_readable(_mixed(ink, paper, 0.5), grounds, CONTROL, extreme),
        tint=tint,
        danger=_readable(DANGER, grounds, TEXT, extreme),
    )


def _night(brand: Brand) -> Palette:
    """Give a light brand its dark scheme: its own hues on a near-black ground."""
    written = _oklch(brand.paper)
    hue = written["hue"] if written["chroma"] > GREY else LAMPLIGHT_HUE
    least, most = NIGHT_CHROMA
    chroma = min(max(written["chroma"], least), most)
    accent = _oklch(brand.accent)
    return _scheme(
        ink=_hex(_oklch(brand.ink).set({"lightness": NIGHT_INK, "chroma": chroma, "hue": hue})),
        paper=_hex(written.set({"lightness": NIGHT_PAPER, "chroma": chroma, "hue": hue})),
        accent=_hex(accent.set("lightness", max(accent["lightness"], NIGHT_ACCENT))),
    )


def _extreme(ink: str, paper: str) -> str:
    """Give black or white: where text on `paper` moves to for more contrast.

    That of the two which is on ink's side, unless even that cannot be read on `paper`. One of
    them always can: the worst ground, a middle grey, has 4.58:1 with both.
    """
    darker = _luminance(ink) < _luminance(paper)
    own, other = (BLACK, WHITE) if darker else (WHITE, BLACK)
    return own if contrast(own, paper) >= TEXT else other


def _tint(ink: str, paper: str, extreme: str) -> str:
    """Give a ground a little nearer to the ink, or farther from it where nothing could be read on that."""
    tint = _mixed(extreme if ink == paper else ink, paper, 0.955)
    if contrast(tint, extreme) >= TEXT:
        return tint
    return _mixed(WHITE if extreme == BLACK else BLACK, paper, 0.955)


def _readable(colour: str, grounds: tuple[str, ...], wanted: float, extreme: str) -> str:
    """Move `colour` towards `extreme`, no farther than it must, until it is `wanted` on all `grounds`.

    Hue stays, chroma shrinks to what a screen can show at that lightness.
    """
    if _least_contrast(colour, grounds) >= wanted:
        return colour
    moving = _oklch(colour)
    too_near, far_enough, found = moving["lightness"], _oklch(extreme)["lightness"], extreme
    for _ in range(10):  # to a thousandth, less than one step of #rrggbb
        middle = (too_near + far_enough) / 2
        candidate = _hex(moving.set("lightness", middle))
        if _least_contrast(candidate, grounds) >= wanted:
            far_enough, found = middle, candidate
        else:
            too_near = middle
    return found


def _least_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _shifts(brand: Brand, light: Palette) -> tuple[str, ...]:
    pairs = (("ink", brand.ink, light.ink), ("accent", brand.accent, light.accent))
    return tuple(
        _shift(f"brand.{name}", written, used, light) for name, written, used in pairs if written != used
    )


def _shift(name: str, written: str, used: str, light: Palette) -> str:
    on_paper = contrast(written, light.paper)
    reached = on_paper if on_paper < TEXT else contrast(written, light.tint)
    shown = math.floor(reached * 10) / 10  # 4.49 must not read 4.5
    ground = light.paper if on_paper < TEXT else f"{light.tint}, the ground of boxes"
    return f"{name} {written} reaches only {shown}:1 on {ground}; {used} is used for text"


def _oklch(colour: str) -> Color:
    from coloraide import Color

    return Color(colour).convert("oklch").normalize(nans=False)


def _mixed(colour: str, ground: str, share: float) -> str:
    """Mix `colour` with `share` (0 to 1) of `ground`."""
    return _hex(_oklch(colour).mix(_oklch(ground), share, space="oklab"))


def _hex(colour: Color) -> str:
    return colour.convert("srgb").fit(method="oklch-chroma").to_string(hex=True)
