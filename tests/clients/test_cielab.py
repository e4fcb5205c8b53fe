"""Lightness and hue of colours."""

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from campaigner.clients.cielab import to_lab, to_srgb

CHANNEL = st.floats(0, 1)


@given(srgb=st.tuples(CHANNEL, CHANNEL, CHANNEL))
def test_a_colour_is_the_same_there_and_back(srgb: tuple[float, float, float]) -> None:
    assert to_srgb(to_lab(srgb)) == pytest.approx(srgb, abs=0.001)


@given(srgb=st.tuples(CHANNEL, CHANNEL, CHANNEL))
def test_it_is_the_lab_that_others_have(srgb: tuple[float, float, float]) -> None:
    assert to_lab(srgb) == pytest.approx(Color("srgb", srgb).convert("lab-d65").coords(), abs=0.01)


def test_what_no_screen_shows_becomes_paler() -> None:
    assert to_srgb((100, 100, 100)) == pytest.approx((1, 1, 1), abs=0.02)
    assert to_srgb((-5, 0, 0)) == (0, 0, 0)
