"""Faults that only some mail programs show, each found by its check and by no other, at its line."""

from pathlib import Path
from typing import get_args

import pytest

from campaigner.checks.check import Example
from campaigner.clients.programs import BY_NAME
from campaigner.model.settings import CLIENTS, MailProgram
from checks.examples import found_in, told_in

#: where nobody can know the line of a fault, it is the article's first
UNKNOWN = "---"
NECK = "Look through the neck first."


def mail(text: str, *, instead_of: str = "") -> Example:
    return Example(of="mail", text=text, instead_of=instead_of)


def styles(text: str) -> Example:
    return Example(of="mail styles", text=text)


def clients(**shares: int) -> Example:
    lines = "".join(f"{name.replace('_', '-')} = {share}\n" for name, share in shares.items())
    return Example(of="settings", text=f"[check.clients]\n{lines}")


def picture(address: str, more: str = "") -> Example:
    return mail(f'<img src="{address}" width="40" height="30" alt="A bottle"{more}>')


FOUND = [
    # elements
    ("unsupported-element", mail('<video src="a.mp4"></video>'), UNKNOWN),
    ("unsupported-element", mail("<VIDEO SRC=a.mp4></VIDEO>"), UNKNOWN),
    ("unsupported-element", mail('<audio src="a.mp3" controls></audio>'), UNKNOWN),
    ("unsupported-element", mail('<svg width="20" height="20"><path d="M0 0h20"/></svg>'), UNKNOWN),
    ("unsupported-element", mail('<object data="a.pdf"></object>'), UNKNOWN),
    ("unsupported-element", mail(f"<dialog open>{NECK}</dialog>"), NECK),
    ("unsupported-element", mail(f"<marquee>{NECK}</marquee>"), NECK),
    (
        "unsupported-element",
        mail('<form action="https://glass-letter.example/vote"><input type="text" name="a"></form>'),
        UNKNOWN,
    ),
    ("unsupported-element", mail('<input type="submit" value="Vote">'), UNKNOWN),
    ("unsupported-element", mail("<p><select><option>Cut</option></select></p>"), UNKNOWN),
    ("unsupported-element", mail('<link rel="stylesheet" href="mail.css">'), UNKNOWN),
    # attributes
    ("unsupported-attribute", mail(f"<p hidden>{NECK}</p>"), NECK),
    ("unsupported-attribute", mail(f"<p HIDDEN='hidden'>{NECK}</p>"), NECK),
    ("unsupported-attribute", mail('<a href="#neck">To the neck</a><p id="neck">The neck</p>'), UNKNOWN),
    ("unsupported-attribute", mail(f'<div popover id="more"><p>{NECK}</p></div>'), NECK),
    ("unsupported-attribute", mail(f"<p inert>{NECK}</p>"), NECK),
    # properties
    ("unsupported-property", mail(f'<p style="position: absolute">{NECK}</p>'), NECK),
    ("unsupported-property", mail(f'<p style="POSITION:relative;TOP:-20px">{NECK}</p>'), NECK),
    ("unsupported-property", mail(f'<p style="float: left">{NECK}</p>'), NECK),
    ("unsupported-property", mail(f'<p style="transform: rotate(3deg)">{NECK}</p>'), NECK),
    ("unsupported-property", mail(f'<p style="visibility: hidden">{NECK}</p>'), NECK),
    ("unsupported-property", mail(f'<p style="margin-inline: 20px">{NECK}</p>'), NECK),
    ("unsupported-property", mail(f'<p style="padding-block-start: 20px">{NECK}</p>'), NECK),
    ("unsupported-property", styles(".title { clip-path: circle(40%); }"), UNKNOWN),
    # values
    ("unsupported-value", mail(f'<p style="display:flex">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="display : inline-flex">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="display: GRID">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="font-size: 1.2rem">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="width: calc(100% - 20px)">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="color: var(--ink)">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="color: oklch(40% 0.1 200)">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="background-color: rgba(0, 0, 0, .1)">{NECK}</p>'), NECK),
    ("unsupported-value", mail(f'<p style="font-size: clamp(16px, 4vw, 20px)">{NECK}</p>'), NECK),
    # at-rules
    (
        "unsupported-at-rule",
        styles("@supports (display: grid) { .title { color: #111 !important; } }"),
        UNKNOWN,
    ),
    ("unsupported-at-rule", styles("@keyframes turn { to { opacity: 1; } }"), UNKNOWN),
    ("unsupported-at-rule", styles('@font-face { font-family: "Vial"; src: url("v.woff2"); }'), UNKNOWN),
    # pictures
    ("unsupported-picture", picture("https://glass-letter.example/a.webp"), UNKNOWN),
    ("unsupported-picture", picture("https://glass-letter.example/a.AVIF?v=2"), UNKNOWN),
    ("unsupported-picture", picture("https://glass-letter.example/a.svg#vial"), UNKNOWN),
    ("unsupported-picture", picture("https://glass-letter.example/a.heic"), UNKNOWN),
    ("unsupported-picture", picture("data:image/png;base64,iVBORw0KGgo="), UNKNOWN),
    # the head
    ("head-styles-too-large", styles(f"/* {'glass ' * 3000} */"), ""),
    ("head-styles-too-large", mail(f"<style>{'.vial-of-glass { color: #111111 } ' * 400}</style>"), ""),
    (
        "head-styles-too-large",
        Example(of="settings", text="[check.limits]\nhead_styles = 1000\n"),
        "",
    ),
    (
        "nested-at-rules",
        styles("@media screen {\n@media (max-width: 600px) { .title { color: #111 !important; } }\n}"),
        "@media screen {",
    ),
    (
        "nested-at-rules",
        styles("@layer base { @media print { .title { color: #111 !important; } } }"),
        "@layer base",
    ),
    ("nested-at-rules", styles(".vial-mark { b { color: #111 !important; } }"), ".vial-mark { b {"),
    ("not-inlined", styles("td:nth-child(2) { padding: 0; }"), "td:nth-child(2)"),
    ("not-inlined", styles(":is(h2, h3) { margin: 0; }"), ":is(h2, h3)"),
    ("not-inlined", styles("p:not(.a, .b) { margin: 0; }"), "p:not(.a, .b)"),
    ("not-inlined", styles(".article * { margin: 0; }"), ".article *"),
    ("not-inlined", styles(".sm\\:pad { padding: 10px; }"), ".sm\\:pad"),
    ("not-inlined", styles("li:first-child { margin: 0; color: #111 !important; }"), "li:first-child"),
    # its size
    ("mail-large", mail(f"<!-- {'glass ' * 13_000} -->"), UNKNOWN),
    ("mail-large", Example(of="settings", text="[check.limits]\nmail_size = 5000\n"), UNKNOWN),
    ("mail-large", mail(f"<p>{'&#228;' * 13_000}</p>"), UNKNOWN),
    ("mail-clipped", mail(f"<!-- {'glass ' * 17_000} -->"), UNKNOWN),
    ("mail-clipped", Example(of="settings", text="[check.limits]\nmail_clipped = 5000\n"), UNKNOWN),
    ("mail-clipped", mail(f"<p>{'ä' * 52_000}</p>"), UNKNOWN),
    # what must be there
    ("doctype-missing", mail("", instead_of="<!doctype html>\n"), UNKNOWN),
    ("doctype-missing", mail("<!-- 1 -->", instead_of="<!doctype html>"), UNKNOWN),
    ("doctype-missing", mail("\n", instead_of="<!doctype html>"), UNKNOWN),
    ("mail-title-missing", mail("", instead_of="<title>.*?</title>"), UNKNOWN),
    ("mail-title-missing", mail("<title> \n </title>", instead_of="<title>.*?</title>"), UNKNOWN),
    ("mail-title-missing", mail("<TITLE></TITLE>", instead_of="<title>.*?</title>"), UNKNOWN),
    ("preheader-missing", mail("", instead_of='<div class="preheader".*?</div>'), UNKNOWN),
    (
        "preheader-missing",
        mail("<p>Hello</p>", instead_of='<div class="preheader".*?</div>'),
        UNKNOWN,
    ),
    ("preheader-missing", mail("<body><p>See it in a browser.</p>", instead_of="<body[^>]*>"), UNKNOWN),
    ("layout-table-role", mail(f"<table><tr><td>{NECK}</td></tr></table>"), NECK),
    (
        "layout-table-role",
        mail(f"<TABLE width=600><tr><td>{NECK}</td></tr><tr><td>2</td></tr></TABLE>"),
        NECK,
    ),
    (
        "layout-table-role",
        mail(
            f'<table><tr><td>{NECK}</td><td><table role="none"><tr><td>a</td></tr></table></td></tr></table>'
        ),
        NECK,
    ),
    ("layout-table-role", mail("", instead_of='role="presentation" (?=class="column")'), ""),
    # what it must not do
    (
        "link-around-table",
        mail('<a href="/privacy/"><table role="presentation"><tr><td>See</td></tr></table></a>'),
        "(/privacy/)",
    ),
    (
        "link-around-table",
        mail('<A HREF="/privacy/"><div><TABLE role="none"><tr><td>See</td></tr></TABLE></div></A>'),
        "(/privacy/)",
    ),
    (
        "link-around-table",
        mail('<a href="/privacy/"><!--[if mso]><table role="none"><tr><td><![endif]-->See</a>'),
        "(/privacy/)",
    ),
    ("background-without-colour", mail(f'<p style="background: url(a.png)">{NECK}</p>'), NECK),
    ("background-without-colour", mail(f'<p style="background:URL(a.png) no-repeat 0 0">{NECK}</p>'), NECK),
    (
        "background-without-colour",
        mail(f'<p style="background-image: linear-gradient(#111, #333)">{NECK}</p>'),
        NECK,
    ),
    (
        "background-without-colour",
        mail(
            f'<table role="none"><tr><td background="https://glass-letter.example/a.png">{NECK}</td></tr></table>'
        ),
        NECK,
    ),
    (
        "web-font-without-fallback",
        Example(of="settings", text="[brand]\nheading_font = \"'Playfair Display'\"\n"),
        "heading_font",
    ),
    (
        "web-font-without-fallback",
        Example(of="settings", text='[brand]\ntext_font = "Arial, Inter"\n'),
        "text_font",
    ),
    ("web-font-without-fallback", mail(f'<p style="font-family: Inter">{NECK}</p>'), UNKNOWN),
    (
        "web-font-without-fallback",
        styles("@media print { .title { font-family: Lobster !important; } }"),
        "Lobster",
    ),
    ("blank-first-frame", Example(of="moving picture", text="white, teal"), "turning.gif"),
    ("blank-first-frame", Example(of="moving picture", text="white, teal, navy"), "turning.gif"),
    ("blank-first-frame", Example(of="moving picture", text="white, white, navy"), "turning.gif"),
    (
        "button-padding",
        mail('<a href="/privacy/" style="padding:10px;background:#0f5257">See it</a>'),
        "(/privacy/)",
    ),
    (
        "button-padding",
        mail('<a href="/privacy/" style="PADDING-TOP: 10px; BORDER: 1px solid #111111">See it</a>'),
        "(/privacy/)",
    ),
    (
        "button-padding",
        mail('<b><a style="display:block;background-color:#111;padding:0 12px" href="/privacy/">See</a></b>'),
        "(/privacy/)",
    ),
]
CLEAN = [
    # elements
    mail(
        '<video src="a.mp4"><img src="https://glass-letter.example/a.png" alt="A vial" width="9" height="9"></video>'
    ),
    mail("<audio><p>Hear it on the site.</p></audio>"),
    mail("<!-- <video></video> -->"),
    mail("<!--[if mso]><form></form><![endif]-->"),
    mail("<pre>&lt;video&gt;</pre>"),
    mail("<section><p>One part.</p></section>"),
    mail('<link rel="icon" href="icon.png">'),
    # attributes
    mail('<p hidden style="display:none">Only for the web.</p>'),
    mail('<p aria-label="One">One</p>'),
    picture(
        "https://glass-letter.example/a.png",
        ' loading="lazy" srcset="https://glass-letter.example/b.webp 2x"',
    ),
    mail('<a href="https://glass-letter.example/glass-vials/#look-at-the-glass">The neck</a>'),
    # properties and values
    mail('<p style="position: static; float: none; visibility: visible">One</p>'),
    mail('<p style="box-shadow: 0 0 4px #111; border-radius: 4px; opacity: .9; transition: none">One</p>'),
    mail('<p title="display: flex">display: flex</p>'),
    mail("<!-- <p style='display:flex'>One</p> -->"),
    mail('<p style="/* display: flex */ color: #111">One</p>'),
    mail('<p style="display: block; display: flex">One</p>'),
    mail('<p style="width: 90%; width: calc(100% - 20px)">One</p>'),
    mail('<!--[if !mso]><!--><p style="width: 50vw">One</p><!--<![endif]-->'),
    mail('<!--[if !mso]><!--><div style="display: flex"><p>One</p></div><!--<![endif]-->'),
    styles("@media (max-width: 620px) { .title { display: flex; position: absolute; } }"),
    styles("@media (prefers-color-scheme: dark) { .title { color: rgba(255, 255, 255, .9) !important; } }"),
    styles(".title { position: relative !important; }"),
    # pictures
    picture("https://glass-letter.example/a.gif"),
    picture("https://glass-letter.example/webp/a.jpg?format=.webp"),
    mail(
        '<picture><source type="image/webp" srcset="https://glass-letter.example/a.webp">'
        '<img src="https://glass-letter.example/a.jpg" alt="A vial" width="9" height="9"></picture>'
    ),
    # the head
    styles(f"/* {'glass ' * 600} */"),
    styles("@media screen and (max-width: 600px) { .title { margin: 0 !important; } }"),
    styles("td:nth-child(2) { padding: 0 !important; }"),
    styles("a:hover { color: #111; }"),
    styles("[data-ogsc] p:not(.a) { color: #eee; }"),
    styles('.mark::after { content: "*"; }'),
    styles(".title { /* :is(a) */ margin: 0 !important; }"),
    # what must be there
    mail("<!DOCTYPE HTML>", instead_of="<!doctype html>"),
    mail("<table><tr><th>Mark</th></tr><tr><td>Cap</td></tr></table>"),
    mail("<table><tr><td>Cap</td><td>Blue</td></tr></table>"),
    mail('<table role="none"><tr><td>Cap</td></tr></table>'),
    # what it must not do
    mail('<table role="none"><tr><td><a href="/privacy/">See</a></td></tr></table>'),
    mail('<a href="/privacy/">See</a><table role="none"><tr><td>One</td></tr></table>'),
    mail('<!-- <a href="/privacy/"> --><table role="none"><tr><td>One</td></tr></table>'),
    mail('<p style="background: #111 url(a.png)">One</p>'),
    mail('<p style="background: url(a.png) center navy">One</p>'),
    mail('<table role="none"><tr><td background="a.png" bgcolor="#111111">One</td></tr></table>'),
    mail('<p style="background-color: #111; background-image: linear-gradient(#111, #333)">One</p>'),
    mail('<ul style="list-style: disc url(a.png)"><li>One</li></ul>'),
    mail('<p style="font-family: Arial">One</p>'),
    mail("<p style=\"font-family: 'Times New Roman'\">One</p>"),
    mail("<p>font-family: Inter</p>"),
    Example(of="moving picture", text="teal, white"),
    Example(of="moving picture", text="white"),
    mail('<a href="/privacy/" style="background-color: #111111">See it</a>'),
    mail('<a href="/privacy/" style="padding: 2px">See it</a>'),
    mail('<a href="/privacy/" style="padding: 9px; background: #111; mso-padding-alt: 0">See it</a>'),
    mail(
        '<!--[if mso]><v:roundrect href="/privacy/"></v:roundrect><![endif]-->'
        '<a href="/privacy/" style="padding: 9px; background: #111111">See it</a>'
    ),
]


