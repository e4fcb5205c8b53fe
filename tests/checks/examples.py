"""A clean campaign, and what checks find where an example is put into it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image

from campaigner.build.engine import engine_digest
from campaigner.build.inputs import Inputs
from campaigner.checks import CHECKS, NAMES
from campaigner.checks.check import Check, Example
from campaigner.checks.facts import facts_of
from campaigner.checks.findings import Finding, judged
from campaigner.checks.letters import sample_readers
from campaigner.checks.online import Answer
from campaigner.checks.opening import subjects_of
from campaigner.checks.packs import read_policies
from campaigner.checks.places import Places
from campaigner.checks.subjects import Facts, Mail, Output, Page, Site, Subject, Trio
from campaigner.checks.waiving import own_waivers, shared_waivers, waived
from campaigner.content.settings import read_settings
from campaigner.content.workspace import Workspace
from campaigner.model.campaign import State
from campaigner.render.body.markdown import Converter
from campaigner.render.merge_fields import KNOWN
from campaigner.render.press import open_campaign, open_publication
from campaigner.resources import theme_folder
from publisher import picture

TODAY = "2026-11-26"
SLUG = "glass-vials"
SETTINGS = """\
[site]
name = "The Glass Letter"
url = "https://glass-letter.example"
language = "en-GB"
description = "Letters about glass, once a week, for people who work with it."
privacy = "privacy.md"

[sender]
name = "The Glass Letter"
address = "letters@glass-letter.example"
postal_address = "Glass House, 1 Example Street, Exampletown"

[signup]
endpoint = "https://glass-letter.example/signup/{slug}"
"""
FRONT_MATTER = """\
title: "How to look at a glass vial"
description: "Four things that the glass of a vial tells you before you open it, and what to do when one is missing."
date: 2026-11-20
author: Ada Vetro
tags: [Glass]
image: vials.png
image_alt: "Four vials in a row"
newsletter:
  subject: "What does your vial tell you?"
  subjects: ['What does your vial tell you, {{ reader.first_name | default("dear reader") }}?']
  preheader: "Four things to look at before you open it."
landing:
  headline: "Letters about glass"
  intro: "Once a week you get one letter about glass, and nothing else."
  benefits: ["You learn to read a vial", "You get one letter a week"]
  form:
    consent: "Yes, send me the letters by e-mail. I can end that in each of them."
    button: "Send me the letters"
    thanks: "Thank you. Please confirm in the mail that we sent you."
"""
READERS = "Ada: {email: ada@example.com, first_name: Ada}\n"
#: the post of another campaign
ANOTHER = Facts(
    campaign="stoppers",
    path="campaigns/stoppers/article.md",
    output=Output.POST,
    address="stoppers/",
    title="What a stopper is for",
    description="A stopper does more than close a vial.",
    is_listed=True,
    anchors=frozenset(),
    links=(),
    external=(),
)
ANSWERS = {
    "https://papers.example.org/there": Answer(status=200),
    "https://papers.example.org/gone": Answer(status=404),
    "https://papers.example.org/asleep": Answer(status=503),
}
PLACES = frozenset(
    {"", "privacy/", "tags/glass/", "feed.xml", "stoppers/"}
    | {f"{SLUG}/{place}" for place in ("", "join/", "join/thanks/", "join/confirmed/", "newsletter/")}
)
HEAD_STYLES = "styles/email-head.css"
#: pages that HTML of an example is put into
PAGES = {"page": Output.LANDING, "thanks": Output.THANKS, "post": Output.POST}
SOURCES = """\
glass-2025:
  title: "How glass is cooled"
  author: Ada Vetro
  date: 2025-03-01
  url: https://www.glass-papers.org/how-glass-is-cooled/
