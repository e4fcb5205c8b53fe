"""Seeded faults: what listings show to the site's own audience, of articles that may say it to theirs."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from campaigner.model.finding import Output
from checks.examples import found_in
from checks.seeded import Fault, article, assert_clean, assert_found, fault, front, named, settings

MEDICAL = settings('[check]\npolicies = ["medical-uk"]\n')
PROFESSIONALS = front("audience: professionals")
#: what a page for professionals says of itself
SAID = (
    article("This is for healthcare professionals only."),
    front("landing: {benefits: [It is for healthcare professionals]}"),
)
FOR_PROFESSIONALS = (MEDICAL, PROFESSIONALS, *SAID)
SHOWN = (
    fault("policy-term", "title:", front("title: On Botox, for healthcare professionals")),
    fault(
        "policy-term",
        "description:",
        front("description: What B0tox does to a vial, in four sentences that anybody can read."),
    ),
    fault("policy-term", "image_alt:", front("image_alt: A vial of Botox")),
    fault("policy-term", "slug:", front("slug: botox-vials")),
)
NOT_SHOWN = (
    front("aliases: [/botox-offer/]"),
    front("image_caption: A vial of Botox"),
    front("landing: {intro: Letters about Botox}"),
    article("We have Botox here."),
    front(
        "image_alt: A vial of Botox\nexpiry_date: 2026-11-24\nwaivers: [{check: orphan-page, reason: It ended}]"
    ),
)
SITE = """\
[site]
name = "The Glass Letter"
url = "https://glass-letter.example"
privacy = "privacy.md"
audience = "professionals"
description = "Letters about glass, %s."

[check]
policies = ["medical-uk"]
"""
DESCRIBED = front("description: What Botox does to a vial, in four sentences that anybody can read.")


@pytest.mark.parametrize("seeded", SHOWN, ids=str)
def test_what_a_listing_shows_is_for_the_audience_of_the_site(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, fault(seeded.check, seeded.line, *FOR_PROFESSIONALS, *seeded.examples))


@pytest.mark.parametrize("example", NOT_SHOWN, ids=named)
def test_what_no_listing_shows_is_for_the_audience_of_the_article(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, *FOR_PROFESSIONALS, example)


def test_a_name_in_a_listing_is_told_once(tmp_path: Path) -> None:
    (one,) = found_in(tmp_path, *FOR_PROFESSIONALS, front("image_alt: A vial of B0tox"))
    assert one.output is Output.LISTING
    assert one.message.startswith(
        'the listing on home, tags and feed names "B0tox", which reads as Botox: CAP Code'
    )


def test_a_tag_is_listed_too(tmp_path: Path) -> None:
    assert_found(tmp_path, fault("policy-term", "- Botox", *FOR_PROFESSIONALS, front("tags: [Botox]")))


def test_a_listing_for_professionals_says_so(tmp_path: Path) -> None:
    silent = (settings(SITE % "once a week"), *SAID, DESCRIBED)
    assert_found(tmp_path / "silent", fault("policy-term", "description:", *silent))
    assert_clean(tmp_path / "said", settings(SITE % "for healthcare professionals"), *SAID, DESCRIBED)


def test_a_wording_in_a_listing_is_for_the_audience_of_the_site(tmp_path: Path) -> None:
    (one,) = found_in(tmp_path, MEDICAL, PROFESSIONALS, front("title: The tox party"))
    assert (one.check, one.output) == ("policy-wording", Output.LISTING)
