"""The picture of a shared link where an article has none of its own: its title, set like a headline.

Set in our own font (`fonts/`) and without the shaping library that only some installations of
Pillow have, so that the same words give the same bytes on every machine. That also means scripts
which the font lacks cannot be drawn: such a title is left out, the name stands alone.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

    from campaigner.model.pages import Palette

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "CampaignerSerif-Regular.ttf", "CampaignerSerif-Bold.ttf"

# all measures in pixels
WIDTH, HEIGHT = 1200, 630
MARGIN = 80
COLUMN = WIDTH - 2 * MARGIN
BAND = 14
#: baselines and lines of the masthead
NAME_BASELINE, MASTHEAD_LINE = 92, 122
SMALL = 30
LARGEST_TITLE, SMALLEST_TITLE, STEP = 84, 40, 2
MOST_LINES = 5
#: from one baseline of the title to the next, in its size
LEADING = 1.13
#: between its characters, in its size: a text face is spaced for small sizes
TRACKING = -0.018
#: height of capitals, in the size of the font
CAPITALS = 0.67
#: where the title may stand
TOP, BOTTOM = MASTHEAD_LINE + 48, HEIGHT - 64
#: from the kicker's baseline to the top of the title's capitals
KICKER_GAP = 37
#: shades of a colour on paper, and how much ink a hairline has
FULL, HAIRLINE = 63, 9

NO_CHARACTER = "\uffff"
BREAK = "\u200b"
#: a word may be broken behind these
AFTER_HYPHEN = re.compile(r"(?<=\w[-‐–—/])(?=\w)")
WORD = re.compile(f"[^ {BREAK}]+[ {BREAK}]?")


def share_card(*, title: str, site_name: str, kicker: str, palette: Palette) -> bytes:
    """Draw a card of 1200 x 630 pixels and give it as PNG.

    Emoji are left out. So is the title, or the kicker, or the name, where the font lacks its script
    (it has Latin and Cyrillic); without a title the name takes its place.
    """
    from PIL import Image

    name, headline, subject = _drawable(site_name), _drawable(title), _drawable(kicker)
    # a canvas for each colour; a pixel's value is how much of the colour it has, 0 to FULL
    ink, accent = (Image.new("L", (WIDTH, HEIGHT)) for _ in range(2))
    accent.paste(FULL, (0, 0, WIDTH, BAND))
    if headline:
        _write(ink, _cut(name, SMALL), NAME_BASELINE, BOLD, SMALL)
        ink.paste(HAIRLINE, (MARGIN, MASTHEAD_LINE, WIDTH - MARGIN, MASTHEAD_LINE + 2))
    else:
        headline, subject = name, ""

    above = CAPITALS * SMALL + KICKER_GAP if subject else 0
    size, lines = _set(headline, BOTTOM - TOP - above)
    height = above + (CAPITALS + (len(lines) - 1) * LEADING) * size
    top = TOP + (BOTTOM - TOP - height) * 0.45  # the middle, as the eye sees it
    _write(accent, _cut(subject, SMALL), top + CAPITALS * SMALL, REGULAR, SMALL)
    for number, line in enumerate(lines):
        baseline = top + above + (CAPITALS + number * LEADING) * size
        _write(ink, line, baseline, BOLD, size, TRACKING)
    return _png(ink, accent, palette)


def _write(canvas: Image, text: str, baseline: float, font: str, size: int, tracking: float = 0) -> None:
    """Write `text` from the left margin on, each character where it belongs to a fraction of a pixel."""
    from PIL import ImageDraw

    draw, at = ImageDraw.Draw(canvas), float(MARGIN)
    for character in text:
        draw.text((at, round(baseline)), character, fill=FULL, font=_font(font, size), anchor="ls")
        at += (_advance(character, font) + tracking) * size


def _png(ink: Image, accent: Image, palette: Palette) -> bytes:
    """Give the canvases as a PNG whose palette has all shades of ink and accent on paper.

    Nothing overlaps, so that a pixel is one of either; a third of the size of full colours.
    """
    from PIL import ImageChops

    card = ImageChops.add(ink, accent.point(lambda value: value and FULL + value))
    card.putpalette(_shades(palette.paper, palette.ink) + _shades(palette.paper, palette.accent)[3:])
    content = io.BytesIO()
    card.save(content, "PNG")
    return content.getvalue()


def _shades(ground: str, colour: str) -> list[int]:
    """Give red, green and blue of all mixtures from `ground` to `colour`, FULL steps."""
    ends = list(zip(bytes.fromhex(ground[1:]), bytes.fromhex(colour[1:]), strict=True))
    return [round(start + (end - start) * step / FULL) for step in range(FULL + 1) for start, end in ends]


def _drawable(text: str) -> str:
    """Give `text` without what the font cannot draw; nothing where that is any of its letters."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            kept.append(" " if character not in "\u00a0\u202f" else "\u00a0")
        elif _has_glyph(character):
            kept.append(character)
        elif unicodedata.category(character)[0] in "LN":
            return ""
    return re.sub(" +", " ", "".join(kept)).strip()


