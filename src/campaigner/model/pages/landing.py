"""A sign-up page with its form, as its templates see them."""

from typing import Any

from markupsafe import Markup

from campaigner.model.pages.common import AuthorView, DateView, Head, LinkView, Picture
from campaigner.model.pages.post import Reference
from campaigner.value import Value


class BenefitView(Value):
    """One thing that a reader gets."""

    title: str
    text: str


class OfferView(Value):
    """What is offered."""

    title: str
    text: str
    price: str
    starts: DateView | None
    ends: DateView | None


class VoiceView(Value):
    """Somebody's word for it, or a fact with its source."""

    #: the words are theirs; else they are ours, and what follows is the source
    is_quote: bool
    text: str
    name: str
    role: str
    url: str


class QuestionView(Value):
    """A question and its answer."""

    question: str
    answer: str


class FieldView(Value):
    """A field of the form. Its `<input>` has the id "field-NAME"."""

    name: str
    label: str
    #: "text", "email", "tel", "url", "number", "date", "select", "textarea" or "checkbox"
    type: str
    required: bool
    autocomplete: str
    options: tuple[str, ...]
    help: str
    #: what stands in it already (when a form comes back with errors)
    value: str = ""
    #: what is wrong with it; may be empty
    error: str = ""


class FormView(Value):
    """The sign-up form; works without JavaScript."""

    action: str
    fields: tuple[FieldView, ...]
    #: exact wording beside the consent box, which is never ticked beforehand
    consent: str
    consent_error: str
    button: str
    #: hidden from people; whoever fills it is no person
    honeypot: str
    #: only where the form came back and its sender had ticked the box
    is_consent_given: bool = False
    #: only where it came back: when it was served, signed
    stamp: str = ""


class LandingPage(Value):
    """The sign-up page: `landing/index.html`; `thanks.html` and `confirmed.html` get it too."""

    head: Head
    title: str
    headline: str
    intro: str
    kicker: str
    image: Picture | None
    benefits: tuple[BenefitView, ...]
    offer: OfferView | None
    #: what the article has for this channel only; may be empty
    body: Markup
    trust: tuple[VoiceView, ...]
    authors: tuple[AuthorView, ...]
    references: tuple[Reference, ...]
    faq: tuple[QuestionView, ...]
    form: FormView
    #: first sentence of the thanks page
    thanks: str
    post: LinkView
    expired: DateView | None
    params: dict[str, Any]
