"""Says of each unit what became of it in a build, and why."""

from campaigner.build import kinds
from campaigner.build.plan import Plan
from campaigner.build.report import UNCHANGED, Change
from campaigner.model.campaign import State
from campaigner.render.feeds import LATEST

#: what a build must be given to show a campaign that is not live
FLAGS = {State.DRAFT: "--drafts", State.SCHEDULED: "--future"}
STATES = {State.DRAFT: "a draft", State.SCHEDULED: "scheduled"}
NOT_ASKED_FOR = "it was not asked for"


def changes(plan: Plan, now: str) -> tuple[Change, ...]:
    """What was rendered and what was dropped at `now`, UTC in RFC 3339."""
    return (
        *(Change(unit=name, reason=one.reason) for name, one in sorted(plan.fresh.items())),
        *(
            Change(unit=name, reason=_why_dropped(plan, name, now), is_dropped=True)
            for name in sorted(plan.dropped_units())
        ),
    )


def kept(plan: Plan) -> tuple[Change, ...]:
    """What stays in the output folder as it was."""
    names = plan.standing.keys.keys() - plan.fresh.keys() - {*plan.dropped_units()}
    return tuple(Change(unit=name, reason=_why_kept(plan, name)) for name in sorted(names))


def _why_dropped(plan: Plan, name: str, now: str) -> str:
    kind, _, of = name.partition(" ")
    if kind == kinds.PRIVACY:
        return "the settings name no text for it"
    if kind not in kinds.CAMPAIGN_KINDS:
        return "there is nothing to list on it"
    if of not in plan.found.campaigns:
        return "its source is gone"
    state = plan.found.campaigns[of].card.state(now)
    if of not in plan.lineup.shown:
        return f"it is {STATES[state]}, see {FLAGS[state]}"
    # an entry of the feed, since all other pieces of what is shown are made
    return f"{LATEST} newer ones are in the feed" if state is State.LIVE else _why_unlisted(state)


def _why_unlisted(state: State) -> str:
    return "it has expired" if state is State.EXPIRED else f"it is {STATES[state]}, and in no listing"


def _why_kept(plan: Plan, name: str) -> str:
    kind, _, of = name.partition(" ")
    is_settled = kind not in kinds.CAMPAIGN_KINDS or of in plan.found.selected
    return UNCHANGED if is_settled else NOT_ASKED_FOR
