"""A clean campaign, and what checks find where an example is put into it."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image

from campaigner.build.engine import engine_digest
from campaigner.build.inputs import Inputs
from campaigner.build.lineup import Lineup, Shown
from campaigner.build.site import site_places
from campaigner.checks import CHECKS, NAMES
from campaigner.checks.app_mails import app_mail, told_of_no_newsletter
from campaigner.checks.check import Example
from campaigner.checks.facts import facts_of
from campaigner.checks.findings import judged
from campaigner.checks.letters import sample_readers
from campaigner.checks.online import Answer
from campaigner.checks.opening import subjects_of
from campaigner.checks.packs import read_policies
from campaigner.checks.places import Places
from campaigner.checks.subjects import AppMail, Mail, Page, Subject, Trio
from campaigner.checks.waiving import own_waivers, shared_waivers, waived
from campaigner.checks.whole_site import Facts, Site
from campaigner.content.articles import read_campaign
from campaigner.content.cards import card_of
from campaigner.content.settings import read_settings
from campaigner.content.workspace import Workspace
from campaigner.model.campaign import State
from campaigner.model.finding import Finding, Output
from campaigner.model.policy import Policy
from campaigner.render.body.markdown import Converter
from campaigner.render.merge_fields import KNOWN
from campaigner.render.press import campaign_pages, open_publication, stand_in_pages
from campaigner.render.proofs import letter_proofs, proofs_of
from campaigner.render.publication import Publication
from campaigner.resources import theme_folder
from campaigner.value import replace
from publisher import picture

TODAY = "2026-11-26"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
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
GERMAN_FRONT_MATTER = """\
lang: de
title: "Was ein Fläschchen aus Glas verrät"
description: "Vier Dinge, die das Glas eines Fläschchens verrät, bevor man es öffnet, und was ein fehlendes bedeutet."
date: 2026-11-20
author: Ada Vetro
tags: [Glass]
image: vials.png
image_alt: "Vier Fläschchen in einer Reihe"
newsletter:
  subject: "Was verrät Ihr Fläschchen?"
  subjects: ['Was verrät Ihr Fläschchen, {{ reader.first_name | default("liebe Leserin, lieber Leser") }}?']
  preheader: "Vier Dinge, die man vor dem Öffnen ansieht."
landing:
  headline: "Briefe über Glas"
  intro: "Einmal in der Woche bekommen Sie einen Brief über Glas, und sonst nichts."
  benefits: ["Sie lernen, ein Fläschchen zu lesen", "Sie bekommen einen Brief in der Woche"]
  form:
    consent: "Ja, schickt mir die Briefe per E-Mail. Das kann ich in jedem davon widerrufen."
    button: "Briefe bestellen"
    thanks: "Danke. Bitte bestätigen Sie Ihre Adresse in der Mail, die wir Ihnen geschickt haben."
"""
READERS = "Ada: {email: ada@example.com, first_name: Ada}\n"
#: the post of another campaign, and all that is made of it
ANOTHER = Facts(
    campaign="stoppers",
    path="campaigns/stoppers/article.md",
    output=Output.POST,
    address="stoppers/",
    title="What a stopper is for",
    description="A stopper does more than close a vial: it says who filled it, and when it was opened.",
    is_listed=True,
    anchors=frozenset(),
    links=(),
    external=(),
)
ANOTHERS_PLACES = frozenset({"stoppers/", "stoppers/join/", "stoppers/newsletter/"})
ANSWERS = {
    "https://papers.example.org/there": Answer(status=200),
    "https://papers.example.org/gone": Answer(status=404),
    "https://papers.example.org/asleep": Answer(status=503),
}
#: stylesheets of the theme that an example adds to, or changes
STYLES = {"mail styles": "styles/email-head.css", "page styles": "styles/site.css"}
ENDING = r"\Z"
#: pages that HTML of an example is put into
PAGES = {"page": Output.LANDING, "thanks": Output.THANKS, "post": Output.POST}
SOURCES = """\
glass-2025:
  title: "How glass is cooled"
  author: Ada Vetro
  date: 2025-03-01
  url: https://www.glass-papers.org/how-glass-is-cooled/
"""
BODY, GERMAN_BODY = (
    Path(__file__).with_name(f"body.{language}.md").read_text(encoding="utf-8") for language in ("en", "de")
)
#: front matter of an example that wants a German campaign
IS_GERMAN = re.compile(r"\blang: de\b")


def workspace_with(folder: Path, *examples: Example) -> Workspace:
    """Give a clean workspace, but for what examples change in its files; it is German where one says so."""
    campaign = folder / "campaigns" / SLUG
    campaign.mkdir(parents=True)
    (folder / "campaigner.toml").write_text(_settings(examples), encoding="utf-8")
    (campaign / "article.md").write_text(_article(examples), encoding="utf-8")
    readers = next((example.text for example in examples if example.of == "readers"), READERS)
    (folder / "readers.yaml").write_text(readers, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "privacy.md").write_text("# Privacy\n\nWe keep your address, and nothing else.\n")
    (campaign / "vials.png").write_bytes(picture("teal", (1200, 800)))
    for example in examples:
        if example.of in STYLES:
            _write_styles(folder, STYLES[example.of], example)
        elif example.of == "moving picture":
            (campaign / "turning.gif").write_bytes(moving_picture(*example.text.split(", ")))
    return Workspace(root=folder)


def _settings(examples: Sequence[Example]) -> str:
    settings = SETTINGS
    for example in examples:
        if example.of == "settings":
            settings = _with_tables(settings, example.text)
    return settings


def _article(examples: Sequence[Example]) -> str:
    front_matter, body = FRONT_MATTER, BODY
    if any(example.of == "front matter" and IS_GERMAN.search(example.text) for example in examples):
        front_matter, body = GERMAN_FRONT_MATTER, GERMAN_BODY
    for example in examples:
        if example.of == "front matter":
            front_matter = _with_keys(front_matter, example.text)
        elif example.of == "article":
            body = _changed(body, example, end=r"\Z")
        elif example.of == "moving picture":
            body += "\n![The vial turns](turning.gif)\n"
    return f"---\n{front_matter}---\n\n{body}"


def _write_styles(folder: Path, name: str, example: Example) -> None:
    """Write a workspace's own stylesheet: that of the theme, with the example in it."""
    file = folder / "templates" / name
    of_theme = (file if file.is_file() else theme_folder() / name).read_text(encoding="utf-8")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{_changed(of_theme, example, end=ENDING)}\n", encoding="utf-8")


