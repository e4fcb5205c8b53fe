"""Findings as other programs read them: JSON, SARIF, JUnit's XML and GitHub's annotations."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from posixpath import join, normpath
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from campaigner.checks import unreadable
from campaigner.checks.check import Check
from campaigner.model.finding import Finding, Severity
from campaigner.value import Value, asdict, replace


class Judgement(Value):
    """All that checks said."""

    findings: Sequence[Finding]
    #: those that looked
    checks: Sequence[Check]
    #: how many campaigns they looked at
    campaigns: int
    #: which findings make the gate fail
    failing: frozenset[Severity] = frozenset((Severity.ERROR,))
    #: where in the checkout the workspace lies, which hosts of code know files by: "site/"; empty for its top
    folder: str = ""

    @property
    def in_checkout(self) -> Sequence[Finding]:
        """The findings with the paths that their files have in the checkout."""
        if not self.folder:
            return self.findings
        return [replace(one, path=normpath(join(self.folder, one.path))) for one in self.findings]


SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
SARIF_LINK = re.compile(r"\[([^\[\]]*+)\]\(")
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
    rules = [_sarif_rule(check.name, check.summary, check.why, check.severity) for check in said.checks]
    if any(found.check == unreadable.NAME for found in said.findings):
        rules.append(_sarif_rule(unreadable.NAME, unreadable.SUMMARY, unreadable.WHY, Severity.ERROR))
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "campaigner", "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(found) for found in said.in_checkout],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_rule(name: str, summary: str, why: str, severity: Severity) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": _sarif_text(f"{summary}.")},
        "fullDescription": {"text": _sarif_text(why)},
        "defaultConfiguration": {"level": SARIF_LEVELS[severity]},
    }


def _sarif_result(found: Finding) -> dict[str, Any]:
    region = {"startLine": found.line, "startColumn": found.column}
    if found.end_line:
        # SARIF counts to behind the last character (3.30.8)
        region |= {"endLine": found.end_line, "endColumn": found.end_column + 1}
    artifact = {"uri": _uri(found.path)}
    return {
        "ruleId": found.check,
        "level": SARIF_LEVELS[found.severity],
        "message": {"text": _sarif_text(found.told)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }


def _sarif_text(text: str) -> str:
    """A text as a plain message, in which braces mean placeholders (3.11.5) and some brackets links (3.11.6).

    Brackets that no parenthesis follows need no escape, and not every program takes it away.
    """
    return SARIF_LINK.sub(r"\\[\1\\](", text.replace("{", "{{").replace("}", "}}"))


def _uri(path: str) -> str:
    """A path as a relative reference (SARIF 3.4.3, RFC 3986)."""
    return quote(path.encode("utf-8", "surrogateescape"))


def as_junit(said: Judgement) -> str:
    """XML as JUnit writes it: a suite for each campaign, a case for each finding.

    A finding that fails nothing is a case that passed, with what it says as its output, which is where
    programs that read such files show it (https://github.com/testmoapp/junitxml).
    """
    root = ElementTree.Element("testsuites", name="campaigner check")
    by_campaign = sorted(said.findings, key=lambda found: found.campaign)
    for campaign, group in groupby(by_campaign, key=lambda found: found.campaign):
        _junit_suite(root, campaign or "site", list(group), said.failing)
    if not said.findings:
        suite = ElementTree.SubElement(root, "testsuite", name="campaigns", tests="1", failures="0")
        ElementTree.SubElement(suite, "testcase", classname="check", name=f"{said.campaigns} campaigns")
    for count in ("tests", "failures"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False)


def _junit_suite(
    root: ElementTree.Element, name: str, findings: Sequence[Finding], failing: frozenset[Severity]
) -> None:
    failures = sum(found.severity in failing for found in findings)
    suite = ElementTree.SubElement(
        root, "testsuite", name=_xml(name), tests=str(len(findings)), failures=str(failures)
    )
    for found in findings:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=found.check,
            name=_xml(f"{found.path}:{found.line}"),
            file=_xml(found.path),
        )
        told = _xml(f"{found.path}:{found.line}:{found.column}: {found.told}")
        if found.severity in failing:
            failure = ElementTree.SubElement(
                case, "failure", message=_xml(found.message), type=found.severity.value
            )
            failure.text = told
        else:
            ElementTree.SubElement(case, "system-out").text = f"{found.severity.value}: {told}"


def _xml(text: str) -> str:
    """A text without the characters that no XML may have (XML 1.0, 2.2)."""
    return NOT_IN_XML.sub("", text)


def as_github(said: Judgement) -> str:
    """Workflow commands, which GitHub shows beside the lines.

    See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    return "\n".join(map(_github_command, said.in_checkout))


def _github_command(found: Finding) -> str:
    place: dict[str, object] = {"file": found.path, "line": found.line}
    if found.end_line > found.line:
        place["endLine"] = found.end_line  # of several lines GitHub takes no columns
    else:
        place["col"] = found.column
        if found.end_line:
            place |= {"endLine": found.end_line, "endColumn": found.end_column}
    place["title"] = found.check
    told = ",".join(f"{name}={_github_property(str(value))}" for name, value in place.items())
    return f"::{GITHUB_LEVELS[found.severity]} {told}::{_github_text(found.told)}"


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
