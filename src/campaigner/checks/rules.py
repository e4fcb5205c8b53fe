"""The rules of a policy pack in words: what each of them refuses or wants, and of whom."""

from collections.abc import Iterable, Iterator

from campaigner.checks.packs import shipped_pack, shipped_packs
from campaigner.model.policy import Channel, Disclosure, Policy, Terms, Wording
from campaigner.value import Value

#: the checks that hold rules
TERM, WORDING, DISCLOSURE = "policy-term", "policy-wording", "policy-disclosure"
CHANNELS: dict[Channel, str] = {
    "page": "on pages",
    "sign-up": "on the sign-up page",
    "mail": "in the mail",
    "subject": "in subject lines and preheader",
    "slug": "in the slug",
    "share": "in what a shared link shows",
    "hashtag": "in hashtags and tags",
}
PLACES = {"mail": "in the mail", "sign-up": "on the sign-up page", "page": "on blog post and sign-up page"}
AUDIENCES = {"public": "the public", "professionals": "professionals"}


class Rule(Value):
    """A rule as it is told."""

    #: which check holds it
    check: str
    name: str
    url: str
    #: why, and what it refuses, allows and wants: sentences
    says: tuple[str, ...]


def shipped_rules(check: str) -> tuple[tuple[str, Rule], ...]:
    """Give the rules that a check holds for packs that come with the program, each with its pack's name."""
    return tuple(
        (name, rule)
        for name in shipped_packs()
        for rule in rules_of(shipped_pack(name))
        if rule.check == check
    )


def rules_of(policy: Policy) -> tuple[Rule, ...]:
    """Give the rules of a pack: names, wordings, disclosures, each in the pack's order."""
    return (
        *(_rule(TERM, terms, _terms(terms)) for terms in policy.terms),
        *(_rule(WORDING, wording, _wording(wording)) for wording in policy.wordings),
        *(_rule(DISCLOSURE, disclosure, _disclosure(disclosure)) for disclosure in policy.disclosures),
    )


def _rule(check: str, rule: Terms | Wording | Disclosure, sentences: Iterable[str]) -> Rule:
    return Rule(check=check, name=rule.rule, url=rule.url, says=(f"{rule.reason}.", *sentences))


def _terms(terms: Terms) -> Iterator[str]:
    refused = f"Refused{_for(terms.audience)}{_in(terms.channels)}, in whatever disguise"
    yield f"{refused}: {'; '.join(terms.terms)}."
    if terms.but_not:
        yield f"Allowed: {'; '.join(terms.but_not)}."
    if terms.audience and terms.unless_says:
        yield f"What shows such a name to others must say one of: {'; '.join(terms.unless_says)}."


def _wording(wording: Wording) -> Iterator[str]:
    yield f"Refused{_for(wording.audience)}{_in(wording.channels)}: {'; '.join(wording.words)}."


def _disclosure(disclosure: Disclosure) -> Iterator[str]:
    languages = f", where that is in {_listed(disclosure.languages, 'or')}" if disclosure.languages else ""
    place = PLACES[disclosure.on]
    yield f"One of these must stand {place}{_for(disclosure.audience)}{languages}: {'; '.join(disclosure.says)}."


def _for(audience: str | None) -> str:
    return f" for {AUDIENCES[audience]}" if audience else ""


def _in(channels: tuple[Channel, ...]) -> str:
    return f" {_listed(tuple(CHANNELS[channel] for channel in channels), 'and')}" if channels else ""


def _listed(words: tuple[str, ...], last: str) -> str:
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end
