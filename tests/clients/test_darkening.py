"""Colours as programs turn them round in dark mode."""

import pytest
from coloraide import Color
from tinycss2.color4 import parse_color

from campaigner.clients.darkening import darkened, darkened_attribute, page_colours
from campaigner.clients.programs import Dark


def lightness(colour: str) -> float:
    return float(Color(colour).convert("oklch")["lightness"])


@pytest.mark.parametrize("kind", [Dark.PARTIAL, Dark.FULL])
@pytest.mark.parametrize("white", ["#fff", "#FFFFFF", "white", "rgb(255,255,255)", "hsl(0, 0%, 100%)"])
def test_a_light_ground_becomes_dark_however_it_is_written(kind: Dark, white: str) -> None:
    assert lightness(darkened("background-color", white, kind)) < 0.25


@pytest.mark.parametrize("kind", [Dark.PARTIAL, Dark.FULL])
@pytest.mark.parametrize("name", ["color", "border-color", "outline", "text-decoration-color"])
def test_dark_text_and_lines_become_light(kind: Dark, name: str) -> None:
    assert lightness(darkened(name, "#000", kind)) > 0.9


@pytest.mark.parametrize("kind", [Dark.NONE, Dark.AUTHOR])
def test_without_inversion_colours_stay(kind: Dark) -> None:
    assert darkened("color", "black", kind) == "black"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("background", "#222222"),
        ("background-color", "navy"),
        ("color", "#eee"),
        ("border", "1px solid #DDD"),
    ],
)
def test_partial_inversion_leaves_dark_grounds_and_light_text_as_they_are_written(
    name: str, value: str
) -> None:
    assert darkened(name, value, Dark.PARTIAL) == value
    assert darkened(name, value, Dark.FULL) != value


@pytest.mark.parametrize(
    ("value", "alpha"),
    [
        ("rgba(255,255,255,.25)", 0.25),
        ("rgb(255 255 255 / 25%)", 0.25),
        ("#ffffff40", 0.251),
        ("#fff4", 0.267),
        ("hsla(0, 0%, 100%, .25)", 0.25),
    ],
)
def test_a_colour_that_one_sees_through_stays_so(value: str, alpha: float) -> None:
    made = darkened("background", value, Dark.FULL)
    colour = parse_color(made)
    assert colour.alpha == pytest.approx(alpha, abs=0.001)
    assert max(*colour.coordinates) < 0.2


@pytest.mark.parametrize("kind", [Dark.PARTIAL, Dark.FULL])
@pytest.mark.parametrize(
    "ink", ["#000", "#1c1b19", "#333", "#595959", "#767676", "#0f5257", "#0842a0", "#b3261e"]
)
def test_text_that_is_readable_by_day_is_readable_at_night(kind: Dark, ink: str) -> None:
    ground, text = darkened("background", "#ffffff", kind), darkened("color", ink, kind)
    assert Color(ground).contrast(text) > 4.5


@pytest.mark.parametrize("ground", ["#0f5257", "#0b7285", "#c00", "#777", "#00f"])
def test_a_ground_of_middle_lightness_stays_in_partial_inversion(ground: str) -> None:
    assert darkened("background", ground, Dark.PARTIAL) == ground


@pytest.mark.parametrize("step", range(0, 256, 15))
def test_partial_inversion_never_makes_a_ground_lighter_nor_a_text_darker(step: int) -> None:
    grey = f"#{step:02x}{step:02x}{step:02x}"
    assert lightness(darkened("background", grey, Dark.PARTIAL)) <= lightness(grey)
    assert lightness(darkened("color", grey, Dark.PARTIAL)) >= lightness(grey)


@pytest.mark.parametrize(
    ("colour", "webview"),
    [("#ffffff", "#1b1b1b"), ("#000000", "#ffffff"), ("#777777", "#909090"), ("#0b5563", "#8bc8d8")],
)
def test_colours_are_those_of_androids_webview(colour: str, webview: str) -> None:
    assert darkened("color", colour, Dark.FULL) == webview


@pytest.mark.parametrize(
    "brand", ["#000080", "#0842a0", "#1a73e8", "#cc0000", "#ff6600", "#7c3aed", "#0f5257"]
)
def test_a_brands_ground_keeps_its_hue_however_light_it_becomes(brand: str) -> None:
    made = darkened("background", brand, Dark.FULL)
    before, after = (Color(one).convert("lab-d65").convert("lch-d65")["hue"] for one in (brand, made))
    assert (after - before + 180) % 360 - 180 == pytest.approx(0, abs=4)


def test_the_hue_stays() -> None:
    before, after = (
        Color(colour).convert("oklch") for colour in ("#cc0000", darkened("color", "#cc0000", Dark.FULL))
    )
    assert after["hue"] == pytest.approx(before["hue"], abs=8)


@pytest.mark.parametrize(
    "value",
    [
        "transparent",
        "inherit",
        "currentColor",
        "none",
        "rgba(0,0,0,0)",
        "url(https://x.example/white.png)",
        "linear-gradient(#fff,#fff)",
        "var(--white)",
        "oklch(50% 0.1 20)",
        "rgb(nonsense)",
        "#ggg",
        "",
        "color-mix(in srgb, red, blue)",
    ],
)
@pytest.mark.parametrize("kind", [Dark.PARTIAL, Dark.FULL])
def test_what_is_no_plain_colour_stays(value: str, kind: Dark) -> None:
    assert darkened("background", value, kind) == value


def test_only_the_colour_of_a_value_changes() -> None:
    made = darkened("background", "url(a.png) no-repeat top / 10px white", Dark.FULL)
    assert made.startswith("url(") and "no-repeat top / 10px #" in made  # noqa: PT018
    assert "white" not in made


def test_the_line_under_a_text_changes_as_the_text_does() -> None:
    assert darkened("text-decoration", "underline #000", Dark.PARTIAL) == "underline #ffffff"


@pytest.mark.parametrize("name", ["text", "link", "color"])
def test_attributes_for_text_change_too(name: str) -> None:
    assert darkened_attribute(name, "#000000", Dark.PARTIAL) == "#ffffff"


@pytest.mark.parametrize("name", ["box-shadow", "fill", "--white", "content", "background-image"])
def test_other_properties_keep_their_colours(name: str) -> None:
    assert darkened(name, "white", Dark.FULL) == "white"


@pytest.mark.parametrize("value", ["#ffffff", "ffffff", " FFFFFF ", "white"])
def test_an_attribute_may_write_a_colour_without_its_sign(value: str) -> None:
    assert lightness(darkened_attribute("bgcolor", value, Dark.PARTIAL)) < 0.25


def test_an_attribute_stays_as_it_is_without_inversion() -> None:
    assert darkened_attribute("bgcolor", "#ffffff", Dark.NONE) == "#ffffff"


@pytest.mark.parametrize("kind", [Dark.PARTIAL, Dark.FULL])
def test_a_page_without_colours_is_dark(kind: Dark) -> None:
    ground, text, link = (
        part.partition(":")[2].rstrip("}")
        for part in page_colours(kind).replace("{", ";").split(";")
        if "#" in part
    )
    assert Color(ground).contrast(text) > 7
    assert Color(ground).contrast(link) > 4.5
