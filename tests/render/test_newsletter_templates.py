"""The newsletter's templates, from values to a finished mail."""

import re
from typing import Any

import pytest
from lxml import html as markup
from markupsafe import Markup

from campaigner.model.pages import (
    AuthorView,
    BrandView,
    DateView,
    LinkView,
    MailPicture,
    NewsletterMail,
    Palette,
    Picture,
    Reference,
    SiteView,
)
from campaigner.render.inline import inline, web_version
from campaigner.render.theme import Theme
from campaigner.value import replace

THEME = Theme()
LIGHT = Palette(
    ink="#1c1b19",
    paper="#fbfaf7",
    accent="#0f5257",
    on_accent="#fefefe",
    muted="#5f5c55",
    hairline="#dedad1",
    control="#8a867d",
    tint="#f1eee7",
    danger="#a3261b",
)
DARK = Palette(
    ink="#ece8e1",
    paper="#171614",
    accent="#79c0c5",
    on_accent="#0d1718",
    muted="#aaa59b",
    hairline="#38352f",
    control="#7d786e",
    tint="#23211d",
    danger="#f0958b",
)
SITE = SiteView(
    name="The Careful Clinic",
    description="",
    language="en",
    url="https://clinic.example/",
    home_href="https://clinic.example/",
    feed_href="",
    privacy_href="",
    style_href="",
    icon_href="",
    navigation=(),
    social=(LinkView(label="Elsewhere", href="https://social.example/clinic"),),
    postal_address="1 Placeholder Street, Placeholder Town",
    brand=BrandView(
        light=LIGHT,
        dark=DARK,
        heading_font="Charter, 'Bitstream Charter', serif",
        text_font="system-ui, 'Segoe UI', sans-serif",
        logo=None,
    ),
)
PARAGRAPH = (
    "<p>Ask the seller which wholesaler the vial came from, who held it on the way and at what temperature, "
    "and have the answers in writing before the box is opened. <strong>No paper, no patient.</strong></p>\n"
)
REFERENCE = Reference(
    number=1,
    anchor="source-1",
    title="Harmful reactions",
    author="A Health Agency",
    publisher="",
    date=DateView(text="15 April 2024", iso="2024-04-15"),
    url="https://health.example/reactions",
    accessed=None,
    note="",
    cited_at=(),
)
MAIL = NewsletterMail(
    lang="en",
    dir="ltr",
    subject="What to ask before the next vial",
    preheader="Three questions for your supplier.",
    title="The vial with no history",
    kicker="Patient safety",
    standfirst="A cheap vial is an expensive one.",
    date=DateView(text="22 November 2026", iso="2026-11-22"),
    authors=(AuthorView(name="Ada Placeholder", role="", url=""),),
    image=MailPicture(
        url="https://clinic.example/vial.jpg", width=600, height=338, alt="A vial beside its box"
    ),
    body=Markup(PARAGRAPH),
    references=(REFERENCE,),
    is_excerpt=False,
    links=(),
    post_url="https://clinic.example/vial/",
    cta=LinkView(label="See the courses", href="https://clinic.example/vial/join/?a=1&b=2"),
    web_version_url="https://clinic.example/vial/newsletter/",
    unsubscribe_url="fieldunsubscribe0z",
    preferences_url="fieldpreferences0z",
    params={},
)


def context(page: NewsletterMail, site: SiteView) -> dict[str, Any]:
    return {"page": page, "site": site, "words": THEME.words(page.lang)}


def html_of(page: NewsletterMail = MAIL, site: SiteView = SITE) -> str:
    values = context(page, site)
    return inline(THEME.render("newsletter/body.html", values), THEME.render("styles/email.css", values))


def text_of(page: NewsletterMail = MAIL, site: SiteView = SITE) -> str:
    return THEME.render("newsletter/body.txt", context(page, site))


def part(name: str, *arguments: object) -> Markup:
    macro = THEME.macro(f"_parts/email/{name}.html", name)
    return Markup(macro(*arguments))


def parsed(html: str) -> Any:
    return markup.fromstring(html)


def visible(html: str) -> str:
    document = parsed(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))
    for hidden in document.xpath("//style|//title|//*[contains(@style, 'display:none')]"):
        hidden.drop_tree()
    return " ".join(document.text_content().split())


def test_the_mail_has_what_every_mail_program_asks_for() -> None:
    html = html_of()
    assert html.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    assert html.isascii()
    for needed in (
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="x-apple-disable-message-reformatting" content="">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="supported-color-schemes" content="light dark">',
        "<title>What to ask before the next vial</title>",
        "<o:PixelsPerInch>96</o:PixelsPerInch>",
        '<!--[if mso]><table role="presentation" width="600"',
        "<!--[if mso]></td></tr></table><![endif]-->",
    ):
        assert needed in html


def test_language_and_direction_stand_on_the_bodys_wrapper_too() -> None:
    wrapper = parsed(html_of(replace(MAIL, dir="rtl"))).xpath("//body/div")[0]
    assert (wrapper.get("lang"), wrapper.get("dir")) == ("en", "rtl")