"""
BODY = Path(__file__).with_name("body.md").read_text(encoding="utf-8")


def workspace_with(folder: Path, *examples: Example) -> Workspace:
    """Give a clean workspace, but for what examples change in its files."""
    settings, front_matter, body, readers = SETTINGS, FRONT_MATTER, BODY, READERS
    for example in examples:
        if example.of == "settings":
            settings = _with_tables(settings, example.text)
        elif example.of == "front matter":
            front_matter = _with_keys(front_matter, example.text)
        elif example.of == "readers":
            readers = example.text
        elif example.of == "article":
            body = _changed(body, example, end=r"\Z")
        elif example.of == "mail styles":
            _write_styles(folder / "templates" / HEAD_STYLES, example.text)
        elif example.of == "moving picture":
            body += "\n![The vial turns](turning.gif)\n"
    campaign = folder / "campaigns" / SLUG
    campaign.mkdir(parents=True)
    (folder / "campaigner.toml").write_text(settings, encoding="utf-8")
    (campaign / "article.md").write_text(f"---\n{front_matter}---\n\n{body}", encoding="utf-8")
    (folder / "readers.yaml").write_text(readers, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "privacy.md").write_text("# Privacy\n\nWe keep your address, and nothing else.\n")
    (campaign / "vials.png").write_bytes(picture("teal", (1200, 800)))
    for example in examples:
        if example.of == "moving picture":
            (campaign / "turning.gif").write_bytes(moving_picture(*example.text.split(", ")))
    return Workspace(root=folder)


def _write_styles(file: Path, text: str) -> None:
    """Write a workspace's own styles for the mail's head: those of the theme, and more."""
    of_theme = (theme_folder() / HEAD_STYLES).read_text(encoding="utf-8")
    file.parent.mkdir(parents=True)
    file.write_text(f"{of_theme}{text}\n", encoding="utf-8")


def moving_picture(*colours: str) -> bytes:
    """Give a small GIF with a frame of each colour; but for white ones each has a dot in it."""
    file = BytesIO()
    frames = [Image.new("RGB", (600, 400), colour) for colour in colours]
    for frame, colour in zip(frames, colours, strict=True):
        if colour != "white":
            frame.paste("black", (10, 10, 60, 60))
    frames[0].save(file, "gif", save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def found_in(folder: Path, *examples: Example, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """What checks find in the clean campaign with examples put into it."""
    workspace = workspace_with(folder, *examples)
    settings = read_settings(workspace)
    policies = read_policies(workspace, settings.check.policies)
    publication = open_publication(
        workspace,
        settings,
        base_url=f"{settings.site.url.rstrip('/')}/",
        dialect="campaigner",
        program=engine_digest(Inputs(root=folder, known={}, looked_at=0)),
    )
    pages, faults = open_campaign(publication, workspace, SLUG, state=State.LIVE, converter=Converter())
    assert pages is not None, faults
    assert not faults
    readers = sample_readers(workspace, known=KNOWN)
    subjects = [
        _with_html(subject, examples)
        for subject in subjects_of(pages, readers, today=TODAY, policies=policies)
    ]
    places = Places(workspace, pages.campaign)
    own = (facts_of(one, base_url=publication.base_url) for one in subjects if isinstance(one, Page | Mail))
    site = Site(
        settings=settings,
        pages=(ANOTHER, *own),
        places=PLACES,
        answers=ANSWERS,
    )
    found, waivers = waived(
        judged([*subjects, site], checks, places, {}),
        [
            *shared_waivers(workspace, settings, today=TODAY, known=NAMES),
            *own_waivers(pages.campaign, today=TODAY, known=NAMES),
        ],
        ran=NAMES,
        campaigns=None,
    )
    return [*found, *judged(waivers, checks, places, {})]


def _with_html(subject: Subject, examples: Sequence[Example]) -> Subject:
    for example in examples:
        if isinstance(subject, Page) and PAGES.get(example.of) is subject.output:
            return replace(subject, html=_changed(subject.html, example, end="</main>"))
        if isinstance(subject, Mail) and example.of == "mail":
            return replace(subject, html=_changed(subject.html, example, end="</body>"))
        if isinstance(subject, Mail) and example.of == "mail text":
            return replace(subject, text=_changed(subject.text, example, end=r"\Z"))
        if isinstance(subject, Trio) and example.of in ("mail", "page"):
            mail, landing = (_with_html(one, [example]) for one in (subject.mail, subject.landing))
            assert isinstance(mail, Mail)
            assert isinstance(landing, Page)
            return replace(subject, mail=mail, landing=landing)
    return subject


def _changed(text: str, example: Example, *, end: str) -> str:
    """A text with an example at its end, or in the place of what it says."""
    pattern = example.instead_of or end
    assert re.search(pattern, text), f"nothing there is like {pattern}"
    after = "" if example.instead_of else "\\g<0>"
    return re.sub(pattern, lambda found: example.text + (found[0] if after else ""), text, count=1)


def _with_keys(front_matter: str, changes: str) -> str:
    """Front matter with keys changed; those within a block are merged."""
    values, wanted = yaml.safe_load(front_matter), yaml.safe_load(changes)
    for key, value in wanted.items():
        both = isinstance(value, dict) and isinstance(values.get(key), dict)
        values[key] = {**values[key], **value} if both else value
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)


def _with_tables(settings: str, changes: str) -> str:
    """Settings in which tables take the place of those of the same name."""
    tables = re.split(r"^(?=\[)", settings, flags=re.MULTILINE)
    wanted = re.split(r"^(?=\[)", changes, flags=re.MULTILINE)
    names = {table.partition("\n")[0] for table in wanted if table and not table.startswith("[[")}
    return "".join([*(table for table in tables if table.partition("\n")[0] not in names), *wanted])


def told_in(folder: Path, *examples: Example, checks: Sequence[Check] = CHECKS) -> list[tuple[str, str]]:
    """What is found in the clean campaign with examples in it: each check, with the line of the source."""
    told = []
    for one in found_in(folder, *examples, checks=checks):
        lines = (folder / one.path).read_text(encoding="utf-8").split("\n")
        told.append((one.check, lines[one.line - 1]))
    return told
