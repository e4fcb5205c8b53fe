"""The sign-up form of a landing page: its fields, its consent, its decoy."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from campaigner.checks.names import controls, hidden_from_ears
from campaigner.checks.spots import Key, Said
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output

#: how a box is called that says yes to mails
CONSENT = re.compile(
    r"consent|agree|opt.?in|permission|gdpr|dsgvo|einwillig|zustimm|privacy|datenschutz", re.IGNORECASE
)


def forms_of(page: Page) -> tuple[HtmlElement, ...]:
    """Give the forms of a landing page; none of other pages, and none where the campaign has ended."""
    return tuple(page.tree.iter("form")) if page.output is Output.LANDING else ()


def asks_for_mail(form: HtmlElement) -> bool:
    """Whether a form takes an e-mail address."""
    return any((field.get("type") or "").lower() == "email" for field in form.iter("input"))


def asked(form: HtmlElement) -> Iterator[HtmlElement]:
    """Give the fields that a reader sees, without the consent."""
    consent = consent_of(form)
    for field in controls(form):
        if field is not consent and not hidden_from_ears(field):
            yield field


def consent_of(form: HtmlElement) -> HtmlElement | None:
    """Give the box that says yes."""
    boxes = [field for field in controls(form) if (field.get("type") or "").lower() == "checkbox"]
    named = (box for box in boxes if CONSENT.search(f"{box.get('name') or ''} {box.get('id') or ''}"))
    return next(named, None)


def label_of(field: HtmlElement) -> str:
    """Give the words beside a field."""
    around = next(field.iterancestors("label"), None)
    if around is None:
        form = next(field.iterancestors("form"), None)
        around = _labels(form).get(field.get("id")) if form is not None else None
    return " ".join(around.text_content().split()) if around is not None else field.get("aria-label") or ""


def consent_said(box: HtmlElement) -> Said:
    """Where the words beside the box that says yes come from."""
    form = next(box.iterancestors("form"), None)
    beside = _labels(form).get(box.get("id")) if form is not None else None
    language = box.getroottree().getroot().get("lang") or ""
    return Said(
        key=Key(path="landing.form.consent", words="consent_default", language=language),
        by=(box, *box.iterancestors("label"), *(() if beside is None else (beside,))),
    )


@lru_cache(maxsize=1)
def _labels(form: HtmlElement) -> dict[str | None, HtmlElement]:
    """The first label for each id."""
    found: dict[str | None, HtmlElement] = {}
    for label in form.iter("label"):
        found.setdefault(label.get("for"), label)
    return found