def test_each_table_of_layout_says_so() -> None:
    tables = parsed(html_of()).xpath("//table")
    assert tables
    assert all(table.get("role") == "presentation" for table in tables)


def test_a_table_of_data_stays_one() -> None:
    rows = Markup("<thead><tr><th>When</th></tr></thead><tbody><tr><td>April</td></tr></tbody>")
    html = html_of(replace(MAIL, body=part("table", rows, SITE)))
    table = parsed(html).xpath("//table[.//th]")[-1]
    assert table.get("role") is None
    assert "border-bottom" in table.xpath(".//th/@style")[0]


def test_the_preheader_is_hidden_in_every_way_that_is_not_taken_for_spam() -> None:
    first = parsed(html_of()).xpath("//body/div/div")[0]
    assert first.text_content().startswith("Three questions for your supplier.")
    style = first.get("style").replace(" ", "")
    for hiding in ("display:none", "max-height:0", "overflow:hidden", "opacity:0", "mso-hide:all"):
        assert hiding in style
    assert "font-size" not in style
    seen = re.sub(r"[\s\u034f\u200c\xa0]", "", first.text_content())
    assert len(seen) < 200
    assert len(first.text_content()) > 150


def test_pictures_have_whole_widths_and_words_for_when_they_are_off() -> None:
    (picture,) = parsed(html_of()).xpath("//img")
    assert (picture.get("width"), picture.get("height")) == ("600", "338")
    assert picture.get("alt") == "A vial beside its box"
    assert "font-family" in picture.get("style")
    assert "max-width:100%" in picture.get("style").replace(" ", "")


def test_a_logo_stands_for_the_name_and_says_it() -> None:
    logo = Picture(src="l.png", url="https://clinic.example/l.png", width=400, height=100, alt="")
    (picture,) = parsed(
        html_of(replace(MAIL, image=None), replace(SITE, brand=replace(SITE.brand, logo=logo)))
    ).xpath("//img")
    assert (picture.get("width"), picture.get("height"), picture.get("alt")) == ("160", "40", SITE.name)


def test_there_is_one_button_and_outlook_draws_it() -> None:
    (cell,) = parsed(html_of()).xpath("//td[@bgcolor='#0f5257']")
    assert "padding:14px 28px" in cell.get("style")
    (link,) = cell.xpath("a")
    assert link.text_content() == "See the courses"
    assert link.get("href") == "https://clinic.example/vial/join/?a=1&b=2"
    assert "#fefefe" in link.get("style")


def test_readers_see_why_they_get_it_who_sends_it_and_the_way_out() -> None:
    html = html_of()
    links = {link.text_content().strip(): link.get("href") for link in parsed(html).xpath("//a[@href]")}
    assert links["Unsubscribe"] == "fieldunsubscribe0z"
    assert links["Change your preferences"] == "fieldpreferences0z"
    assert links["View in browser"] == "https://clinic.example/vial/newsletter/"
    assert SITE.postal_address in visible(html)
    assert "because you signed up" in visible(html)


def test_the_web_version_has_no_links_that_only_a_reader_of_the_mail_has() -> None:
    page = web_version(html_of(), "icon.svg")
    for mail_only in ("View in browser", "Unsubscribe", "fieldunsubscribe0z", "fieldpreferences0z", "&#847;"):
        assert mail_only not in page
    assert "The vial with no history" in visible(page)
    assert '<meta name="robots" content="noindex">' in page


def test_dark_and_phone_styles_keep_their_important() -> None:
    (head,) = re.findall(r"<style>(?!\s*td, p)(.*?)</style>", html_of(), re.DOTALL)
    dark = head.partition("@media (prefers-color-scheme: dark) {")[2].partition("\n}\n")[0]
    phone = head.partition("@media (max-width: 620px) {")[2].partition("\n}\n")[0]
    for block in (dark, phone):
        declarations = re.findall(r"[\w-]+: [^;{}]+;", block)
        assert declarations
        assert all(declaration.endswith(" !important;") for declaration in declarations)
    for wanted in (f"background-color: {DARK.paper}", "[data-ogsc]", "[data-ogsb]"):
        assert wanted in head


def test_the_head_is_small_and_nests_no_rules() -> None:
    styles = "".join(re.findall(r"<style.*?</style>", html_of(), re.DOTALL))
    assert len(styles) < 5_000
    assert not re.search(r"@[^{]*\{[^{}]*\{[^{}]*\{", re.sub(r"\{[^{}]*\}", "{}", styles).replace("{}", ""))


