"""Seeded faults: article, newsletter and sign-up page that do not say the same."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.corpus import assert_found


def front(text: str) -> Example:
    return Example(of="front matter", text=text)


OFFER = 'landing: {offer: {title: "A course", price: "£295", ends: 2027-01-15}}'
H1 = r"(?s)<h1[^>]*>.*?</h1>"


def text(words: str) -> Example:
    return Example(of="article", text=f"\n{words}\n")


CASES = [
    ("call-to-action", (front("newsletter: {cta: {label: Go, url: /vials/}}"),), "url:"),
    ("call-to-action", (front("newsletter: {cta: {label: Go, url: 'https://a.example/'}}"),), "url:"),
    ("call-to-action", (front("newsletter: {cta: {label: Go, url: join/}}"),), ""),
    ("call-to-action", (text("[Sign up there](/other-vials/join/)."),), "other-vials"),
    ("call-to-action", (text("[Sign up here](join/)."),), ""),
    ("call-to-action", (text("[Sign up there](https://elsewhere.example/x/join/)."),), ""),
    ("offer-price", (front(OFFER), text("The course costs £250.")), "£250"),
    ("offer-price", (front(OFFER), text("Pay 250 GBP for the course.")), "250 GBP"),
    ("offer-price", (front(OFFER), front('newsletter: {preheader: "Only £29.50"}')), "preheader"),
    ("offer-price", (front(OFFER), front('title: "A course for £1,295"')), "title:"),
    ("offer-price", (front(OFFER), text("The course costs £295, and a vial £2.")), ""),
    ("offer-price", (front(OFFER), text("Elsewhere it costs $250.")), ""),
    ("offer-price", (text("A vial costs £2."),), ""),
    ("offer-price", (front(OFFER), text("It costs £295.00 in all.")), ""),
    ("offer-deadline", (front(OFFER), text("Book your place by 31 January 2027.")), "31 January"),
    ("offer-deadline", (front(OFFER), text("The offer ends on January 16, 2027.")), "January 16"),
    ("offer-deadline", (front(OFFER), text("The offer ends on 16th January.")), "16th"),
    ("offer-deadline", (front(OFFER), text("Das Angebot gilt bis zum 31. Januar 2027.")), "31. Januar"),
    ("offer-deadline", (front(OFFER), text("Anmeldung bis 31.01.2027.")), "31.01."),
    ("offer-deadline", (front(OFFER), text("Book your place by 15 January 2027.")), ""),
    ("offer-deadline", (front(OFFER), text("Der Kurs: Anmeldung bis 15.1.2027.")), ""),
    ("offer-deadline", (front(OFFER), text("Glass was rare before 3 May 1851.")), ""),
    ("offer-deadline", (text("Book your place by 31 January 2027."),), ""),
    ("title-unlike", (Example(of="mail", text="<h1>Another</h1>", instead_of=H1),), "---"),
    ("title-unlike", (Example(of="mail", text="<h1>How to look at a vial</h1>", instead_of=H1),), "title:"),
    ("title-unlike", (front("title: '\"Vials\" -- and more'"),), ""),
    ("newsletter-numbers", (front("newsletter: {subject: The 9 signs}"),), "subject:"),
    ("newsletter-numbers", (front('newsletter: {preheader: "In 2025 it was otherwise"}'),), ""),
    ("newsletter-numbers", (front('newsletter: {preheader: "In 1925 it was otherwise"}'),), "preheader:"),
    ("newsletter-numbers", (front('newsletter: {subjects: ["One", "All 17 signs"]}'),), "All 17"),
    ("newsletter-numbers", (text("::: newsletter\nLook at 17 vials.\n:::"),), "17 vials"),
    ("newsletter-numbers", (text("::: newsletter\nLook at 4 things.\n:::"),), ""),
    ("newsletter-numbers", (text("::: newsletter\nA 7-minute read.\n:::"),), ""),
    ("newsletter-numbers", (text("::: blog\nLook at 17 vials.\n:::"),), ""),
    ("web-version-unlike", (Example(of="mail", text=f"<p>{'Only the mail says so much. ' * 6}</p>"),), "---"),
    (
        "web-version-unlike",
        (Example(of="mail", text="", instead_of=r"(?s)A vial says a lot.*?</p>"),),
        "---",
    ),
    ("web-version-unlike", (text("::: newsletter\nGood morning to all readers of this letter.\n:::"),), ""),
]


@pytest.mark.parametrize(("check", "examples", "on"), CASES)
def test_a_seeded_fault_is_found_where_it_stands(
    check: str, examples: tuple[Example, ...], on: str, tmp_path: Path
) -> None:
    assert_found(tmp_path, check, examples, on)
