"""Each check finds its bad example and not its good one; of its group no other speaks up."""

from pathlib import Path

import pytest

from campaigner.checks import CHECKS
from campaigner.checks.check import Check
from checks.examples import found_in

EACH = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)


def test_the_clean_campaign_is_clean(tmp_path: Path) -> None:
    assert found_in(tmp_path) == []


@EACH
def test_it_finds_its_bad_example_and_no_other_of_its_group_does(check: Check, tmp_path: Path) -> None:
    assert {one.check for one in found_in(tmp_path, check.bad)} == {check.name}


@EACH
def test_its_group_finds_nothing_in_its_good_example(check: Check, tmp_path: Path) -> None:
    assert found_in(tmp_path, check.good) == []


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
