"""Seeded faults: article, newsletter and sign-up page that do not say the same."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.seeded import (
    UNKNOWN,
    Fault,
    article,
    assert_clean,
    assert_found,
    fault,
    front,
    mail,
    named,
    told_in,
)


def web_version(text: str, *, instead_of: str = "") -> Example:
    return Example(of="web version", text=text, instead_of=instead_of)


OFFER = 'landing: {offer: {title: "A course", price: "£295", ends: 2027-01-15}}'
BUTTON = '<a class="button-link" href="'
H1 = r"(?s)<h1[^>]*>.*?</h1>"


FAULTS = (
    fault("call-to-action", "url:", front("newsletter: {cta: {label: See the letters, url: /stoppers/}}")),
    fault(
        "call-to-action",
        "url:",
        front("newsletter: {cta: {label: See the letters, url: 'https://a.example/'}}"),
    ),
    fault(
        "call-to-action",
        "url:",
        article("[Sign up here](join/)."),
        front("newsletter: {cta: {label: See the letters, url: /stoppers/}}"),
    ),
    fault(
        "call-to-action",
        "newsletter:",
        mail(f'{BUTTON}https://glass-letter.example/stoppers/"', instead_of=f'{BUTTON}[^"]*"'),
        article("[Sign up here](join/)."),
    ),
    fault("call-to-action", "stoppers", article("[Sign up there](/stoppers/join/).")),
    fault("offer-price", "£250", front(OFFER), article("The course costs £250.")),
    fault("offer-price", "250 GBP", front(OFFER), article("Pay 250 GBP for the course.")),
    fault(
        "offer-price",
        "preheader",
        front(OFFER),
        front('newsletter: {preheader: "All of the course for only £29.50."}'),
    ),
    fault("offer-price", "title:", front(OFFER), front('title: "A course for £1,295"')),
    fault("offer-deadline", "31 January", front(OFFER), article("Book your place by 31 January 2027.")),
    fault("offer-deadline", "January 16", front(OFFER), article("The offer ends on January 16, 2027.")),
    fault("offer-deadline", "16th", front(OFFER), article("The offer ends on 16th January.")),
    fault("offer-deadline", "31. Januar", front(OFFER), article("Das Angebot gilt bis zum 31. Januar 2027.")),
    fault("offer-deadline", "31.01.", front(OFFER), article("Anmeldung bis 31.01.2027.")),
    fault("title-unlike", UNKNOWN, mail("<h1>Another</h1>", instead_of=H1)),
    fault("title-unlike", "title:", mail("<h1>How to look at a vial</h1>", instead_of=H1)),
    fault("newsletter-numbers", "subject:", front("newsletter: {subject: The 9 signs}")),
    fault(
        "newsletter-numbers",
        "preheader:",
        front('newsletter: {preheader: "In 1925 the glass was otherwise"}'),
    ),
    fault(
        "newsletter-numbers",
        "All 17",
        front('newsletter: {subjects: ["All of the signs", "All 17 signs of a vial"]}'),
    ),
    fault("newsletter-numbers", "17 vials", article("::: newsletter\nLook at 17 vials.\n:::")),
    fault("web-version-unlike", UNKNOWN, web_version("<p>Only a browser shows this.</p>")),
    fault(
        "web-version-unlike", "A vial says a lot", web_version("", instead_of=r"(?s)A vial says a lot.*?</p>")
    ),
    fault("web-version-unlike", "- Look through the neck", web_version("", instead_of=r"(?s)<ul.*</ul>")),
)
NEARLY = (
    (front("newsletter: {cta: {label: See the letters, url: join/}}"),),
    (front("newsletter: {cta: {label: See the letters, url: '/glass-vials/join/?from=mail'}}"),),
    (front("newsletter: {cta: {label: Send me the letters}}"),),
    (
        article("[Sign up here](join/)."),
        front("newsletter: {cta: {label: Read on at home, url: /glass-vials/}}"),
    ),
    (front("landing: null"), front("newsletter: {cta: {label: See the letters, url: /stoppers/}}")),
    (article("[Sign up here](join/)."),),
    (article("[Sign up there](https://elsewhere.example/x/join/)."),),
    (
        front(OFFER),
        article("The course costs £295, and a vial £2."),
    ),
    (
        front(OFFER),
        article("Elsewhere it costs $250."),
    ),
    (article("A vial costs £2."),),
    (
        front(OFFER),
        article("It costs £295.00 in all."),
    ),
    (
        front(OFFER),
        article("Book your place by 15 January 2027."),
    ),
    (
        front(OFFER),
        article("Der Kurs: Anmeldung bis 15.1.2027."),
    ),
    (
        front(OFFER),
        article("Glass was rare before 3 May 1851."),
    ),
    (article("Book your place by 31 January 2027."),),
    (front("title: '\"Vials\" -- and more'"),),
    (front('newsletter: {preheader: "In 2025 the glass was otherwise"}'),),
    (article("::: newsletter\nLook at 4 things.\n:::"),),
    (article("::: newsletter\nA 7-minute read.\n:::"),),
    (article("::: blog\nLook at 17 vials.\n:::"),),
    (article("::: newsletter\nGood morning to all readers of this letter.\n:::"),),
)


@pytest.mark.parametrize("seeded", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("examples", NEARLY, ids=lambda examples: named(examples[-1]))
def test_what_is_nearly_a_fault_is_none(examples: tuple[Example, ...], tmp_path: Path) -> None:
    assert_clean(tmp_path, *examples)


def test_a_link_to_another_sign_up_page_is_told_once(tmp_path: Path) -> None:
    told = told_in(tmp_path, article("[Sign up there](/stoppers/join/)."))
    assert [message for _, _, message in told] == [
        "a link leads to another campaign's sign-up page, /stoppers/join/"
    ]
