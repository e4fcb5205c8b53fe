"""Judges: runs checks and says what they found, with its place in the sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from campaigner.checks.check import Check, Severity
from campaigner.checks.places import Places
from campaigner.checks.subjects import Article, Granted, LargePage, Output, Page, Site, Subject, Trio

#: that one check tells of one output: nobody reads more, and what has more was made by a program
MOST = 200


@dataclass(frozen=True, kw_only=True, order=True)
class Finding:
    """One thing that is wrong with a campaign, or might be."""

    #: as the user knows it: relative to the workspace, with forward slashes
    path: str
    #: from 1
    line: int
    column: int
    #: of the last character; 0 where only the beginning is known
    end_line: int
    end_column: int
    check: str
    severity: Severity
    #: its slug; empty where it is about the whole site
    campaign: str
    output: Output
    #: what is wrong, and what to do, each one sentence without a full stop
    message: str
    hint: str


def judged(
    subjects: Iterable[Subject], checks: Iterable[Check], places: Places, severities: Mapping[str, Severity]
) -> Iterator[Finding]:
    """Give what checks find in all that is made of one campaign, each once; `severities` are the settings' own."""
    checks = tuple(checks)
    found: dict[Finding, None] = {}
    for subject in _readable(subjects):
        for check in checks:
            if isinstance(subject, check.subject):
                for one in _findings(subject, check, places, severities.get(check.name, check.severity)):
                    found.setdefault(one)
    yield from found


def _readable(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """What is looked at: of a page that is too large only that it is."""
    for subject in subjects:
        if isinstance(subject, Page) and subject.is_cut:
            yield LargePage(page=subject)
        elif not isinstance(subject, Trio) or subject.is_whole:
            yield subject


def _findings(subject: Subject, check: Check, places: Places, severity: Severity) -> Iterator[Finding]:
    for problem in islice(check.function(subject), MOST):
        output = problem.page.output if problem.page else _output(subject)
        region = places.region(problem.at, output)
        yield Finding(
            path=region.path,
            line=region.line,
            column=region.column,
            end_line=region.end_line,
            end_column=region.end_column,
            check=check.name,
            severity=severity,
            campaign=problem.page.campaign if problem.page else _slug(subject),
            output=output,
            message=problem.message,
            hint=problem.hint,
        )


def _output(subject: Subject) -> Output:
    if isinstance(subject, Granted):
        return Output.ARTICLE if subject.campaign else Output.SITE
    if isinstance(subject, Article):
        return Output.ARTICLE
    return Output.NEWSLETTER if isinstance(subject, Trio) else subject.output


def _slug(subject: Subject) -> str:
    if isinstance(subject, Site):
        return ""
    if isinstance(subject, Granted):
        return subject.campaign
    return (subject if isinstance(subject, Article) else subject.article).campaign.slug
