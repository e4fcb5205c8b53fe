"""Seeded faults: what search engines and networks make of a page."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.corpus import assert_found

LONG = "How to look at a vial from above and below, in the morning and at night, by window light"
DATA = r'<script type="application/ld\+json">.*?</script>'


def front(text: str) -> Example:
    return Example(of="front matter", text=text)


def data(text: str) -> Example:
    return Example(of="page", text=f'<script type="application/ld+json">{text}</script>', instead_of=DATA)


CASES = [
    ("title-length", front(f'title: "{LONG}"'), "title:"),
    ("title-length", front(f'landing: {{headline: "{LONG}"}}'), "headline:"),
    ("title-length", front('title: "A title of exactly sixty characters, and not of one more…!!!"'), ""),
    ("title-length", front('title: "Das Fläschchen"\nlang: de'), ""),
    ("description-missing", front('description: ""'), "description:"),
    ("description-missing", front("description: null"), "description:"),
    ("description-length", front('description: "Vials."'), "description:"),
    ("description-length", front(f'description: "{LONG}, and then once more. {LONG}"'), "description:"),
    ("description-length", front(f'description: "{LONG}."'), ""),
    ("canonical", front("canonical_url: http://elsewhere.example/vials/"), "canonical_url"),
    ("canonical", front("canonical_url: https://elsewhere.example/vials/"), ""),
    (
        "canonical",
        Example(of="page", text="", instead_of=r'<link rel="canonical"[^>]*>'),
        "---",
    ),
    (
        "canonical",
        Example(
            of="page", text=r'<link rel="canonical" href="https://a.example/">\g<0>', instead_of="</head>"
        ),
        "---",
    ),
    ("share-image", Example(of="page", text="", instead_of=r'<meta property="og:image" [^>]*>'), "image:"),
    (
        "share-image",
        Example(
            of="page",
            text='<meta property="og:image:height" content="300">',
            instead_of=r'<meta property="og:image:height"[^>]*>',
        ),
        "image:",
    ),
    (
        "share-image",
        Example(
            of="page",
            text='<meta property="og:image" content="/vials.png">',
            instead_of=r'<meta property="og:image" [^>]*>',
        ),
        "image:",
    ),
    ("structured-data", data("{"), "---"),
    ("structured-data", data('{"@type": "Article", "headline": "Vials"}'), "---"),
    ("structured-data", data('{"name": "Vials"}'), "---"),
    ("structured-data", data('{"@type": "WebPage"}'), "---"),
    ("structured-data", data('[{"@type": "WebPage", "name": "Vials"}, {"@type": "Person"}]'), ""),
    ("dates-in-order", front("updated: 2026-11-19"), "updated:"),
    ("dates-in-order", front("updated: 2026-11-27"), "updated:"),
    ("dates-in-order", front("updated: 2026-11-25\nexpiry_date: 2026-11-24"), "expiry_date:"),
    ("dates-in-order", front("updated: 2026-11-20"), ""),
    (
        "offer-dates",
        front("landing: {offer: {title: A course, starts: 2027-03-02, ends: 2027-03-01}}"),
        "ends:",
    ),
    (
        "offer-dates",
        front("landing: {offer: {title: A course, starts: 2026-01-02, ends: 2026-01-01}}"),
        "ends:",
    ),
    ("offer-dates", front("landing: {offer: {title: A course, starts: 2027-03-01, ends: 2027-03-01}}"), ""),
    ("offer-ended", front("landing: {offer: {title: A course, ends: 2026-11-25}}"), "ends:"),
    ("offer-ended", front("landing: {offer: {title: A course, ends: 2025-11-25}}"), "ends:"),
    ("offer-ended", front("landing: {offer: {title: A course, ends: 2026-11-26}}"), ""),
    (
        "offer-ended",
        front("landing: {offer: {title: A course, ends: 2026-11-22}}\nexpiry_date: 2026-11-23"),
        "",
    ),
    ("slug-length", front(f"slug: {'vial-' * 13}end"), "slug:"),
    ("slug-length", front(f"slug: {'v' * 61}"), "slug:"),
    ("slug-length", front(f"slug: {'v' * 60}"), ""),
    ("slug-wording", front("slug: The-Vial"), "slug:"),
    ("slug-wording", front("slug: the_vial"), "slug:"),
    ("slug-wording", front("slug: 2026-11-20-vial"), "slug:"),
    ("slug-wording", front("slug: vial-202611"), "slug:"),
    ("slug-wording", front("slug: what-to-do"), "slug:"),
    ("slug-wording", front("slug: wie-und-wo"), "slug:"),
    ("slug-wording", front("slug: vials-of-2026"), ""),
    ("slug-wording", front("slug: top-10-vials"), ""),
    ("slug-wording", front("slug: das-fläschchen"), ""),
    (
        "thin-content",
        Example(of="article", text="Short [@glass-2025].\n", instead_of=r"(?s)\A.*\Z"),
        "title:",
    ),
    ("keyword-stuffing", front('title: "Vials, vials and vials"'), "title:"),
    (
        "keyword-stuffing",
        front(
            'description: "Glass for glass, and more glass: what the letters about it tell you each week."'
        ),
        "description:",
    ),
    ("keyword-stuffing", front('title: "The vial and the vial"'), ""),
    (
        "keyword-stuffing",
        Example(of="article", text="\nNeck after neck: " + "neck on neck, " * 9 + "and so on.\n"),
        "neck first",
    ),
    ("tags-many", front("tags: [a1, a2, a3, a4, a5, a6, a7, a8, a9]"), "tags:"),
    ("tags-many", front("tags: [a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2]"), "tags:"),
    ("tags-many", front("tags: [a1, a2, a3, a4, a5, a6, a7, a8]"), ""),
]


@pytest.mark.parametrize(("check", "example", "on"), CASES)
def test_a_seeded_fault_is_found_where_it_stands(
    check: str, example: Example, on: str, tmp_path: Path
) -> None:
    assert_found(tmp_path, check, (example,), on)


def test_a_short_note_may_be_meant(tmp_path: Path) -> None:
    limits = Example(of="settings", text="[check.limits]\nwords = 3\n")
    short = Example(of="article", text="A short note [@glass-2025].\n", instead_of=r"(?s)\A.*\Z")
    assert_found(tmp_path, "thin-content", (limits, short), "")


def test_a_limit_of_the_settings_counts(tmp_path: Path) -> None:
    limits = Example(of="settings", text="[check.limits]\ntags = 1\n")
    assert_found(tmp_path, "tags-many", (limits, front("tags: [Glass, Vials]")), "tags:")
