"""Takes out of what was found what may be found: waivers, and a baseline of what was there before."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from campaigner.checks.granted import Granted
from campaigner.checks.spots import Region
from campaigner.content.settings import settings_position
from campaigner.content.workspace import SETTINGS_FILE, Workspace
from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Campaign
from campaigner.model.finding import Finding
from campaigner.model.settings import Settings
from campaigner.value import replace

NUMBER = re.compile(r"\d[\d.,:]*")


def own_waivers(campaign: Campaign, *, today: str, known: frozenset[str]) -> tuple[Granted, ...]:
    """The waivers of an article; `known` are the names of all checks."""
    return tuple(
        Granted(
            waiver=waiver,
            campaign=campaign.slug,
            region=Region(path=campaign.path, line=place.line, column=place.column),
            today=today,
            known=known,
        )
        for number, waiver in enumerate(campaign.front_matter.waivers)
        for place in [campaign.position(f"waivers.{number}")]
    )


def shared_waivers(
    workspace: Workspace, settings: Settings, *, today: str, known: frozenset[str]
) -> tuple[Granted, ...]:
    """The waivers of campaigner.toml."""
    return tuple(
        Granted(
            waiver=waiver,
            campaign=waiver.campaign,
            region=Region(path=SETTINGS_FILE, line=place.line, column=place.column),
            today=today,
            known=known,
        )
        for number, waiver in enumerate(settings.waivers)
        for place in [settings_position(workspace, f"waivers.{number}")]
    )


def waived(
    findings: Iterable[Finding],
    waivers: Sequence[Granted],
    *,
    ran: Collection[str],
    campaigns: Collection[str] | None,
) -> tuple[list[Finding], list[Granted]]:
    """Give what is still found, and what became of each waiver.

    `ran` are the checks that looked, `campaigns` the slugs of those that they looked at, None for all.
    """
    used: set[int] = set()
    left = []
    for finding in findings:
        by = [number for number, one in enumerate(waivers) if _is_for(one, finding)]
        used.update(by)
        if not by:
            left.append(finding)
    became = [
        replace(
            one,
            is_used=number in used,
            could_be_used=one.waiver.check in ran
            and not one.has_ended
            and (campaigns is None or one.campaign in campaigns),
        )
        for number, one in enumerate(waivers)
    ]
    return left, became


def _is_for(granted: Granted, finding: Finding) -> bool:
    return (
        granted.waiver.check == finding.check
        and granted.campaign in ("", finding.campaign)
        and not granted.has_ended
    )


#: what a baseline knows of a finding
Fingerprint = tuple[str, str, str]


def fingerprint(check: str, path: str, message: str) -> Fingerprint:
    """By what a finding is known again.

    Not its line nor the numbers that it names, which move with each edit; nor its campaign: what several
    have from one place is told once.
    """
    return (check, path, NUMBER.sub("#", message))


def baseline_of(text: str, *, path: str) -> Counter[Fingerprint]:
    """What an earlier check found, written by it as JSON; raises ContentError where it did not write this."""
    try:
        # some editors and shells write a byte order mark
        written: Any = json.loads(text.removeprefix("\ufeff"))["findings"]
        if not isinstance(written, list):
            raise TypeError
        return Counter(
            fingerprint(str(one["check"]), str(one["path"]), str(one["message"])) for one in written
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ContentError(
            Fault(
                path=path,
                message="this is no baseline",
                hint="Write one with `campaigner check --format json > baseline.json`",
            )
        ) from None


def not_in_baseline(findings: Iterable[Finding], baseline: Counter[Fingerprint]) -> list[Finding]:
    """Those that were not found before: one more of a kind is new too."""
    left = Counter(baseline)
    new = []
    for finding in findings:
        known_as = fingerprint(finding.check, finding.path, finding.message)
        if left[known_as]:
            left[known_as] -= 1
        else:
            new.append(finding)
    return new
