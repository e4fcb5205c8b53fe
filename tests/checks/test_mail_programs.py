"""Faults that only some mail programs show, each found by its check and by no other, at its line."""

from pathlib import Path
from typing import get_args

import pytest

from campaigner.checks.check import Example
from campaigner.clients.programs import BY_NAME
from campaigner.model.settings import CLIENTS, MailProgram
from checks.examples import found_in
from checks.seeded import (
    UNKNOWN,
    Fault,
    assert_clean,
    assert_found,
    fault,
    mail,
    named,
    settings,
)

PRIVACY = "https://glass-letter.example/privacy/"
NECK = "Look through the neck first."


def styles(text: str) -> Example:
    return Example(of="mail styles", text=text)


def clients(**shares: int) -> Example:
    lines = "".join(f"{name.replace('_', '-')} = {share}\n" for name, share in shares.items())
    return settings(f"[check.clients]\n{lines}")


def picture(address: str, more: str = "") -> Example:
    return mail(f'<img src="{address}" width="40" height="30" alt="A bottle"{more}>')


FAULTS = (
    # elements
    fault("unsupported-element", UNKNOWN, mail('<video src="a.mp4"></video>')),
    fault("unsupported-element", UNKNOWN, mail("<VIDEO SRC=a.mp4></VIDEO>")),
    fault("unsupported-element", UNKNOWN, mail('<audio src="a.mp3" controls></audio>')),
    fault("unsupported-element", UNKNOWN, mail('<svg width="20" height="20"><path d="M0 0h20"/></svg>')),
    fault("unsupported-element", UNKNOWN, mail('<object data="a.pdf"></object>')),
    fault("unsupported-element", NECK, mail(f"<dialog open>{NECK}</dialog>")),
    fault(
        "unsupported-element",
        UNKNOWN,
        mail('<form action="https://glass-letter.example/vote"><input name="a" aria-label="Vote"></form>'),
    ),
    fault("unsupported-element", UNKNOWN, mail('<input type="submit" value="Vote">')),
    fault(
        "unsupported-element", UNKNOWN, mail('<p><select aria-label="Part"><option>Cut</option></select></p>')
    ),
    fault("unsupported-element", UNKNOWN, mail('<link rel="stylesheet" href="mail.css">')),
    # attributes
    fault("unsupported-attribute", NECK, mail(f"<p hidden>{NECK}</p>")),
    fault("unsupported-attribute", NECK, mail(f"<p HIDDEN='hidden'>{NECK}</p>")),
    fault("unsupported-attribute", UNKNOWN, mail('<a href="#neck">To the neck</a><p id="neck">The neck</p>')),
    fault("unsupported-attribute", NECK, mail(f'<div popover id="more"><p>{NECK}</p></div>')),
    fault("unsupported-attribute", NECK, mail(f"<p inert>{NECK}</p>")),
    # properties
    fault("unsupported-property", NECK, mail(f'<p style="position: absolute">{NECK}</p>')),
    fault("unsupported-property", NECK, mail(f'<p style="POSITION:relative;TOP:-20px">{NECK}</p>')),
    fault("unsupported-property", NECK, mail(f'<p style="float: left">{NECK}</p>')),
    fault("unsupported-property", NECK, mail(f'<p style="transform: rotate(3deg)">{NECK}</p>')),
    fault("unsupported-property", NECK, mail(f'<p style="visibility: hidden">{NECK}</p>')),
    fault("unsupported-property", NECK, mail(f'<p style="margin-inline: 20px">{NECK}</p>')),
    fault("unsupported-property", NECK, mail(f'<p style="padding-block-start: 20px">{NECK}</p>')),
    fault("unsupported-property", "clip-path", styles(".title { clip-path: circle(40%); }")),
    # values
    fault("unsupported-value", NECK, mail(f'<p style="display:flex">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="display : inline-flex">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="display: GRID">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="font-size: 1.2rem">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="width: calc(100% - 20px)">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="color: var(--ink)">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="color: oklch(40% 0.1 200)">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="background-color: rgba(0, 0, 0, .1)">{NECK}</p>')),
    fault("unsupported-value", NECK, mail(f'<p style="font-size: clamp(16px, 4vw, 20px)">{NECK}</p>')),
    # at-rules
    fault(
        "unsupported-at-rule",
        "@supports",
        styles("@supports (display: grid) { .title { color: #111 !important; } }"),
    ),
    fault("unsupported-at-rule", "@keyframes", styles("@keyframes turn { to { opacity: 1; } }")),
    fault(
        "unsupported-at-rule",
        "@font-face",
        styles('@font-face { font-family: "Vial"; src: url("v.woff2"); }'),
    ),
    # pictures
    fault("unsupported-picture", UNKNOWN, picture("https://glass-letter.example/a.webp")),
    fault("unsupported-picture", UNKNOWN, picture("https://glass-letter.example/a.AVIF?v=2")),
    fault("unsupported-picture", UNKNOWN, picture("https://glass-letter.example/a.svg#vial")),
    fault("unsupported-picture", UNKNOWN, picture("https://glass-letter.example/a.heic")),
    fault("unsupported-picture", UNKNOWN, picture("data:image/png;base64,iVBORw0KGgo=")),
    # the head
    fault("head-styles-too-large", "", styles(f"/* {'glass ' * 3000} */")),
    fault("head-styles-too-large", "", mail(f"<style>{'.vial-of-glass { color: #111111 } ' * 400}</style>")),
    fault("head-styles-too-large", "", settings("[check.limits]\nhead_styles = 1000\n")),
    fault(
        "nested-at-rules",
        "@media screen {",
        styles("@media screen {\n@media (max-width: 600px) { .title { color: #111 !important; } }\n}"),
    ),
    fault(
        "nested-at-rules",
        "@layer base",
        styles("@layer base { @media print { .title { color: #111 !important; } } }"),
    ),
    fault("nested-at-rules", ".vial-mark { b {", styles(".vial-mark { b { color: #111 !important; } }")),
    fault("not-inlined", "td:nth-child(2)", styles("td:nth-child(2) { padding: 0; }")),
    fault("not-inlined", ":is(h2, h3)", styles(":is(h2, h3) { margin: 0; }")),
    fault("not-inlined", "p:not(.a, .b)", styles("p:not(.a, .b) { margin: 0; }")),
    fault("not-inlined", ".article *", styles(".article * { margin: 0; }")),
    fault("not-inlined", ".sm\\:pad", styles(".sm\\:pad { padding: 10px; }")),
    fault("not-inlined", "li:first-child", styles("li:first-child { margin: 0; color: #111 !important; }")),
    # its size
    fault("mail-large", UNKNOWN, mail(f"<!-- {'glass ' * 13_000} -->")),
    fault("mail-large", UNKNOWN, settings("[check.limits]\nmail_size = 12000\n")),
    fault("mail-large", UNKNOWN, mail(f"<p>{'&#228;' * 13_000}</p>")),
    fault("mail-clipped", UNKNOWN, mail(f"<!-- {'glass ' * 17_000} -->")),
    fault("mail-clipped", UNKNOWN, settings("[check.limits]\nmail_clipped = 12000\n")),
    fault("mail-clipped", UNKNOWN, mail(f"<p>{'ä' * 52_000}</p>")),
    # what must be there
    fault("doctype-missing", UNKNOWN, mail("", instead_of="<!doctype html>\n")),
    fault("doctype-missing", UNKNOWN, mail("<!-- 1 -->", instead_of="<!doctype html>")),
    fault("doctype-missing", UNKNOWN, mail("\n", instead_of="<!doctype html>")),
    fault("mail-title-missing", UNKNOWN, mail("", instead_of="<title>.*?</title>")),
    fault("mail-title-missing", UNKNOWN, mail("<title> \n </title>", instead_of="<title>.*?</title>")),
    fault("mail-title-missing", UNKNOWN, mail("<TITLE></TITLE>", instead_of="<title>.*?</title>")),
    fault("preheader-missing", UNKNOWN, mail("", instead_of='<div class="preheader".*?</div>')),
    fault("preheader-missing", UNKNOWN, mail("<p>Hello</p>", instead_of='<div class="preheader".*?</div>')),
    fault("preheader-missing", UNKNOWN, mail("<body><p>See it in a browser.</p>", instead_of="<body[^>]*>")),
    fault("layout-table-role", NECK, mail(f"<table><tr><td>{NECK}</td></tr></table>")),
    fault(
        "layout-table-role",
        NECK,
        mail(f"<TABLE width=600><tr><td>{NECK}</td></tr><tr><td>2</td></tr></TABLE>"),
    ),
    fault(
        "layout-table-role",
        NECK,
        mail(
            f'<table><tr><td>{NECK}</td><td><table role="none"><tr><td>a</td></tr></table></td></tr></table>'
        ),
    ),
    fault("layout-table-role", "", mail("", instead_of='role="presentation" (?=class="column")')),
    fault(
        "layout-table-role", NECK, mail(f'<table width="100%"><tr><td>{NECK}</td><td>Right</td></tr></table>')
    ),
    # what it must not do
    fault(
        "link-around-table",
        UNKNOWN,
        mail(f'<a href="{PRIVACY}"><table role="presentation"><tr><td>See it</td></tr></table></a>'),
    ),
    fault(
        "link-around-table",
        UNKNOWN,
        mail(f'<A HREF="{PRIVACY}"><div><TABLE role="none"><tr><td>See it</td></tr></TABLE></div></A>'),
    ),
    fault(
        "link-around-table",
        NECK,
        mail(f'<a href="{PRIVACY}"><!--[if mso]><table role="none"><tr><td><![endif]-->{NECK}</a>'),
    ),
    fault("background-without-colour", NECK, mail(f'<p style="background: url(a.png)">{NECK}</p>')),
    fault(
        "background-without-colour", NECK, mail(f'<p style="background:URL(a.png) no-repeat 0 0">{NECK}</p>')
    ),
    fault(
        "background-without-colour",
        NECK,
        mail(f'<p style="background-image: linear-gradient(#111, #333)">{NECK}</p>'),
    ),
    fault(
        "background-without-colour",
        NECK,
        mail(
            f'<table role="none"><tr><td background="https://glass-letter.example/a.png">{NECK}</td></tr></table>'
        ),
    ),
    fault(
        "web-font-without-fallback",
        "heading_font",
        settings("[brand]\nheading_font = \"'Playfair Display'\"\n"),
    ),
    fault(
        "web-font-without-fallback",
        "text_font",
        settings('[brand]\ntext_font = "Arial, Inter"\n'),
    ),
    fault("web-font-without-fallback", UNKNOWN, mail(f'<p style="font-family: Inter">{NECK}</p>')),
    fault(
        "web-font-without-fallback",
        "Lobster",
        styles("@media print { .title { font-family: Lobster !important; } }"),
    ),
    fault("blank-first-frame", "turning.gif", Example(of="moving picture", text="white, teal")),
    fault("blank-first-frame", "turning.gif", Example(of="moving picture", text="white, teal, navy")),
    fault("blank-first-frame", "turning.gif", Example(of="moving picture", text="white, white, navy")),
    fault(
        "button-padding",
        NECK,
        mail(f'<a href="{PRIVACY}" style="padding:10px;background:#111111;color:#ffffff">{NECK}</a>'),
    ),
    fault(
        "button-padding",
        NECK,
        mail(f'<a href="{PRIVACY}" style="PADDING-TOP: 10px; BORDER: 1px solid #111111">{NECK}</a>'),
    ),
    fault(
        "button-padding",
        NECK,
        mail(
            f'<b><a style="display:block;background:#111;color:#fff;padding:0 12px" href="{PRIVACY}">{NECK}</a></b>'
        ),
    ),
)
NEARLY = (
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
    mail('<p style="/* display: flex */ margin: 0">One</p>'),
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
    mail(
        '<table role="none"><tr><td><a href="https://glass-letter.example/privacy/">See</a></td></tr></table>'
    ),
    mail(
        '<a href="https://glass-letter.example/privacy/">See</a><table role="none"><tr><td>One</td></tr></table>'
    ),
    mail(
        '<!-- <a href="https://glass-letter.example/privacy/"> --><table role="none"><tr><td>One</td></tr></table>'
    ),
    mail('<p style="background: #111 url(a.png)">One</p>'),
    mail('<p style="background: url(a.png) center navy">One</p>'),
    mail('<table role="none"><tr><td background="a.png" bgcolor="#111111">One</td></tr></table>'),
    mail(
        '<p style="color: #fff; background-color: #111; background-image: linear-gradient(#111, #333)">One</p>'
    ),
    mail('<ul style="list-style: disc url(a.png)"><li>One</li></ul>'),
    mail('<p style="font-family: Arial">One</p>'),
    mail("<p style=\"font-family: 'Times New Roman'\">One</p>"),
    mail("<p>font-family: Inter</p>"),
    Example(of="moving picture", text="teal, white"),
    Example(of="moving picture", text="white"),
    mail(f'<a href="{PRIVACY}" style="background-color: #111111; color: #ffffff">See it</a>'),
    mail(f'<a href="{PRIVACY}" style="padding: 2px">See it</a>'),
    mail(
        f'<a href="{PRIVACY}" style="padding: 9px; background: #111; color: #fff; mso-padding-alt: 0">See it</a>'
    ),
    mail(
        f'<!--[if mso]><v:roundrect href="{PRIVACY}"></v:roundrect><![endif]-->'
        f'<a href="{PRIVACY}" style="padding: 9px; background: #111111; color: #ffffff">See it</a>'
    ),
)


@pytest.mark.parametrize("seeded", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("example", NEARLY, ids=named)
def test_what_is_nearly_a_fault_is_none(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, example)


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
    assert_clean(tmp_path, clients(apple_mail_ios=100), mail('<p style="display: flex">One</p>'))


def test_what_few_readers_lack_is_not_told(tmp_path: Path) -> None:
    few = settings("[check.limits]\nunsupported = 9\n")
    assert_clean(tmp_path, few, mail('<p style="display: flex">One</p>'))


def test_settings_know_each_mail_program() -> None:
    assert set(get_args(MailProgram)) == set(BY_NAME)
    assert set(CLIENTS) == set(BY_NAME)
    assert sum(CLIENTS.values()) <= 100
