"""Where links lead, from each page and from the mail."""

import pytest
from lxml import html as lxml_html

from desk import Desk

UTM = "utm_source=newsletter&utm_medium=email&utm_campaign=spring-offer"


def href(html: str) -> str:
    tree = lxml_html.fragment_fromstring(html, create_parent=True)
    return str(next(link.get("href", "") for link in tree.iter("a")))


@pytest.mark.parametrize(
    ("written", "blog", "landing", "mail"),
    [
        ("join/", "join/", "./", f"https://gazette.example/spring-offer/join/?{UTM}"),
        ("./", "./", "../", f"https://gazette.example/spring-offer/?{UTM}"),
        ("../other/", "../other/", "../../other/", f"https://gazette.example/other/?{UTM}"),
        ("/", "../", "../../", f"https://gazette.example/?{UTM}"),
        ("/privacy/", "../privacy/", "../../privacy/", f"https://gazette.example/privacy/?{UTM}"),
        ("../../../up/", "../up/", "../../up/", f"https://gazette.example/up/?{UTM}"),
        (
            "join/?a=1#form",
            "join/?a=1#form",
            "./?a=1#form",
            f"https://gazette.example/spring-offer/join/?a=1&{UTM}#form",
        ),
        ("#there", "#there", "#there", "https://gazette.example/spring-offer/#there"),
        ("?a=1", "./?a=1", "../?a=1", f"https://gazette.example/spring-offer/?a=1&{UTM}"),
        ("mailto:a@b.example", *["mailto:a@b.example"] * 3),
        ("tel:+4930123", *["tel:+4930123"] * 3),
        ("https://x.example", *["https://x.example"] * 2, f"https://x.example?{UTM}"),
        ("https://x.example/a?b=c#d", *["https://x.example/a?b=c#d"] * 2, f"https://x.example/a?b=c&{UTM}#d"),
        ("//x.example/a", *["//x.example/a"] * 2, f"https://x.example/a?{UTM}"),
    ],
)
def test_a_link_leads_to_the_same_place_from_everywhere(
    desk: Desk, written: str, blog: str, landing: str, mail: str
) -> None:
    text = f"[words]({written})"
    assert href(desk.blog(text)) == blog
    assert href(desk.landing(f"::: landing\n{text}\n:::\n")) == landing
    assert href(desk.mail(text)) == mail


def test_tracking_parameters_that_are_there_stay(desk: Desk) -> None:
    link = href(desk.mail("[a](https://x.example/?utm_source=mine&utm_content=)"))
    assert (
        link == "https://x.example/?utm_source=mine&utm_content=&utm_medium=email&utm_campaign=spring-offer"
    )


def test_an_article_has_its_own_tracking_parameters_or_none(desk: Desk) -> None:
    own = "utm: {source: letter, medium: mail, campaign: may day, content: top, term: x}"
    assert href(desk.mail("[a](https://x.example/)", own)) == (
        "https://x.example/?utm_source=letter&utm_medium=mail&utm_campaign=may+day&utm_content=top&utm_term=x"
    )
    assert href(desk.mail("[a](https://x.example/)", "utm: {enabled: false}")) == "https://x.example/"


def test_a_site_in_a_folder_links_into_its_folder(desk: Desk) -> None:
    below = desk.of(base_url="https://x.example/news/")
    assert href(below.mail("[a](/privacy/)", "utm: {enabled: false}")) == "https://x.example/news/privacy/"
    assert (
        href(below.mail("[a](join/)", "utm: {enabled: false}")) == "https://x.example/news/spring-offer/join/"
    )
    assert href(below.blog("[a](/privacy/)")) == "../privacy/"


def test_blanks_and_other_scripts_in_an_address_are_escaped(desk: Desk) -> None:
    assert href(desk.blog("[a](<a b/ü.html>)")) == "a%20b/%C3%BC.html"


@pytest.mark.parametrize("address", ["//[a", "//[::1/x"])
def test_an_address_that_is_none_is_told_with_its_place(desk: Desk, address: str) -> None:
    (fault,) = desk.faults(f"First.\n\nGo [there]({address}).")
    assert (fault.line, fault.column) == (3, 12)
    assert fault.message == f'the link "{address}" is no address'


def test_links_in_the_text_part_are_numbered_and_listed_once(desk: Desk) -> None:
    body = desk.text("[a](https://x.example) [b](join/) [c](https://x.example)")
    assert body.text == "a [1] b [2] c [1]"
    assert body.links == ("https://x.example", "https://gazette.example/spring-offer/join/")


def test_an_address_that_says_itself_is_not_numbered(desk: Desk) -> None:
    body = desk.text("<mailto:ada@x.example> and [ada@x.example](mailto:ada@x.example)")
    assert body.text == "ada@x.example and ada@x.example"


def test_a_merge_field_in_an_address_is_its_fallback_as_an_address_writes_it(desk: Desk) -> None:
    html = desk.blog('[a](https://x.example/?to={{ reader.name | default("A & B") }})')
    assert href(html) == "https://x.example/?to=A%20%26%20B"


@pytest.mark.parametrize("tag", ["blockquote", "q", "del"])
def test_the_address_of_a_quotation_is_told_in_the_same_way(desk: Desk, tag: str) -> None:
    (fault,) = desk.faults(f'First.\n\nSee <{tag} cite="http://[">x</{tag}>.')
    assert fault.line == 3
    assert fault.message == 'the link "http://[" is no address'
