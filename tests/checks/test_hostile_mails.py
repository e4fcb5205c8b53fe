"""Checks of a mail end, whatever it holds: each of these took minutes or more before what they read had an end."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.seeded import told_in

MANY = 300_000


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000,
        "<!-- " * MANY,
        "<a><!-- -->" * MANY,
        f"<style>{'@font-face{ ' * MANY}</style>",
        "".join(f'<p style="background: url({number}.png)">a</p>' for number in range(50_000)),
    ],
    ids=["elements in elements", "comments", "links", "fonts", "grounds"],
)
def test_a_mail_that_is_far_too_large_is_told_as_such(text: str, tmp_path: Path) -> None:
    assert "mail-clipped" in {check for check, *_ in told_in(tmp_path, Example(of="mail", text=text))}