@pytest.mark.parametrize(("check", "example", "line"), FOUND)
def test_a_fault_is_found_by_its_check_at_its_line(
    check: str, example: Example, line: str, tmp_path: Path
) -> None:
    told = told_in(tmp_path, example)
    assert {name for name, _ in told} == {check}
    assert line in told[0][1]


@pytest.mark.parametrize("example", CLEAN)
def test_what_does_no_harm_is_not_found(example: Example, tmp_path: Path) -> None:
    assert told_in(tmp_path, example) == []


def test_a_program_is_named_with_its_share_of_the_readers(tmp_path: Path) -> None:
    readers = clients(apple_mail_ios=94, outlook_windows=6)
    found = found_in(tmp_path, readers, mail('<p style="display: flex">One</p>'))
    assert [one.message for one in found] == [
        "the declaration display: flex does nothing in Outlook for Windows (Word): 6 % of the readers"
    ]


def test_several_programs_are_named_the_most_frequent_first(tmp_path: Path) -> None:
    readers = clients(gmail_web=20, yahoo=30, thunderbird=50)
    found = found_in(tmp_path, readers, mail('<p style="color: var(--ink)">One</p>'))
    assert [one.message.partition(" in ")[2] for one in found] == [
        "Yahoo Mail (web) 30 % and Gmail (web) 20 %: 50 % of the readers"
    ]


def test_what_no_reader_lacks_is_not_told(tmp_path: Path) -> None:
    assert told_in(tmp_path, clients(apple_mail_ios=100), mail('<p style="display: flex">One</p>')) == []


def test_what_few_readers_lack_is_not_told(tmp_path: Path) -> None:
    few = Example(of="settings", text="[check.limits]\nunsupported = 9\n")
    assert told_in(tmp_path, few, mail('<p style="display: flex">One</p>')) == []


def test_settings_know_each_mail_program() -> None:
    assert set(get_args(MailProgram)) == set(BY_NAME)
    assert set(CLIENTS) == set(BY_NAME)
    assert sum(CLIENTS.values()) <= 100
