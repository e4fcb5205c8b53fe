"""Seeded faults: what search engines and networks make of a page."""

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
    named,
    page,
    settings,
)

LONG = "How to look at a vial from above and below, in the morning and at night, by window light"
DATA = r'<script type="application/ld\+json">.*?</script>'
#: of a campaign that has ended, which no other one leads to
ORPHAN = "waivers: [{check: orphan-page, reason: It has ended.}]"


def data(text: str) -> Example:
    return page(f'<script type="application/ld+json">{text}</script>', instead_of=DATA)


FAULTS = (
    fault("title-length", "title:", front(f'title: "{LONG}"')),
    fault("title-length", "headline:", front(f'landing: {{headline: "{LONG}"}}')),
    fault("description-missing", "description:", front('description: ""')),
    fault("description-missing", "description:", front("description: null")),
    fault("description-length", "description:", front('description: "Vials."')),
    fault("description-length", "description:", front(f'description: "{LONG}, and then once more. {LONG}"')),
    fault("canonical", "canonical_url", front("canonical_url: http://elsewhere.example/vials/")),
    fault("canonical", UNKNOWN, page("", instead_of=r'<link rel="canonical"[^>]*>')),
    fault(
        "canonical",
        UNKNOWN,
        page('<link rel="canonical" href="https://a.example/">', instead_of="(?=</head>)"),
    ),
    fault("share-image", "image:", page("", instead_of=r'<meta property="og:image" [^>]*>')),
    fault(
        "share-image",
        "image:",
        page(
            '<meta property="og:image:height" content="300">',
            instead_of=r'<meta property="og:image:height"[^>]*>',
        ),
    ),
    fault(
        "share-image",
        "image:",
        page(
            '<meta property="og:image" content="/vials.png">',
            instead_of=r'<meta property="og:image" [^>]*>',
        ),
    ),
    fault("structured-data", UNKNOWN, data("{")),
    fault("structured-data", UNKNOWN, data('{"@type": "Article", "headline": "Vials"}')),
    fault("structured-data", UNKNOWN, data('{"name": "Vials"}')),
    fault("structured-data", UNKNOWN, data('{"@type": "WebPage"}')),
    fault("dates-in-order", "updated:", front("updated: 2026-11-19")),
    fault("dates-in-order", "updated:", front("updated: 2026-11-27")),
    fault("dates-in-order", "expiry_date:", front(f"updated: 2026-11-25\nexpiry_date: 2026-11-24\n{ORPHAN}")),
    fault(
        "offer-dates",
        "ends:",
        front("landing: {offer: {title: A course, starts: 2027-03-02, ends: 2027-03-01}}"),
    ),
    fault(
        "offer-dates",
        "ends:",
        front("landing: {offer: {title: A course, starts: 2026-01-02, ends: 2026-01-01}}"),
    ),
    fault("offer-ended", "ends:", front("landing: {offer: {title: A course, ends: 2026-11-25}}")),
    fault("offer-ended", "ends:", front("landing: {offer: {title: A course, ends: 2025-11-25}}")),
    fault("slug-length", "slug:", front(f"slug: {'vial-' * 13}end")),
    fault("slug-length", "slug:", front(f"slug: {'v' * 61}")),
    fault("slug-wording", "slug:", front("slug: The-Vial")),
    fault("slug-wording", "slug:", front("slug: the_vial")),
    fault("slug-wording", "slug:", front("slug: 2026-11-20-vial")),
    fault("slug-wording", "slug:", front("slug: vial-202611")),
    fault("slug-wording", "slug:", front("slug: what-to-do")),
    fault("slug-wording", "slug:", front("slug: wie-und-wo")),
    fault(
        "thin-content",
        "title:",
        Example(
            of="article", text="A word on the glass of a vial [@glass-2025].\n", instead_of=r"(?s)\A.*\Z"
        ),
    ),
    fault("keyword-stuffing", "title:", front('title: "Vials, vials and vials"')),
    fault(
        "keyword-stuffing",
        "description:",
        front(
            'description: "Glass for glass, and more glass: what the letters about it tell you each week."'
        ),
    ),
    fault(
        "keyword-stuffing",
        "neck first",
        article("Neck after neck: " + "neck on neck, " * 9 + "and so on.\n"),
    ),
    fault("tags-many", "tags:", front("tags: [a1, a2, a3, a4, a5, a6, a7, a8, a9]")),
    fault("tags-many", "tags:", front("tags: [a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2]")),
)
NEARLY = (
    (front('title: "A title of exactly sixty characters, and not of one more…!!!"'),),
    (front('title: "Das Fläschchen"\nlang: de'),),
    (front(f'description: "{LONG}."'),),
    (front("canonical_url: https://elsewhere.example/vials/"),),
    (data('[{"@type": "WebPage", "name": "Vials"}, {"@type": "Person"}]'),),
    (front("updated: 2026-11-20"),),
    (front("landing: {offer: {title: A course, starts: 2027-03-01, ends: 2027-03-01}}"),),
    (front("landing: {offer: {title: A course, ends: 2026-11-26}}"),),
    (front(f"landing: {{offer: {{title: A course, ends: 2026-11-22}}}}\nexpiry_date: 2026-11-23\n{ORPHAN}"),),
    (front(f"slug: {'v' * 60}"),),
    (front("slug: vials-of-2026"),),
    (front("slug: top-10-vials"),),
    (front("slug: das-fläschchen"),),
    (front('title: "The vial and the vial"'),),
    (front("tags: [a1, a2, a3, a4, a5, a6, a7, a8]"),),
)


@pytest.mark.parametrize("seeded", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("examples", NEARLY, ids=lambda examples: named(examples[-1]))
def test_what_is_nearly_a_fault_is_none(examples: tuple[Example, ...], tmp_path: Path) -> None:
    assert_clean(tmp_path, *examples)


def test_a_short_note_may_be_meant(tmp_path: Path) -> None:
    limits = settings("[check.limits]\nwords = 3\n")
    short = Example(
        of="article", text="A short note on the glass of a vial [@glass-2025].\n", instead_of=r"(?s)\A.*\Z"
    )
    assert_clean(tmp_path, limits, short)


def test_a_limit_of_the_settings_counts(tmp_path: Path) -> None:
    limits = settings("[check.limits]\ntags = 1\n")
    assert_found(tmp_path, fault("tags-many", "tags:", limits, front("tags: [Glass, Vials]")))