def moving_picture(*colours: str) -> bytes:
    """Give a small GIF with a frame of each colour; but for white ones each has a dot in it."""
    file = BytesIO()
    frames = [Image.new("RGB", (600, 400), colour) for colour in colours]
    for frame, colour in zip(frames, colours, strict=True):
        if colour != "white":
            frame.paste("black", (10, 10, 60, 60))
    frames[0].save(file, "gif", save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def found_in(folder: Path, *examples: Example) -> list[Finding]:
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
    campaign = read_campaign(workspace, SLUG, largest=settings.content.largest_article)
    card = card_of(campaign)
    state = card.state(f"{TODAY}T00:00:00Z")
    pages = campaign_pages(publication, campaign, state=state, converter=Converter())
    readers = sample_readers(workspace, known=KNOWN)
    subjects = [
        _with_html(subject, examples)
        for subject in subjects_of(
            proofs_of(pages),
            publication,
            readers,
            today=TODAY,
            policies=policies,
            place=0 if state is State.LIVE else None,
        )
    ]
    places = Places(workspace, campaign)
    of_app = _mails_of_app(publication, examples, campaign.front_matter.lang, policies)
    own = (facts_of(one, base_url=publication.base_url) for one in subjects if isinstance(one, Page | Mail))
    site = Site(
        settings=settings,
        pages=(ANOTHER, *own),
        places=site_places(settings, Lineup([Shown(SLUG, state, card, seal="", name_seal="")]))
        | ANOTHERS_PLACES,
        answers=ANSWERS,
        listed=frozenset((ANOTHER.address, *([f"{pages.campaign.slug}/"] if state is State.LIVE else []))),
    )
    of_campaign = list(judged([*subjects, site], CHECKS, places, {}))
    found, waivers = waived(
        [*of_campaign, *told_of_no_newsletter(_judged_alone(of_app, workspace), of_campaign)],
        [
            *shared_waivers(workspace, settings, today=TODAY, known=NAMES),
            *own_waivers(campaign, today=TODAY, known=NAMES),
        ],
        ran=NAMES,
        campaigns=None,
    )
    return [*found, *judged(waivers, CHECKS, places, {})]


def _mails_of_app(
    publication: Publication, examples: Sequence[Example], lang: str | None, policies: tuple[Policy, ...]
) -> list[AppMail]:
    """The mails of the sign-up app, with examples in them."""
    language = publication.language(lang)
    pages = stand_in_pages(publication, language, Converter())
    proofs, faults = letter_proofs(pages, date=NOW)
    assert not faults
    mails = [app_mail(proof, pages.campaign, publication, today=TODAY, policies=policies) for proof in proofs]
    for example in examples:
        mails = [
            replace(mail, html=_changed(mail.html, example, end="</body>"))
            if mail.output.value == example.of
            else mail
            for mail in mails
        ]
    return mails


def _judged_alone(mails: Sequence[AppMail], workspace: Workspace) -> Iterator[Finding]:
    for mail in mails:
        yield from judged([mail], CHECKS, Places(workspace, mail.article.campaign), {})


def _with_html(subject: Subject, examples: Sequence[Example]) -> Subject:
    for example in examples:
        if isinstance(subject, Page) and PAGES.get(example.of) is subject.output:
            return replace(subject, html=_changed(subject.html, example, end="</main>"))
        if isinstance(subject, Mail) and example.of == "mail":
            return replace(subject, html=_changed(subject.html, example, end="</body>"))
        if isinstance(subject, Mail) and example.of == "mail text":
            return replace(subject, text=_changed(subject.text, example, end=r"\Z"))
        if isinstance(subject, Trio):
            return _with_html_of_each(subject, example)
    return subject


def _with_html_of_each(trio: Trio, example: Example) -> Trio:
    """The three outputs with an example in them; what a template changes in the mail is in its web version too."""
    mail, landing = (_with_html(one, [example]) for one in (trio.mail, trio.landing))
    assert isinstance(mail, Mail)
    assert isinstance(landing, Page)
    web = trio.web_version
    if example.of == "web version" or (example.of == "mail" and _has_place(web.html, example)):
        web = replace(web, html=_changed(web.html, example, end="</body>"))
    return replace(trio, mail=mail, landing=landing, web_version=web)


def _has_place(html: str, example: Example) -> bool:
    return not example.instead_of or bool(re.search(example.instead_of, html))


def _changed(text: str, example: Example, *, end: str) -> str:
    """A text with an example at its end, or in the place of what it says."""
    pattern = example.instead_of or end
    assert re.search(pattern, text), f"nothing there is like {pattern}"
    return re.sub(
        pattern, lambda found: example.text + ("" if example.instead_of else found[0]), text, count=1
    )


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
