"""The card that a shared link shows where an article has no picture."""

import io
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont

from campaigner.model.pages import Palette
from campaigner.render import share_card as module
from campaigner.render.share_card import share_card

PAPER, INK, ACCENT = (251, 250, 247), (28, 27, 25), (15, 82, 87)
PALETTE = Palette(
    ink="#1c1b19",
    paper="#fbfaf7",
    accent="#0f5257",
    on_accent="#fbfaf7",
    muted="#5f5e5b",
    hairline="#d8d7d4",
    control="#82817f",
    tint="#f0efec",
    danger="#b3261e",
)
FONTS = Path(module.__file__).parent / "fonts"
MASTHEAD_END, MARGIN, TITLE_SIZE = 130, 80, 84


def card(title: str, kicker: str = "", site_name: str = "The Careful Clinic") -> bytes:
    return share_card(title=title, site_name=site_name, kicker=kicker, palette=PALETTE)


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def lines(png: bytes) -> list[tuple[int, int, int]]:
    """Top, bottom and right end of each line below the masthead."""
    image = pixels(png).crop((0, MASTHEAD_END, 1200, 630))
    ink = ImageChops.difference(image, Image.new("RGB", image.size, PAPER)).convert("L")
    found: list[tuple[int, int, int]] = []
    start = None
    for row in range(ink.height):
        filled = ink.crop((0, row, 1200, row + 1)).getbbox()
        if filled and start is None:
            start = row
        if not filled and start is not None:
            box = ink.crop((0, start, 1200, row)).getbbox()
            assert box is not None
            found.append((start + MASTHEAD_END, row + MASTHEAD_END, box[2]))
            start = None
    return found


def test_a_card_is_a_png_of_1200_by_630_without_a_time() -> None:
    png = card("What a safe appointment looks like", "Patient safety")
    assert Image.open(io.BytesIO(png)).size == (1200, 630)
    chunks, at = [], 8
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        chunks.append(kind)
        at += length + 12
    assert set(chunks) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_a_card_is_small() -> None:
    assert len(card("Wide Words With Many Round Edges " * 8, "Guide")) < 60_000


def test_a_card_is_drawn_in_the_brands_colours() -> None:
    image = pixels(card("Title", "Kicker"))
    assert image.getpixel((600, 4)) == ACCENT
    assert image.getpixel((10, 600)) == PAPER
    used = {colour for _, colour in image.getcolors(1000) or []}
    assert {PAPER, INK, ACCENT} <= used


