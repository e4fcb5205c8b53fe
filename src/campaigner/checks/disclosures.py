"""What the policy packs want to be said on a page or in a mail, and is not."""

from collections.abc import Iterator

from campaigner.checks.subjects import Newsletter, Page
from campaigner.checks.written import folded
from campaigner.model.finding import Output
from campaigner.model.policy import Disclosure
from campaigner.model.settings import Settings


def unsaid_on(one: Page | Newsletter) -> Iterator[Disclosure]:
    """Give each thing that must be said there and is not."""
    article = one.article
    wanted = [
        disclosure
        for policy in article.policies
        for disclosure in policy.disclosures
        if _is_on(disclosure, one)
        and disclosure.audience in (None, article.audience)
        and (not disclosure.languages or article.language in disclosure.languages)
    ]
    if not wanted:
        return
    text = folded(f"{one.shown} {one.text}" if isinstance(one, Newsletter) else one.shown)
    for disclosure in wanted:
        if not any(saying in text for saying in _sayings(disclosure, article.settings)):
            yield disclosure


def _is_on(disclosure: Disclosure, one: Page | Newsletter) -> bool:
    if isinstance(one, Newsletter):
        return disclosure.on == "mail"
    if disclosure.on == "page":
        return one.output in (Output.POST, Output.LANDING)
    # where a campaign has ended nobody signs up any more
    return disclosure.on == "sign-up" and one.output is Output.LANDING and "<form" in one.html


def _sayings(disclosure: Disclosure, settings: Settings) -> Iterator[str]:
    """What is enough; a setting that is empty says nothing."""
    values = {
        "{sender}": settings.sender.name,
        "{site}": settings.site.name,
        "{postal_address}": settings.sender.postal_address,
    }
    for saying in disclosure.says:
        said = folded(values.get(saying, saying))
        if said:
            yield said
