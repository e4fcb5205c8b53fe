"""The preview tells of a campaign what `campaigner check` tells of it."""

from html import unescape
from pathlib import Path

import pytest

from campaigner.checks.check import Example
from campaigner.preview.views import findings_part, problems_part
from checks.examples import SLUG, workspace_with
from preview.conftest import press_of
from publisher import Publisher, article

BROKEN_LINK = Example(of="article", text="\n\nThere is more in [our letters](/letters/).\n")
EXAMPLES = {
    "nothing": (),
    "a broken link": (BROKEN_LINK,),
    "a broken anchor": (Example(of="article", text="\n\nAs we said [about the glas](#the-glas).\n"),),
    "a claim": (Example(of="article", text="\n\nStudies show that glass breaks at the neck.\n"),),
    "a waiver": (
        BROKEN_LINK,
        Example(of="front matter", text="waivers: [{check: link-broken, reason: They are coming}]"),
    ),
    "a severity": (
        BROKEN_LINK,
        Example(of="settings", text='[check.severities]\nlink-broken = "note"\n'),
    ),
}


@pytest.mark.parametrize("examples", EXAMPLES.values(), ids=EXAMPLES)
def test_it_finds_what_check_finds(examples: tuple[Example, ...], tmp_path: Path) -> None:
    workspace_with(tmp_path, *examples)
    publisher = Publisher(root=tmp_path)
    shown = press_of(publisher).verdicts.findings(SLUG)
    assert set(shown) == set(publisher.review().findings)
    assert bool(shown) is (examples not in (EXAMPLES["nothing"], EXAMPLES["a waiver"]))


def test_a_link_is_right_once_the_campaign_is_there_that_it_leads_to(tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    publisher = Publisher(root=tmp_path)
    press = press_of(publisher)
    assert [one.check for one in press.verdicts.findings(SLUG)] == ["link-broken"]
    path = "campaigns/letters/article.md"
    publisher.write(path, article("Letters"))
    press.look(["campaigns", "campaigns/letters", path])
    assert press.verdicts.findings(SLUG) == ()


@pytest.mark.parametrize(("folder", "names"), [("letters", ""), ("post", "slug: letters\n")])
def test_a_link_to_a_campaign_that_cannot_be_read_is_none_that_is_broken(
    folder: str, names: str, tmp_path: Path
) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    publisher = Publisher(root=tmp_path)
    publisher.write(f"campaigns/{folder}/article.md", f"---\ntitle: [Letters\n{names}---\n\nText.\n")
    assert press_of(publisher).verdicts.findings(SLUG) == ()


def test_what_page_and_mail_have_from_one_place_is_shown_once(tmp_path: Path) -> None:
    workspace_with(tmp_path, Example(of="article", text="\n\nMore [here](http://register.example/vials).\n"))
    shown = findings_part(press_of(Publisher(root=tmp_path)), SLUG)
    assert shown.count("leads to http://register.example/vials, not to https") == 1
    assert "address-insecure, blog post, newsletter" in shown


UNJUDGED = {
    "no such pack": ('[check]\npolicies = ["nix"]\n', "", 'there is no policy pack "nix"'),
    "no such check": ('[check.severities]\nalt-mising = "note"\n', "", 'there is no check "alt-mising"'),
    "a pack that is none": ('[check]\npolicies = ["own"]\n', "name = 1\n", '"about" is missing'),
}


@pytest.mark.parametrize(("settings", "pack", "told"), UNJUDGED.values(), ids=UNJUDGED)
def test_why_nothing_is_judged_stands_on_the_card_until_it_is_mended(
    settings: str, pack: str, told: str, tmp_path: Path
) -> None:
    workspace_with(tmp_path, Example(of="settings", text=settings))
    publisher = Publisher(root=tmp_path)
    if pack:
        publisher.write("policies/own.toml", pack)
    press = press_of(publisher)
    for shown in (problems_part(press, SLUG), findings_part(press, SLUG)):
        assert told in unescape(shown)
    right = (tmp_path / "campaigner.toml").read_text().replace(settings, "")
    publisher.write("campaigner.toml", right)
    press.look(["campaigner.toml"])
    assert "No problems" in problems_part(press, SLUG)


def test_what_is_wrong_with_readers_is_told_once(tmp_path: Path) -> None:
    workspace_with(tmp_path, Example(of="readers", text="Ada: [\n"))
    press = press_of(Publisher(root=tmp_path))
    assert press.verdicts.faults(SLUG)
    assert press.verdicts.findings(SLUG) == ()