def test_the_same_words_give_the_same_bytes_in_another_process() -> None:
    program = (
        "import sys; from campaigner.model.pages import Palette; from campaigner.render.share_card import share_card;"
        f"palette = {PALETTE!r};"
        "sys.stdout.buffer.write(share_card(title='Über Öl', site_name='Ölblatt', kicker='Öl', palette=palette))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert answer == card("Über Öl", "Öl", "Ölblatt")


def test_a_short_title_is_set_large_on_one_line() -> None:
    ((top, bottom, _),) = lines(card("Hints"))
    assert bottom - top == pytest.approx(TITLE_SIZE * 0.75, abs=8)


def test_a_title_of_140_characters_has_at_most_five_lines_of_a_readable_size() -> None:
    title = "Seven questions to ask before any treatment, and the answers that a good practitioner gives "
    title += "without being asked for them twice by anybody ok"
    assert len(title) == 140
    found = lines(card(title))
    assert 3 <= len(found) <= 5
    assert found[0][1] - found[0][0] > 40


def test_lines_are_balanced() -> None:
    first, second = lines(card("How a safe injection visit feels"))
    assert MARGIN + first[2] / 2 < second[2]
    assert first[2] < 900


def test_a_title_without_end_is_cut_after_five_lines() -> None:
    found = lines(card("endless words " * 60))
    assert len(found) == 5
    assert card("endless words " * 60) == card("endless words " * 90)
    assert card("endless words " * 60) != card("endless words " * 5)


def test_a_word_wider_than_the_card_is_broken() -> None:
    found = lines(card("x" * 150))
    assert len(found) > 1
    assert max(right for _, _, right in found) <= 1200 - MARGIN


def test_a_long_word_makes_the_title_smaller_before_it_is_broken() -> None:
    (line,) = lines(card("Rechtsschutzversicherungsgesellschaft"))
    assert line[2] <= 1200 - MARGIN


def test_words_are_broken_behind_their_hyphens() -> None:
    with_hyphen = lines(card("Rechtsschutz-Versicherungsgesellschaft"))
    without = lines(card("RechtsschutzVersicherungsgesellschaft"))
    assert len(with_hyphen) == 2
    assert len(without) == 1


def test_words_bound_by_a_no_break_space_stay_together() -> None:
    word = "n" * 19
    assert len(lines(card(f"{word} {word}"))) == 2
    for space in "\u00a0\u202f":
        assert len(lines(card(f"{word}{space}{word}"))) == 1


def test_a_card_without_a_kicker_has_only_the_title() -> None:
    assert len(lines(card("Hints", "Guide"))) == 2
    assert len(lines(card("Hints"))) == 1


def test_emoji_are_left_out() -> None:
    plain = card("Summer news", "News", "Clinic")
    assert card("Summer ☀️ news 🎉", "📣 News", "Clinic 👩🏽‍⚕️") == plain
    assert card("Summer \U0001f1e9\U0001f1ea news", "News", "Clinic") == plain


@pytest.mark.parametrize(
    "title", ["患者の安全", "سلامة المرضى", "Ασφάλεια ασθενών", "환자 안전", "安全 first", "", "🎉"]
)
def test_without_a_title_that_can_be_drawn_the_name_stands_alone(title: str) -> None:
    alone = share_card(title="", site_name="The Careful Clinic", kicker="Guide", palette=PALETTE)
    assert card(title, "Guide") == alone
    ((top, bottom, right),) = lines(alone)
    assert bottom - top > TITLE_SIZE * 0.6
    assert right > 600


def test_where_no_word_can_be_drawn_the_card_is_empty_but_for_the_band() -> None:
    image = pixels(card("安全", "安全", "安全"))
    assert {colour for _, colour in image.getcolors(1000) or []} == {PAPER, ACCENT}


@pytest.mark.parametrize(
    "word",
    [
        "Ærøskøbing",
        "Łódź",
        "Đặng Ấn Ở",
        "İğnes",
        "ščťž",
        "Щастя",
        "Ґанок",
        "β-blocker",
        "„Ja“ – 5 €…",
        "«5 ₴»",
        "m²",
    ],
)
def test_the_font_has_the_letters_of_europe(word: str) -> None:
    assert card(word) != card("")
    assert len(lines(card(word))) >= 1


def test_accents_written_apart_are_the_same_letters() -> None:
    assert card("Cafe\u0301") == card("Café")


@settings(max_examples=60, deadline=None)
@given(title=st.text(max_size=200), name=st.text(max_size=80), kicker=st.text(max_size=80))
@example(title="W" * 200, name="W" * 80, kicker="W" * 80)
@example(title="Photographically " * 5, name="", kicker="")
@example(title="", name="j", kicker="")
@example(title="Ǻ ǻ " * 40, name="", kicker="g")
@example(title="\u200b-/ -a/b " * 9, name="\u00a0", kicker="\u00a0")
def test_nothing_stands_outside_of_the_margins(title: str, name: str, kicker: str) -> None:
    image = pixels(card(title, kicker, name))
    overhang = 16  # of a letter over its own width: the tail of a j at the largest size
    for box in (
        (0, 20, MARGIN - overhang, 630),
        (1200 - MARGIN + overhang, 20, 1200, 630),
        (0, 20, 1200, 40),
        (0, 600, 1200, 630),
    ):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), PAPER)]


def test_the_fonts_are_small_renamed_and_come_with_their_licence() -> None:
    files = sorted(FONTS.glob("*.ttf"))
    assert sum(file.stat().st_size for file in files) < 250_000
    names = [ImageFont.truetype(file).getname() for file in files]
    assert names == [("Campaigner Serif", "Bold"), ("Campaigner Serif", "Regular")]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_names_and_subjects_without_end_are_cut_at_once() -> None:
    long = "x" * 100_000
    short = "x" * 1_000
    assert card(long, kicker=long, site_name=long) == card(short, kicker=short, site_name=short)
