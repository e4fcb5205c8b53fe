"""Each check finds its bad example and not its good one; no other check speaks up, of whatever group."""

from pathlib import Path

import pytest

from campaigner.checks import CHECKS
from campaigner.checks.check import Check
from checks.seeded import assert_clean, front, told_in

EACH = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_clean_campaign_is_clean(language: str, tmp_path: Path) -> None:
    assert_clean(tmp_path, front(f"lang: {language}"))


@EACH
def test_it_finds_its_bad_example_and_no_other_check_does(check: Check, tmp_path: Path) -> None:
    found = told_in(tmp_path, check.bad)
    assert {name for name, _, _ in found} == {check.name}, found


@EACH
def test_nothing_is_found_in_its_good_example(check: Check, tmp_path: Path) -> None:
    assert_clean(tmp_path, check.good)


@EACH
def test_it_says_why_and_from_where(check: Check) -> None:
    assert check.summary
    assert "Source: " in check.why
    assert "https://" in check.why


def test_they_are_listed_once_and_in_order() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    groups = [check.group for check in CHECKS]
    assert groups == sorted(groups, key=groups.index)
