"""A policy pack: what a law or a code wants of a campaign, as a file of policies/ says it."""

from typing import Literal

from pydantic import Field

from campaigner.model.schema import block
from campaigner.model.settings import Audience
from campaigner.model.text import Line, Lines, WebAddress, Wordings

#: where words stand: on web pages, on the sign-up page, in the mail, in its subject lines and preheader, in the
#: slug, in what a shared link shows, behind a #
Channel = Literal["page", "sign-up", "mail", "subject", "slug", "share", "hashtag"]


@block
class Terms:
    """`[[terms]]`: names that an audience must not be shown, in whatever disguise."""

    rule: Line = Field(description="Name of the rule.")
    url: WebAddress = Field(description="Where it can be read.")
    reason: Line = Field(description="Why these terms are refused.")
    terms: Wordings = Field(description="The names.")
    whole_words: bool = Field(
        default=False, description="`true` where they are part of innocent words too, such as specialist."
    )
    but_not: Wordings = Field(default=(), description="Longer names that hold one of them and are allowed.")
    audience: Audience | None = Field(
        default=None, description="Who must not be shown them; all where empty."
    )
    unless_says: Wordings = Field(
        default=(),
        description="What a page or mail for another audience must say to show them; one of these is enough.",
    )
    channels: tuple[Channel, ...] = Field(default=(), description="Where they are refused; all where empty.")


@block
class Wording:
    """`[[wordings]]`: words that must not stand."""

    rule: Line = Field(description="Name of the rule.")
    url: WebAddress = Field(description="Where it can be read.")
    reason: Line = Field(description="Why these words must not stand.")
    words: Wordings = Field(description="The words, each as a piece of a sentence.")
    audience: Audience | None = Field(default=None, description="For whom; all where empty.")
    channels: tuple[Channel, ...] = Field(default=(), description="Where; everywhere where empty.")


@block
class Disclosure:
    """`[[disclosures]]`: what must stand."""

    rule: Line = Field(description="Name of the rule.")
    url: WebAddress = Field(description="Where it can be read.")
    reason: Line = Field(description="What must be said, as a sentence.")
    says: Wordings = Field(
        description="Words of which one is enough; {sender}, {site} and {postal_address} stand for the settings."
    )
    on: Literal["mail", "sign-up", "page"] = Field(description="What must say it.")
    audience: Audience | None = Field(default=None, description="For whom; all where empty.")
    languages: Lines = Field(default=(), description="In which languages `says` is; all where empty.")


@block
class Policy:
    """A policy pack. None of them is legal advice."""

    name: Line = Field(description="What it is called.")
    about: Line = Field(description="What it covers, and what not.")
    terms: tuple[Terms, ...] = Field(default=(), description="Names that an audience must not be shown.")
    wordings: tuple[Wording, ...] = Field(default=(), description="Words that must not stand.")
    disclosures: tuple[Disclosure, ...] = Field(default=(), description="What must stand.")
