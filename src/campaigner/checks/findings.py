"""Judges: runs checks and says what they found, with its place in the sources."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from campaigner.checks.article import Article
from campaigner.checks.check import Check, Problem
from campaigner.checks.granted import Granted
from campaigner.checks.places import Places
from campaigner.checks.subjects import LargePage, Page, Subject, Trio
from campaigner.checks.whole_site import Site
from campaigner.model.finding import Finding, Output, Severity

#: that one check tells of one output: nobody reads more, and what has more was made by a program
MOST = 200


def judged(
    subjects: Iterable[Subject], checks: Iterable[Check], places: Places, severities: Mapping[str, Severity]
) -> Iterator[Finding]:
    """Give what checks find in all that is made of one campaign, each once; `severities` are the settings' own."""
    checks = tuple(checks)
    of_kind: dict[type, tuple[Check, ...]] = {}
    found: dict[Finding, None] = {}
    for subject in _readable(subjects):
        kind = type(subject)
        if kind not in of_kind:
            of_kind[kind] = tuple(check for check in checks if issubclass(kind, check.subject))
        for check in of_kind[kind]:
            for problem in islice(check.function(subject), MOST):
                severity = severities.get(check.name, check.severity)
                found.setdefault(_finding(problem, check, severity, subject, places))
    yield from found


def _readable(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """What is looked at: of a page that is too large only that it is."""
    for subject in subjects:
        if isinstance(subject, Page) and subject.is_cut:
            yield LargePage(page=subject)
        elif not isinstance(subject, Trio) or subject.is_whole:
            yield subject


def _finding(problem: Problem, check: Check, severity: Severity, subject: Subject, places: Places) -> Finding:
    output = problem.output or (problem.page.output if problem.page else _output(subject))
    region = places.region(problem.at, output)
    return Finding(
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
