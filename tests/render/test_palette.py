"""The brand's colours in both schemes."""

import re
from itertools import product

import pytest
from coloraide import Color
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from campaigner.model.pages import Palette
from campaigner.model.settings import Brand
from campaigner.render.palette import contrast, palettes
from campaigner.value import asdict

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def brand(**colours: str) -> Brand:
    return TypeAdapter(Brand).validate_python(colours)


def measured(one: str, other: str) -> float:
    """Contrast as another implementation has it; it differs in the fifth digit."""
    return Color(one).contrast(Color(other), method="wcag21") + 0.0005


def hue(colour: str) -> float:
    return Color(colour).convert("oklch")["hue"]


def lightness(colour: str) -> float:
    return Color(colour).convert("oklch")["lightness"]


def assert_readable(palette: Palette) -> None:
    for text, ground in product(("ink", "muted", "accent", "danger"), ("paper", "tint")):
        pair = getattr(palette, text), getattr(palette, ground)
        assert measured(*pair) >= 4.5, (text, ground, *pair)
    assert measured(palette.on_accent, palette.accent) >= 4.5
    assert measured(palette.control, palette.paper) >= 3
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in asdict(palette).values())


@settings(max_examples=80, deadline=None)
@given(ink=colours, paper=colours, accent=colours)
@example(ink="#ffffff", paper="#ffffff", accent="#ffffff")
@example(ink="#000000", paper="#000000", accent="#000000")
@example(ink="#888888", paper="#777777", accent="#757575")
@example(ink="#ffffff", paper="#767676", accent="#767676")
@example(ink="#0000ff", paper="#00ff00", accent="#ff0000")
def test_any_three_colours_give_schemes_that_can_be_read(ink: str, paper: str, accent: str) -> None:
    derived = palettes(brand(ink=ink, paper=paper, accent=accent))
    assert_readable(derived.light)
    assert_readable(derived.dark)
    assert derived.light.paper == paper
    told = {shift.split()[0] for shift in derived.shifts}
    moved = {f"brand.{name}" for name, colour in (("ink", ink), ("accent", accent))
             if getattr(derived.light, name) != colour}  # fmt: skip
    assert told == moved
    assert len(derived.shifts) == len(moved)


def test_the_default_brand_is_used_as_it_is_written() -> None:
    written = brand()
    derived = palettes(written)
    assert (derived.light.ink, derived.light.paper, derived.light.accent) == (
        written.ink,
        written.paper,
        written.accent,
    )
    assert derived.shifts == ()


def test_a_yellow_accent_is_darkened_in_its_own_hue_and_the_shift_is_told() -> None:
    derived = palettes(brand(accent="#ffdd00"))
    assert derived.light.accent != "#ffdd00"
    assert hue(derived.light.accent) == pytest.approx(hue("#ffdd00"), abs=8)
    assert derived.shifts == (
        f"brand.accent #ffdd00 reaches only 1.2:1 on #fbfaf7; {derived.light.accent} is used for text",
    )


def test_a_colour_is_moved_no_farther_than_it_must() -> None:
    accent = palettes(brand(accent="#ffdd00")).light.accent
    assert 4.5 <= contrast(accent, "#f0efec") < 4.65


def test_an_accent_that_is_unreadable_in_boxes_only_is_moved_for_them() -> None:
    derived = palettes(brand(paper="#ffffff", ink="#000000", accent="#757575"))
    assert contrast("#757575", "#ffffff") > 4.5
    assert derived.light.accent != "#757575"
    assert f"on {derived.light.tint}, the ground of boxes;" in derived.shifts[0]


def test_the_dark_ground_is_a_warm_near_black() -> None:
    dark = palettes(brand()).dark
    ground = Color(dark.paper).convert("oklch")
    assert 0.15 < ground["lightness"] < 0.25
    assert ground["chroma"] > 0.004
    assert 40 < ground["hue"] < 110
    assert lightness(dark.ink) > 0.85


def test_a_white_paper_gets_a_warm_night_too() -> None:
    assert 40 < hue(palettes(brand(paper="#ffffff")).dark.paper) < 110


def test_the_night_keeps_the_hue_of_a_tinted_paper() -> None:
    assert hue(palettes(brand(paper="#e4eeff")).dark.paper) == pytest.approx(hue("#e4eeff"), abs=25)


def test_the_accent_is_lighter_at_night_and_keeps_its_hue() -> None:
    derived = palettes(brand(accent="#0055ff"))
    assert lightness(derived.dark.accent) > lightness(derived.light.accent)
    assert hue(derived.dark.accent) == pytest.approx(hue("#0055ff"), abs=15)


def test_a_dark_brand_stays_as_it_is_written_day_and_night() -> None:
    written = brand(ink="#eaeaea", paper="#111418", accent="#ff5c00")
    derived = palettes(written)
    assert derived.light == derived.dark
    assert (derived.light.ink, derived.light.paper, derived.light.accent) == (
        written.ink,
        written.paper,
        written.accent,
    )
    assert derived.shifts == ()


def test_light_ink_on_a_coloured_paper_gets_a_calm_night() -> None:
    derived = palettes(brand(ink="#ffffff", paper="#c8102e", accent="#ffd100"))
    assert derived.light.ink == "#ffffff"
    assert lightness(derived.dark.paper) < 0.25


def test_secondary_text_is_quieter_than_the_text() -> None:
    derived = palettes(brand())
    for scheme in (derived.light, derived.dark):
        assert contrast(scheme.muted, scheme.paper) < contrast(scheme.ink, scheme.paper) / 2
        assert contrast(scheme.hairline, scheme.paper) < 1.6
        assert 1 < contrast(scheme.tint, scheme.paper) < 1.2


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#000000", 21),
        ("#777777", "#ffffff", 4.48),
        ("#0f5257", "#0f5257", 1),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