def _set(text: str, room: float) -> tuple[int, list[str]]:
    """Find the largest size at which `text` fits into the column and into `room`, and its lines."""
    words = WORD.findall(AFTER_HYPHEN.sub(BREAK, text))
    for size in range(LARGEST_TITLE, SMALLEST_TITLE - 1, -STEP):
        column = COLUMN / size
        lines = _lines(words, column)
        most = min(MOST_LINES, 1 + int((room / size - CAPITALS) / LEADING))
        if len(lines) <= most and all(_width(word) <= column for word in words):
            return size, _balanced(words, len(lines), column)
    column = COLUMN / SMALLEST_TITLE
    lines = _lines([piece for word in words for piece in _pieces(word, column)], column)
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [_cut(" ".join(lines[MOST_LINES - 1 :]), SMALLEST_TITLE)]
    return SMALLEST_TITLE, lines


def _balanced(words: list[str], count: int, column: float) -> list[str]:
    """Give `words` in `count` lines, in the narrowest column that has no more of them."""
    narrowest = max((_width(word) for word in words), default=0.0)
    steps = 40
    for step in range(steps):
        lines = _lines(words, narrowest + (column - narrowest) * step / steps)
        if len(lines) == count:
            return lines
    return _lines(words, column)


def _lines(words: Iterable[str], column: float) -> list[str]:
    """Fill lines of at most `column` (in sizes of the font), one after the other."""
    lines: list[str] = []
    line, filled = "", 0.0
    for word in words:
        if line and filled + _width(word) > column:
            lines.append(_as_drawn(line))
            line, filled = "", 0.0
        line += word
        filled += _width(word) + (_advance(" ", BOLD) + TRACKING if word.endswith(" ") else 0)
    return [*lines, _as_drawn(line)] if line else lines


def _pieces(word: str, column: float) -> Iterator[str]:
    """Break a word that is wider than `column` wherever it reaches it."""
    piece = ""
    for character in word:
        if piece and _width(piece + character) > column:
            yield piece
            piece = ""
        piece += character
    yield piece


def _cut(text: str, size: int) -> str:
    """Give `text` on one line, with an ellipsis where it does not fit."""
    column = COLUMN / size
    if _width(text, 0) <= column:
        return text
    ends = accumulate(_advance(character, BOLD) for character in text)
    room = takewhile(lambda end: end + _advance("…", BOLD) <= column, ends)
    fitting = sum(1 for _ in room)
    # the last word that fits, or what fits of the first one
    shown = text[: fitting + 1].rpartition(" ")[0] or text[:fitting]
    return shown.rstrip(" ,;:.-–—") + "…"


def _as_drawn(line: str) -> str:
    return line.replace(BREAK, "").strip(" ")


@lru_cache(10_000)
def _width(line: str, tracking: float = TRACKING) -> float:
    """Give the width in sizes of the bold font, which has no kerning."""
    return sum(_advance(character, BOLD) + tracking for character in _as_drawn(line))


@cache
def _advance(character: str, font: str) -> float:
    return _font(font, 1000).getlength(character) / 1000


@cache
def _has_glyph(character: str) -> bool:
    font = _font(BOLD, SMALLEST_TITLE)
    return bytes(font.getmask(character)) != bytes(font.getmask(NO_CHARACTER))


@cache
def _font(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)
