"""Tables: what is a number or a date keeps to its line, and text has the room that is left."""

import re

import pytest

from desk import Desk

TABLE = "| {head} | N |\n| --- | ---: |\n| {cell} | 1 |\n"


def classes(html: str, tag: str = "td") -> list[str]:
    return [" ".join(re.findall(r'class="(.*?)"', cell)) for cell in re.findall(rf"<{tag}\b[^>]*>", html)]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("1,234 mg", "numeral"),
        ("12 April 2024 [@book]", "numeral"),
        ("12. September 2024", "numeral"),
        ('{{ reader.profession | default("9 of 10") }}', "numeral"),
        ("*12* [April](join/)[^a]", "numeral"),
        ("Approved", ""),
        ("–", ""),
        ("11 went to hospital; none had died", "prose"),
        ("", ""),
    ],
)
def test_each_cell_says_what_it_is(desk: Desk, cell: str, kind: str) -> None:
    text = f"{TABLE.format(head='Head', cell=cell)}\n\nText.[^a]\n\n[^a]: A note."
    assert classes(desk.blog(text)) == [kind, "align-right numeral"]
    mail = classes(desk.mail(text)[desk.mail(text).index('<table class="data"') :])
    assert mail[:2] == [kind, "align-right numeral"]


def test_a_heading_with_a_date_keeps_to_its_line_and_a_long_one_may_not(desk: Desk) -> None:
    html = desk.blog(TABLE.format(head="In May 2024", cell="x"))
    assert classes(html, "th") == ["numeral", "align-right"]
    assert classes(desk.blog(TABLE.format(head="What is known of them", cell="x")), "th")[0] == "prose"


def test_a_number_does_not_break_in_the_mail(desk: Desk) -> None:
    assert re.search(
        r'<td class="numeral" style="[^"]*white-space:\s*nowrap',
        desk.mail(TABLE.format(head="A", cell="12 May")),
    )
