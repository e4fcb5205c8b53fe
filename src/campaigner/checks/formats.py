"""Findings as other programs read them: JSON, SARIF, JUnit's XML and GitHub's annotations."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from campaigner.checks.check import Check
from campaigner.model.finding import Finding, Severity
from campaigner.value import Value, asdict


class Judgement(Value):
    """All that checks said."""

    findings: Sequence[Finding]
    #: those that looked
    checks: Sequence[Check]
    #: how many campaigns they looked at
    campaigns: int


SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_json(said: Judgement) -> str:
    """One JSON object: how many campaigns, how many findings of each severity, and the findings."""
    told = {
        "campaigns": said.campaigns,
        "counts": {one.value: sum(found.severity is one for found in said.findings) for one in Severity},
        "findings": [asdict(found) for found in said.findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_sarif(said: Judgement) -> str:
    """A log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""
    driver = {
        "name": "campaigner",
        "rules": [
            {
                "id": check.name,
                "shortDescription": {"text": check.summary},
                "fullDescription": {"text": check.why},
                "defaultConfiguration": {"level": SARIF_LEVELS[check.severity]},
            }
            for check in said.checks
        ],
    }
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(found) for found in said.findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_result(found: Finding) -> dict[str, Any]:
    region = {"startLine": found.line, "startColumn": found.column}
    if found.end_line:
        # SARIF counts to behind the last character (3.30.8)
        region |= {"endLine": found.end_line, "endColumn": found.end_column + 1}
    return {
        "ruleId": found.check,
        "level": SARIF_LEVELS[found.severity],
        "message": {"text": f"{found.message}. {found.hint}."},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": found.path}, "region": region}}],
    }


def as_junit(said: Judgement) -> str:
    """XML as JUnit writes it: a suite for each campaign, a case for each finding; notes fail nothing."""
    root = ElementTree.Element("testsuites", name="campaigner check")
    by_campaign = sorted(said.findings, key=lambda found: found.campaign)
    for campaign, group in groupby(by_campaign, key=lambda found: found.campaign):
        found_here = list(group)
        failed = [found for found in found_here if found.severity is not Severity.NOTE]
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=campaign or "site",
            tests=str(len(found_here)),
            failures=str(len(failed)),
        )
        for found in found_here:
            case = ElementTree.SubElement(
                suite, "testcase", classname=found.check, name=f"{found.path}:{found.line}", file=found.path
            )
            if found in failed:
                failure = ElementTree.SubElement(
                    case, "failure", message=_xml(found.message), type=found.severity.value
                )
                failure.text = _xml(
                    f"{found.path}:{found.line}:{found.column}: {found.message}. {found.hint}."
                )
    if not said.findings:
        suite = ElementTree.SubElement(root, "testsuite", name="campaigns", tests="1", failures="0")
        ElementTree.SubElement(suite, "testcase", classname="check", name=f"{said.campaigns} campaigns")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False)


def _xml(text: str) -> str:
    """A text without the characters that no XML may have (XML 1.0, 2.2)."""
    return "".join(one for one in text if one.isprintable() or one in "\t\n")


def as_github(said: Judgement) -> str:
    """Workflow commands, which GitHub shows beside the lines.

    See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    return "\n".join(map(_github_command, said.findings))


def _github_command(found: Finding) -> str:
    place = {"file": found.path, "line": found.line, "col": found.column, "title": found.check}
    if found.end_line:
        place |= {"endLine": found.end_line, "endColumn": found.end_column}
    told = ",".join(f"{name}={_github_property(str(value))}" for name, value in place.items())
    return f"::{GITHUB_LEVELS[found.severity]} {told}::{_github_text(f'{found.message}. {found.hint}.')}"


def _github_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


WRITERS: Mapping[str, Callable[[Judgement], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
    "github": as_github,
}
