"""Whatever a mail is made of, reading it ends soon and raises nothing.

Time is not measured, only that there is an end to it: what takes more than a minute grows faster than the
mail does.
"""

import faulthandler
import re
from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from campaigner.clients.conditions import for_others
from campaigner.clients.declarations import declarations
from campaigner.clients.programs import BY_NAME, PROGRAMS
from campaigner.clients.reading import Limit
from campaigner.clients.simulation import Mail, simulate, simulations
from campaigner.clients.stylesheets import stylesheet, written
from campaigner.clients.uses import features_of
from campaigner.value import replace

MEGABYTE = 1024 * 1024
#: supports everything, and changes nothing
ALLOWING = replace(BY_NAME["apple-mail-macos"], client="nobody.knows")
#: pieces of which mails are made, whole and broken ones
PIECES = (
    *("<p>", "</p>", "<div class='a b' id=c>", "</div>", "<table><tr><td bgcolor=fff>", "</td>", "</table>"),
    *("<style>", "</style>", "<style media='(prefers-color-scheme:dark)'>", "<title>", "</title>", "<body>"),
    *("<html>", "<head>", "</head>", "</body>", "</html>", "<!doctype html>", "<?xml encoding='x'?>"),
    *("<!--", "-->", "<!--[if mso]>", "<!--[if !mso]><!-->", "<!--<![endif]-->", "<![endif]-->", "<![if a]>"),
    *("<v:rect fillcolor='red'>", "</v:rect>", "<o:p>", "</o:p>", "<xml>", "</xml>", "<w:a/>", "<![CDATA["),
    *("<svg>", "</svg>", "<math>", "<wbr>", "<source type='image/webp'>", "<img srcset='a.webp 2x,,b'>"),
    *("<a href='#a'>", "<a href=' mailto:a'>", "</a>", "<main>", "</main>", "<video>", "<select><option>"),
    *("<p style='", '<p style="', "'>", '">', "color:red;", "background:url(a.png)", "color:#fff8;", "a:b"),
    *("a{", "}", "{", "(", ")", "[", "]", ":not(", ".a", "#b", ",", "@media (a:b){", "@import", ";", "&"),
    *("/*", "*/", "\\", "\\0 ", "\\d800 ", "\\3c/style>", "'", '"', "!important", "--a:", "url(", "calc(1px"),
    *("&nbsp;", "&#0;", "&#xd800;", "&#1;", "&", "<", ">", "\x00", "\x0c", "\x85", "\ufffe", "\ud800", "é", "⚡"),
    *("text", " ", "\n", "<textarea>", "</textarea>", "<plaintext>", "<frameset>", "<b", "=", "x='", "<1>"),
)  # fmt: skip
MAILS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)
#: of balanced elements, whose text every parser sees alike
PLAIN = st.recursive(
    st.text(alphabet="abc éß&<>\"'{};:", max_size=12).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.builds(
        "<{0} style='{1}' class='a'>{2}</{0}>".format,
        st.sampled_from(("div", "span", "article", "marquee", "ruby", "center", "font", "custom-one")),
        st.sampled_from(("", "color:red", "float:left;display:flex", "nonsense", "background:#fff")),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=12,
)


@pytest.fixture(autouse=True)
def end() -> Iterator[None]:
    """A hang is shown with where it is."""
    faulthandler.dump_traceback_later(240, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def text_of(html: str) -> str:
    bodies = document_fromstring(html).iter("body")
    return " ".join("".join(map(str, chain.from_iterable(body.itertext() for body in bodies))).split())


@given(html=MAILS, dark=st.booleans())
def test_no_mail_raises_anything(html: str, dark: bool) -> None:
    for found in simulations(Mail(html), PROGRAMS, dark=dark):
        assert found.html.encode()
        assert "campaigner-" not in found.html
        assert all(one.count > 0 for one in found.removed)
    features_of(html)


@given(html=MAILS)
def test_the_same_mail_gives_the_same_bytes(html: str) -> None:
    first, second = (simulations(Mail(html), PROGRAMS, dark=True) for _ in range(2))
    assert first == second


@given(body=PLAIN, dark=st.booleans())
def test_where_everything_is_supported_the_text_stays(body: str, dark: bool) -> None:
    html = f"<html><head><title>a</title></head><body>{body}</body></html>"
    found = simulate(Mail(html), ALLOWING, dark=dark)
    assert text_of(found.html) == text_of(html)
    assert found.removed == ()


@given(body=PLAIN)
def test_no_program_loses_text_of_plain_elements(body: str) -> None:
    html = f"<html><body>{body}</body></html>"
    for program in PROGRAMS:
        assert text_of(simulate(Mail(html), program, dark=True).html) == text_of(html)


@given(css=st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_a_stylesheet_that_is_written_reads_as_it_was(css: str) -> None:
    once = written(stylesheet(css).rules)
    assert "</" not in once
    assert written(stylesheet(once).rules) == once
    declarations(css)


@given(html=MAILS)
def test_no_comment_is_left(html: str) -> None:
    left = for_others(html)
    assert for_others(left) == left or "<!" in left.replace("<!doctype", "")


LARGE = {
    "plain text": "a " * (5 * MEGABYTE),
    "one long word": "a" * (10 * MEGABYTE),
    "elements side by side": "<p>a</p>" * MEGABYTE,
    "unsupported elements side by side": "a<marquee>b</marquee>" * (MEGABYTE // 2),
    "elements in elements": "<div>" * 100_000 + "a" + "</div>" * 100_000,
    "unsupported elements in elements": "<marquee>a" * 100_000,
    "tables in tables": "<table><tr><td>" * 100_000,
    "unclosed comments": "<!--" * (2 * MEGABYTE),
    "conditions that nothing ends": "<!--[if mso]>" * MEGABYTE,
    "conditions in conditions": "<!--[if mso]><!-->" * (MEGABYTE // 2) + "<![endif]-->" * (MEGABYTE // 2),
    "brackets in a condition": "<!--[if " + "(" * MEGABYTE + "mso]>a<![endif]-->",
    "unclosed tags": "<a " * (3 * MEGABYTE),
    "unclosed quotes": "<a b='" * MEGABYTE,
    "one tag": "<p " + "a=b " * MEGABYTE,
    "attributes": "<p " + " ".join(f"a{number}=b" for number in range(200_000)) + ">",
    "attributes in quotes": "<p b='>' " + " ".join(f"a{number}='b'" for number in range(200_000)) + ">",
    "classes": "<p class='" + "a " * MEGABYTE + "'>",
    "pictures": "<img srcset='" + "a.webp 2x, " * (MEGABYTE // 2) + "'>",
    "declarations": "<p style='" + "a:b;" * (2 * MEGABYTE) + "'>",
    "styles": "".join(f"<p style='top:{number}px;left:0'>" for number in range(200_000)),
    "brackets in a style": "<p style='a:" + "(" * (5 * MEGABYTE) + "'>",
    "rules": "<style>" + "a{b:c}" * MEGABYTE + "</style>",
    "rules in rules": "<style>" + "a{" * (5 * MEGABYTE),
    "groups in groups": "<style>" + "@media a{" * MEGABYTE,
    "selectors": "<style>" + "a," * (5 * MEGABYTE) + "b{c:d}",
    "selectors in selectors": "<style>" + ":not(" * (2 * MEGABYTE),
    "one selector": "<style>" + "a>" * (5 * MEGABYTE) + "b{c:d}",
    "comments in styles": "<style>" + "/*" * (5 * MEGABYTE),
    "texts in styles": "<style>" + "a:'" * (3 * MEGABYTE),
    "backslashes in styles": "<style>" + "\\" * (10 * MEGABYTE),
    "queries": "<style>@media " + "(prefers-color-scheme: dark) and " * (MEGABYTE // 4) + "(a){b{c:d}}",
    "style elements": "<style>a{b:c}</style>" * (MEGABYTE // 2),
    "colours": "<p style='background:" + "#fff " * (2 * MEGABYTE) + "'>",
    "fonts": "<p style='font-family:" + "system-ui," * MEGABYTE + "a'>",
    "character references": "&amp;" * (2 * MEGABYTE),
    "control characters": "\x00\x01" * (5 * MEGABYTE),
    "halves of characters": "\ud800" * (3 * MEGABYTE),
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_mail_of_ten_megabytes_is_read(kind: str) -> None:
    mail = Mail(LARGE[kind])
    for name in ("gmail-ios", "outlook-windows", "apple-mail-macos"):
        simulate(mail, BY_NAME[name], dark=True)
    features_of(LARGE[kind])


def test_what_is_beyond_any_mail_is_told() -> None:
    found = simulate(Mail("<p>a</p>" * 50_000), BY_NAME["apple-mail-ios"], dark=False)
    assert [one.what for one in found.removed] == ["what is beyond the beginning"]


STYLE = "<style>{}</style>".format
UNREAD = {
    "characters": ("a" * (3 * MEGABYTE), Limit.BEGINNING),
    "elements in elements": ("<div>" * 3000 + "a", Limit.DEPTH),
    "attributes": ("<p " + " ".join(f"a{number}" for number in range(600)) + ">", Limit.ATTRIBUTES),
    "rules": (STYLE("a{color:red}" * 20_000), Limit.STYLES),
    "a selector list": (STYLE("a," * 100_000 + "b{color:red}"), Limit.STYLES),
    "a media query": (STYLE("@media " + "(width:1px)," * 20_000 + "(height:1px){a{b:c}}"), Limit.STYLES),
    "a media attribute": ("<style media='" + "(width:1px)," * 20_000 + "print'>", Limit.STYLES),
    "one style": (f"<p style='{'color:red;' * 20_000}'>", Limit.STYLES),
    "brackets in a stylesheet": (STYLE(":not(:is(" * 20 + "a" + "))" * 20 + "{color:red}"), Limit.BRACKETS),
    "brackets in a style": (f"<p style='width:{'calc(' * 40}1px{')' * 40}'>", Limit.BRACKETS),
    "brackets in a query": (f"<style media='{'(' * 40}width{')' * 40}'>", Limit.BRACKETS),
    "pictures": ("<img alt='' srcset='" + "a.png 1x, " * 150 + "b.png 2x'>", Limit.PICTURES),
}


@pytest.mark.parametrize("kind", UNREAD)
def test_every_limit_that_bites_is_told_in_every_program(kind: str) -> None:
    html, limit = UNREAD[kind]
    for program in PROGRAMS:
        told = [one for one in simulate(Mail(html), program, dark=True).removed if one.feature is None]
        assert (limit.what, 1, (limit.why,)) in [(one.what, one.count, one.notes) for one in told]


def test_a_condition_without_end_is_told_where_conditions_are_read() -> None:
    mail = Mail("<!--[if " + "(" * 300 + "mso]>a<![endif]-->b")
    told = [one.what for one in simulate(mail, BY_NAME["outlook-windows"], dark=False).removed]
    assert told == [Limit.CONDITIONS.what]
    assert simulate(mail, BY_NAME["apple-mail-macos"], dark=False).removed == ()


def test_an_ordinary_mail_meets_no_limit() -> None:
    html = (
        "<!doctype html><!--[if mso]><p><![endif]-->" + STYLE("a{color:red}") + "<p style='color:red'>a</p>"
    )
    assert simulate(Mail(html), ALLOWING, dark=True).removed == ()


def test_styles_are_counted_over_the_whole_mail() -> None:
    html = "".join(STYLE(f".a{number}{{color:red}}" + "b{color:red}" * 800) for number in range(100))
    found = simulate(Mail(html), ALLOWING, dark=False)
    assert ".a0{" in found.html and ".a99{" not in found.html  # noqa: PT018
    assert [(one.what, one.count) for one in found.removed] == [(Limit.STYLES.what, 87)]
    assert "filter" not in {one.name for one in features_of(html + STYLE("a{filter:none}"))}


def test_of_a_stylesheet_that_is_too_long_whole_rules_are_left() -> None:
    found = simulate(Mail(STYLE("a{color:#abcdef}" * 20_000)), ALLOWING, dark=False)
    rules = document_fromstring(found.html).findtext(".//style", "").split("\n")
    assert set(rules) == {"a{color:#abcdef}"}


def test_a_style_that_is_not_read_is_left_out() -> None:
    html = (
        "<style media='(width:1px)'>a{b:c}</style>" + f"<p style='{'a:b;' * 40_000}'><p style='color:#123'>c"
    )
    assert "color:#123" not in simulate(Mail(html), ALLOWING, dark=False).html


def test_a_style_that_stands_often_is_read_each_time() -> None:
    html = f"<p style='filter:blur(1px);content:\"{'a' * 100}\"'>b</p>" * 5000
    found = simulate(Mail(html), BY_NAME["outlook-windows"], dark=False)
    assert [one.count for one in found.removed if one.what == "filter"] == [5000]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("   ", ""),
        ("<!-- a -->", ""),
        ("<!doctype html>", ""),
        ("<html></html>", ""),
        ("a", "a"),
        ("<?xml version='1.0' encoding='utf-16'?><p>é", "é"),
        ("<meta charset='iso-8859-1'><p>é", "é"),
        ("\ufeff<p>a", "a"),
        ("<p>a\x00b\x01c", "abc"),
        ("<frameset><frame src='a'></frameset>", ""),
        ("<p>a" + "</div>" * 9, "a"),
        ("<body>a</body><body>b</body>", "ab"),
        ("a<p " + "b " * 600 + ">c", "ac"),
        ("<p title='\ud800'>a", "a"),
    ],
)
def test_odd_mails_are_read(html: str, text: str) -> None:
    for program in PROGRAMS:
        made = text_of(simulate(Mail(html), program, dark=True).html)
        assert re.sub("[\ufeff\ufffd\\s]", "", made) == text