def test_a_thousand_words_stay_far_below_what_gmail_clips() -> None:
    words = len(visible(str(MAIL.body)).split())
    page = replace(MAIL, body=Markup(PARAGRAPH) * (1000 // words + 1), references=(REFERENCE,) * 12)
    assert len(html_of(page)) < 45_000


def test_text_is_at_least_sixteen_pixels_but_for_raised_numbers() -> None:
    citation = part("citation", (REFERENCE,))
    html = html_of(replace(MAIL, body=Markup(PARAGRAPH) + Markup("<p>Harm{}.</p>").format(citation)))
    for element in parsed(html).xpath("//*[contains(@style, 'font-size')]"):
        size = re.search(r"font-size: ?(\d+)px", element.get("style"))
        assert size is not None
        assert int(size[1]) >= 16 or element.tag == "sup"


def test_citations_lead_to_their_sources_and_references_are_numbered() -> None:
    unknown = replace(REFERENCE, number=2, url="")
    marks = parsed(part("citation", (REFERENCE, unknown)))
    assert marks.text_content() == "[1, 2]"
    assert marks.xpath("a/@href") == ["https://health.example/reactions"]
    items = parsed(html_of(replace(MAIL, references=(REFERENCE, unknown)))).xpath("//ol/li")
    assert [item.get("value") for item in items] == ["1", "2"]
    assert items[0].text_content() == "A Health Agency: Harmful reactions, 15 April 2024."


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_a_callout_has_a_rule_at_its_side_and_a_title(kind: str) -> None:
    callout = part("callout", kind, "", Markup("<p>Mind.</p>"), THEME.words("en"), SITE)
    cell = parsed(html_of(replace(MAIL, body=callout))).xpath("//td[p[.='Mind.']]")[0]
    assert "border-left" in cell.get("style")
    assert cell.xpath("p")[0].text_content().lower() == kind


def test_what_is_not_there_leaves_no_empty_element() -> None:
    bare = replace(
        MAIL,
        kicker="",
        standfirst="",
        date=None,
        authors=(),
        image=None,
        references=(),
        preheader="",
        body=Markup(""),
    )
    html = html_of(bare, replace(SITE, social=(), postal_address=""))
    empty = [
        element.tag
        for element in parsed(html).xpath("//body//p|//body//h1|//body//h2|//body//ol|//body//a")
        if not element.text_content().strip()
    ]
    assert empty == []


def test_words_of_the_front_matter_cannot_become_markup() -> None:
    nasty = '<img src=x onerror="y">'
    html = html_of(replace(MAIL, title=nasty, kicker=nasty, standfirst=nasty, preheader=nasty, subject=nasty))
    assert "<img src=x" not in html
    assert nasty in visible(html)


def test_an_excerpt_leads_to_the_rest() -> None:
    page = replace(MAIL, is_excerpt=True)
    assert '<a href="https://clinic.example/vial/"' in html_of(page)
    assert "Read the whole article:\nhttps://clinic.example/vial/\n" in text_of(page)
    assert "Read the whole article" not in html_of() + text_of()


def test_a_german_mail_speaks_german() -> None:
    page = replace(MAIL, lang="de")
    assert "Abmelden" in visible(html_of(page))
    assert "Im Browser ansehen" in text_of(page)


def test_the_text_part_is_set_with_care() -> None:
    text = text_of(replace(MAIL, body=Markup("A line & <another>.\n"), links=("https://a.example/",)))
    assert text == (
        "The Careful Clinic\n"
        "\n"
        "The vial with no history\n"
        "========================\n"
        "\n"
        "A cheap vial is an expensive one.\n"
        "\n"
        "Ada Placeholder, 22 November 2026\n"
        "\n"
        "A line & <another>.\n"
        "\n"
        "See the courses:\n"
        "https://clinic.example/vial/join/?a=1&b=2\n"
        "\n"
        "Links\n"
        "-----\n"
        "\n"
        "[1] https://a.example/\n"
        "\n"
        "References\n"
        "----------\n"
        "\n"
        "1. A Health Agency: Harmful reactions, 15 April 2024.\n"
        "   https://health.example/reactions\n"
        "\n"
        f"{'-' * 72}\n"
        "\n"
        "You receive this newsletter because you signed up for it with The\n"
        "Careful Clinic.\n"
        "\n"
        "1 Placeholder Street, Placeholder Town\n"
        "\n"
        "View in browser: https://clinic.example/vial/newsletter/\n"
        "Change your preferences: fieldpreferences0z\n"
        "Unsubscribe: fieldunsubscribe0z\n"
    )


def test_the_text_part_wraps_all_but_addresses_and_trails_no_spaces() -> None:
    long = "A sentence about vials that goes on for longer than any line of a letter ever should, and on. "
    address = "https://clinic.example/" + "a-long-address-" * 8
    text = text_of(
        replace(
            MAIL,
            title=long,
            standfirst=long * 3,
            body=Markup("x"),
            references=(
                replace(REFERENCE, title=long * 2, url=address),
                replace(REFERENCE, number=12, url=""),
            ),
        ),
        replace(SITE, postal_address=long),
    )
    lines = text.splitlines()
    assert all(len(line) <= 72 for line in lines if "https://" not in line)
    assert all(line == line.rstrip() for line in lines)
    assert f"   {address}" in lines
    assert "\n\n\n" not in text


def test_a_bare_text_part_has_no_gaps() -> None:
    bare = replace(MAIL, standfirst="", date=None, authors=(), references=(), body=Markup("x"))
    assert "\n\n\n" not in text_of(bare, replace(SITE, postal_address=""))


def test_the_subject_is_one_line() -> None:
    assert THEME.render("newsletter/subject.txt", context(MAIL, SITE)) == "What to ask before the next vial\n"
