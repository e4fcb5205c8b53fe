"""Seeded faults: pages that nothing leads to."""

from pathlib import Path

import pytest

from campaigner.checks.article_lines import line_of_label
from campaigner.checks.check import Example, check_of
from campaigner.checks.findings import judged
from campaigner.checks.places import Places
from campaigner.checks.site import orphan_page
from campaigner.checks.whole_site import Facts, Site, SiteLink
from campaigner.content.workspace import Workspace
from campaigner.model.finding import Output
from campaigner.model.settings import Settings
from campaigner.model.settings import Site as SiteSettings
from campaigner.value import replace
from checks.examples import ANOTHER, SLUG, found_in
from checks.seeded import Fault, article, assert_clean, assert_found, fault, front, settings

ENDED = front("expiry_date: 2026-11-24")
ORPHANS = (
    fault("orphan-page", "expiry_date:", ENDED),
    fault("orphan-page", "expiryDate:", front("expiryDate: 2026-11-24")),
    fault("orphan-page", "unpublish_date:", front("lang: de\nunpublish_date: 2026-11-24")),
    # what leads back to where one is
    fault("orphan-page", "expiry_date:", ENDED, article(f"As was said [above](/{SLUG}/).")),
)
LED_TO = (
    (front("expiry_date: 2026-11-27"),),
    (ENDED, settings(f'[[navigation]]\nlabel = "Vials"\nurl = "/{SLUG}/"\n')),
    (ENDED, settings(f'[[navigation]]\nlabel = "Vials"\nurl = "/{SLUG}/?from=top"\n')),
)


@pytest.mark.parametrize("seeded", ORPHANS, ids=str)
def test_a_campaign_that_has_ended_and_that_nothing_leads_to_is_told(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("examples", LED_TO)
def test_a_campaign_that_something_leads_to_is_no_orphan(
    examples: tuple[Example, ...], tmp_path: Path
) -> None:
    assert_clean(tmp_path, *examples)


@pytest.mark.parametrize(
    "address",
    ["“https://example.org/smart”", "„/kurs/“", "‘/a b/’", "«https://example.org/»", '"/kurs/" and more'],
)
def test_an_address_in_quotation_marks_is_told_at_its_line(address: str, tmp_path: Path) -> None:
    remarks = front(
        'description: "Somewhere there, and nowhere: how glass, a vial of it, is known once it is here."'
    )
    text = f"<!-- There, somewhere: here -->\n\nSee [here](/).\n\nRead it [here]({address})."
    (one,) = (one for one in found_in(tmp_path, remarks, article(text)) if one.check == "link-broken")
    assert one.message == f"the link to {address} leads to no page of the site: its address is quoted"
    assert one.hint == "Take the quotation marks off the address"
    assert f"({address})" in (tmp_path / one.path).read_text(encoding="utf-8").splitlines()[one.line - 1]


@pytest.mark.parametrize("link", ["[here][list]", "[here](<strange>)", "**here** it is"])
def test_a_link_of_which_only_the_name_is_known_is_told_where_the_text_has_it(link: str) -> None:
    source = f"---\ntitle: Where it is here\n---\n\n<!-- [here](no) -->\nNowhere, there.\n\nAnd {link}.\n"
    assert line_of_label(source, "here") == 8


def page(
    output: Output, address: str, *leads_to: str, is_listed: bool = True, aliases: tuple[str, ...] = ()
) -> Facts:
    links = tuple(SiteLink(written=f"/{to}", words="There", target=to, fragment="") for to in leads_to)
    return replace(
        ANOTHER,
        output=output,
        address=address,
        campaign="stoppers",
        links=links,
        is_listed=is_listed,
        aliases=aliases,
    )


def found(*pages: Facts, listed: frozenset[str] | None = frozenset(("stoppers/",))) -> list[str]:
    site = Site(
        settings=Settings(site=SiteSettings(name="The Glass Letter", url="https://glass-letter.example")),
        pages=pages,
        places=frozenset(),
        answers={},
        listed=listed,
    )
    told = judged([site], [check_of(orphan_page)], Places(Workspace(root=Path("/nowhere"))), {})
    return [one.message for one in told]


NOTHING = "no page and no mail of the site leads to the landing page"
LANDING = page(Output.LANDING, "stoppers/join/", "stoppers/", "stoppers/join/")


def test_a_landing_page_that_only_leads_to_itself_is_found() -> None:
    assert found(page(Output.POST, "stoppers/"), LANDING) == [NOTHING]


@pytest.mark.parametrize(
    "leading",
    [page(Output.POST, "stoppers/", "stoppers/join/"), page(Output.NEWSLETTER, "", "stoppers/join/")],
)
def test_post_or_newsletter_lead_to_a_landing_page(leading: Facts) -> None:
    assert found(leading, LANDING) == []


@pytest.mark.parametrize("output", [Output.THANKS, Output.CONFIRMED, Output.WEB_VERSION])
def test_pages_that_a_form_or_a_mail_leads_to_are_no_orphans(output: Output) -> None:
    assert found(page(output, "stoppers/join/thanks/")) == []


def test_what_search_engines_must_not_list_is_no_orphan() -> None:
    assert found(page(Output.POST, "drafts/", is_listed=False), listed=frozenset()) == []
    assert found(replace(LANDING, is_listed=False)) == []


def test_the_landing_page_of_a_campaign_that_has_ended_is_not_told_too() -> None:
    assert len(found(page(Output.POST, "stoppers/"), LANDING, listed=frozenset())) == 1


def test_another_campaign_may_lead_to_one_that_has_ended_also_by_its_earlier_address() -> None:
    old = page(Output.POST, "stoppers/", aliases=("corks/",))
    for leads_to in ("stoppers/", "corks/"):
        newer = replace(page(Output.POST, "vials/", leads_to), campaign="vials")
        assert found(old, newer, listed=frozenset(("vials/",))) == []


def test_nobody_is_called_an_orphan_while_others_were_not_looked_at() -> None:
    assert found(page(Output.POST, "stoppers/"), LANDING, listed=None) == []
