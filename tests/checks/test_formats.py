"""Findings as other programs read them."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from campaigner.checks import CHECKS
from campaigner.checks.formats import WRITERS, Judgement
from campaigner.model.finding import Finding, Output, Severity
from campaigner.value import replace

FOUND = Finding(
    path="campaigns/vials/article.md",
    line=7,
    column=3,
    end_line=7,
    end_column=9,
    check="alt-missing",
    severity=Severity.ERROR,
    campaign="vials",
    output=Output.POST,
    message="the picture has no words",
    hint="Write some",
)


def written(output_format: str, *findings: Finding) -> str:
    return WRITERS[output_format](Judgement(findings=findings, checks=CHECKS, campaigns=1))


def sarif(*findings: Finding) -> Any:
    (run,) = json.loads(written("sarif", *findings))["runs"]
    return run


def test_sarif_has_what_its_schema_wants() -> None:
    log = json.loads(written("sarif", FOUND))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"}


def test_sarif_ends_a_region_behind_its_last_character() -> None:
    (result,) = sarif(FOUND)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": 10}
    assert result["message"]["text"] == "the picture has no words. Write some."


def test_sarif_names_a_file_by_a_reference() -> None:
    odd = replace(FOUND, path="campaigns/vials/grün & 50% blau.png")
    (result,) = sarif(odd)["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "campaigns/vials/gr%C3%BCn%20%26%2050%25%20blau.png"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("{0} and {{ reader.first_name }}", "{{0}} and {{{{ reader.first_name }}}}"),
        ("[words](1) of [others]", "\\[words\\](1) of [others]"),
        ("[[words](javascript:x)", "[\\[words\\](javascript:x)"),
    ],
)
def test_sarif_takes_no_sign_of_a_message_for_its_own(message: str, text: str) -> None:
    (result,) = sarif(replace(FOUND, message=message, hint=""))["results"]
    assert result["message"]["text"] == f"{text}."


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("privacy.md", "letters/site/privacy.md"),
        ("../readers.csv", "letters/readers.csv"),
        ("/a.csv", "/a.csv"),
    ],
)
def test_hosts_of_code_get_the_paths_of_the_checkout(path: str, wanted: str) -> None:
    judgement = Judgement(
        findings=[replace(FOUND, path=path)], checks=CHECKS, campaigns=1, folder="letters/site/"
    )
    (run,) = json.loads(WRITERS["sarif"](judgement))["runs"]
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == wanted
    assert f"file={wanted}," in WRITERS["github"](judgement)
    assert json.loads(WRITERS["json"](judgement))["findings"][0]["path"] == path


@pytest.mark.parametrize("hint", ["", "Did you mean that?", "Write some."])
def test_a_hint_ends_once(hint: str) -> None:
    (result,) = sarif(replace(FOUND, hint=hint))["results"]
    assert result["message"]["text"] == f"the picture has no words.{hint and ' '}{hint}"


def test_github_gets_no_sign_that_ends_a_command() -> None:
    odd = replace(FOUND, path="a,b:c%.md", message="50% of\r\nit: that, too")
    place = "file=a%2Cb%3Ac%25.md,line=7,col=3,endLine=7,endColumn=9,title=alt-missing"
    assert written("github", odd) == f"::error {place}::50%25 of%0D%0Ait: that, too. Write some."


def test_github_gets_columns_only_within_one_line() -> None:
    told = written("github", replace(FOUND, end_line=9, severity=Severity.NOTE))
    assert told.startswith("::notice file=campaigns/vials/article.md,line=7,endLine=9,title=alt-missing::")


def test_xml_has_only_what_xml_may_have() -> None:
    odd = replace(FOUND, path="a\x1b\udc80.md", message='a\x00b\ufffe & <"c">\u00a0d')
    (suite,) = ElementTree.fromstring(written("junit", odd))
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == 'ab & <"c">\u00a0d'


@pytest.mark.parametrize("output_format", ["json", "sarif", "junit"])
def test_no_finding_gives_a_whole_document(output_format: str) -> None:
    assert re.match(r"[{<]", written(output_format))
