"""What a workspace's own templates are to blame for is told at their lines, all else at the article's."""

import re
from pathlib import Path

import pytest

from campaigner.checks.documents import document
from campaigner.checks.own_templates import made_from
from campaigner.model.finding import Finding, Output
from campaigner.render.theme import Theme
from campaigner.resources import theme_folder
from campaigner.value import Value
from checks.examples import SLUG, workspace_with
from publisher import Publisher

ARTICLE = f"campaigns/{SLUG}/article.md"
CONSENT = 'name="consent" value="yes" required'

ONLY_IN_MAIL = " ".join(["This stands only in the letter, and whoever reads it in a browser misses it"] * 2)
SECOND_FORM = (
    '<form action="/x" method="post"><label><input type="checkbox" name="consent" value="yes" checked>'
    " I agree to e-mails</label><button>Go</button></form>"
)


class Slip(Value):
    """A fault that somebody put into a copy of one of the theme's templates."""

    check: str
    template: str
    #: a piece of the theme's template, or all of it, and what stands there now
    old: str
    new: str
    #: a text on the line that is told, where it is not that of `new`
    line: str = ""

    def __str__(self) -> str:
        """What a test of it is called."""
        return f"{self.check} {self.template}"


#: links of a template that its words and its settings are a part of, and what is wrong with each
LINKS = (
    ("link-broken", '<a href="{{ site.url }}/nowhere/">There is more</a>'),
    ("link-broken", '<a href="{{ site.url }}/nowhere/">glass</a>'),
    ("link-broken", '<a href="{{ site.url ~ "nowhere/" }}">There is more</a>'),
    ("link-broken", '<a href="{{ site.url }}{{ "nowhere" }}/">There is more</a>'),
    ("link-broken", "<a class='more' href='{{ site.home_href }}nowhere/#part'>{{ site.name }}</a>"),
    ("link-broken", '<a href="{% if site.name %}/nowhere/{% endif %}">{{ site.name }}</a>'),
    ("anchor-broken", '<a href="{{ site.home_href }}glass-vials/#part">There is more</a>'),
    ("address-insecure", '<a href="http://{{ "museum" }}.org/glass/">vial</a>'),
    ("address-insecure", '<a href="http://museum.org/{{ page.head.lang }}/">{{ site.name }}</a>'),
    ("address-insecure", '<a href="http://museum.org/glass/">vial</a>'),
    (
        "address-insecure",
        '{% from "_parts/page/button.html" import button %}{{ button("The vial", "http://museum.org/glass/") }}',
    ),
    ("utm-internal", '<a href="{{ site.home_href }}privacy/?utm_source={{ page.head.lang }}">glass</a>'),
    ("link-unpublished", '<a href="https://staging.museum.org/{{ page.head.lang }}/glass">vial</a>'),
    ("phone-malformed", '<a href="tel:{{ "020" }}12345x">glass</a>'),
)
LINKS_IN_MAIL = (
    ("link-broken", '<a href="{{ site.url }}nowhere/">There is more</a>'),
    ("link-bare-ip", '<a href="https://192.0.2.7/{{ page.lang }}/">glass</a>'),
    ("link-shortener", '<a href="https://bit.ly/{{ page.lang }}glass">vial</a>'),
    ("utm-missing", '<a href="{{ site.url }}glass-vials/join/">glass</a>'),
    ("utm-differs", '<a href="{{ site.url }}glass-vials/?utm_source=News&amp;utm_medium=email">glass</a>'),
)

SLIPS = (
    *(
        Slip(
            check=check,
            template="landing/index.html",
            old='<section class="benefits"',
            new=f'<p class="further">{link}</p>\n<section class="benefits"',
        )
        for check, link in LINKS
    ),
    *(
        Slip(
            check=check,
            template="_layouts/email.html",
            old="{% if site.social %}",
            new=f"<p>{link}</p>\n{{% if site.social %}}",
        )
        for check, link in LINKS_IN_MAIL
    ),
    Slip(check="consent-ticked", template="_parts/page/form.html", old=CONSENT, new=f"{CONSENT} checked"),
    Slip(check="form-method", template="_parts/page/form.html", old='method="post"', new='method="get"'),
    Slip(
        check="field-unlabelled",
        template="_parts/page/form.html",
        old='<button class="button">',
        new='<input type="text" name="consent_note">\n<button class="button">',
    ),
    Slip(
        check="honeypot-missing",
        template="_parts/page/form.html",
        old="{% if form.honeypot %}",
        new="{% if false %}",
        line="<form ",
    ),
    Slip(
        check="zoom-forbidden",
        template="_parts/page/head.html",
        old="initial-scale=1",
        new="initial-scale=1, user-scalable=no",
    ),
    Slip(
        check="structured-data",
        template="_parts/page/head.html",
        old="{{ head.structured_data }}",
        new='{"@context": "https://schema.org",}',
    ),
    Slip(
        check="link-text-vague",
        template="_layouts/email.html",
        old="{% if site.social %}",
        new='<p><a href="{{ site.url }}">Click here</a></p>\n{% if site.social %}',
        line="Click here",
    ),
    Slip(
        check="zoom-forbidden",
        template="_layouts/email.html",
        old="initial-scale=1",
        new="initial-scale=1, maximum-scale=1",
    ),
    Slip(
        check="alt-missing",
        template="_layouts/page.html",
        old="{% block colophon %}",
        new='<p><img src="https://gazette.example/ribbon.png" width="20" height="20"></p>\n{% block colophon %}',
        line="ribbon.png",
    ),
    Slip(
        check="alt-missing",
        template="newsletter/body.html",
        old='<td class="action">',
        new='<td class="action">\n<img src="{{ site.url }}ribbon.png" width="20" height="20">',
        line="ribbon.png",
    ),
    Slip(
        check="link-text-vague",
        template="blog/post.html",
        old="{% if page.previous or page.next %}",
        new='<p><a href="{{ page.join.href }}">click here</a></p>\n{% if page.previous or page.next %}',
        line="click here",
    ),
    Slip(
        check="tabindex-positive",
        template="landing/index.html",
        old='<section class="benefits"',
        new='<section tabindex="3" class="benefits"',
    ),
    Slip(
        check="heading-empty",
        template="landing/thanks.html",
        old="{% block main %}",
        new='{% block main %}\n<h2 class="more"></h2>',
        line="<h2",
    ),
    Slip(
        check="link-empty",
        template="_parts/page/masthead.html",
        old="<header",
        new='<a class="mark" href="https://gazette.example/about/"></a>\n<header',
        line='class="mark"',
    ),
    Slip(
        check="frame-untitled",
        template="_parts/page/news.html",
        old="{% endmacro %}",
        new='<iframe src="https://gazette.example/film/"></iframe>\n{% endmacro %}',
        line="<iframe",
    ),
    Slip(
        check="anchor-broken",
        template="landing/index.html",
        old='<section class="benefits"',
        new='<p><a href="#nix">Nowhere</a></p>\n<section class="benefits"',
    ),
    Slip(
        check="link-broken",
        template="landing/index.html",
        old='<section class="benefits"',
        new='<p><a href="/glass-vials/nix/">Nowhere</a></p>\n<section class="benefits"',
    ),
    Slip(
        check="consent-ticked",
        template="landing/index.html",
        old='<header class="opening">',
        new=f'{SECOND_FORM}\n<header class="opening">',
    ),
    Slip(
        check="consent-without-end",
        template="landing/index.html",
        old='<header class="opening">',
        new=f'{SECOND_FORM}\n<header class="opening">',
    ),
    Slip(
        check="consent-vague",
        template="landing/index.html",
        old='<header class="opening">',
        new=f'{SECOND_FORM.replace("e-mails", "all of it")}\n<header class="opening">',
    ),
    Slip(
        check="consent-bundled",
        template="landing/index.html",
        old='<header class="opening">',
        new=f'{SECOND_FORM.replace("agree to", "agree to the terms of use and to")}\n<header class="opening">',
    ),
    Slip(
        check="call-competing",
        template="landing/index.html",
        old='<header class="opening">',
        new=f'{SECOND_FORM}\n<header class="opening">',
    ),
    Slip(
        check="button-vague",
        template="landing/index.html",
        old='<header class="opening">',
        new=f'{SECOND_FORM}\n<header class="opening">',
    ),
    Slip(
        check="web-version-unlike",
        template="newsletter/body.html",
        old='<td class="action">',
        new=f'<td class="action">\n<!--mail-only--><p>{ONLY_IN_MAIL}</p><!--/mail-only-->',
        line=ONLY_IN_MAIL,
    ),
    Slip(
        check="layout-table-role",
        template="_layouts/email.html",
        old='<td class="masthead">\n<table role="presentation"',
        new='<td class="masthead">\n<table class="masthead"',
        line='<table class="masthead"',
    ),
    Slip(
        check="layout-table-role",
        template="newsletter/body.html",
        old='<td class="action">',
        new='<td class="action">\n<table width="100%"><tr><td>Left of it</td><td>Right of it</td></tr></table>',
        line="Left of it",
    ),
    Slip(
        check="layout-table-role",
        template="_parts/email/button.html",
        old='<table role="presentation"',
        new="<table",
    ),
    Slip(
        check="language-missing",
        template="_layouts/page.html",
        old='<html lang="{{ page.head.lang }}" ',
        new="<html ",
        line="<html",
    ),
    Slip(
        check="language-missing",
        template="_layouts/email.html",
        old='<div class="paper" lang="{{ page.lang }}"',
        new='<div class="paper"',
        line="<body",
    ),
    Slip(
        check="direction-wrong",
        template="_layouts/page.html",
        old='dir="{{ page.head.dir }}"',
        new='dir="rtl"',
        line="<html",
    ),
    Slip(
        check="direction-wrong",
        template="_layouts/email.html",
        old='<html lang="{{ page.lang }}" dir="{{ page.dir }}">',
        new='<html lang="{{ page.lang }}" dir="rtl">',
        line="<html",
    ),
    Slip(
        check="title-missing",
        template="_parts/page/head.html",
        old="<title>{{ head.title }}</title>",
        new="<title></title>",
        line="<title",
    ),
    Slip(
        check="title-missing",
        template="_parts/page/head.html",
        old="<title>{{ head.title }}</title>\n",
        new="",
        line="{% macro head",
    ),
    Slip(
        check="title-missing",
        template="_layouts/page.html",
        old="{{ head(page.head, site) }}",
        new="",
        line="<head>",
    ),
    Slip(
        check="mail-title-missing",
        template="_layouts/email.html",
        old="<title>{% block title %}{{ page.subject }}{% endblock %}</title>\n",
        new="",
        line="<head>",
    ),
    Slip(
        check="heading-one",
        template="newsletter/body.html",
        old='<h1 class="title">{{ page.title }}</h1>',
        new='<p class="title">{{ page.title }}</p>',
        line="{% extends",
    ),
    Slip(
        check="preheader-missing",
        template="_layouts/email.html",
        old='<div class="preheader">{{ page.preheader }}',
        new="<div>Hello",
        line="<body",
    ),
    Slip(
        check="unsubscribe-missing",
        template="_layouts/email.html",
        old="{{ page.unsubscribe_url }}",
        new="#",
        line='class="footer"',
    ),
    Slip(
        check="unsubscribe-missing",
        template="_layouts/email.txt",
        old="{{ page.unsubscribe_url }}",
        new="",
        line="{#- ",
    ),
    Slip(
        check="view-in-browser-missing",
        template="_layouts/email.html",
        old="{{ page.web_version_url }}",
        new="{{ page.preferences_url }}",
        line="<body",
    ),
    Slip(
        check="link-broken",
        template="_parts/page/colophon.html",
        old="{% endmacro %}",
        new='<a href="/nowhere/">Nowhere</a>\n{% endmacro %}',
        line="/nowhere/",
    ),
    Slip(check="text-missing", template="newsletter/body.txt", old="", new="\n"),
    Slip(
        check="thanks-indexed",
        template="_parts/page/head.html",
        old="{% if head.robots %}",
        new="{% if false %}",
        line='name="robots"',
    ),
    Slip(
        check="structured-data",
        template="_parts/page/head.html",
        old="{% if head.structured_data %}",
        new="{% if false %}",
        line="ld+json",
    ),
    Slip(
        check="canonical",
        template="_parts/page/head.html",
        old="{% if head.canonical_url %}\n<link",
        new="{% if false %}\n<link",
        line='rel="canonical"',
    ),
    Slip(
        check="canonical",
        template="_parts/page/head.html",
        old='href="{{ head.canonical_url }}"',
        new='href="http://elsewhere.example/"',
        line='rel="canonical"',
    ),
    Slip(
        check="call-missing",
        template="landing/index.html",
        old="{{ form(page.form, site, words) }}",
        new="",
        line="page.form.button",
    ),
    Slip(
        check="call-missing",
        template="_parts/page/form.html",
        old="<form ",
        new="<div ",
        line="{% from",
    ),
    Slip(
        check="text-small",
        template="styles/email.css",
        old="td.article p { margin: 0 0 18px; }",
        new="td.article p { margin: 0 0 18px; font-size: 11px; }",
    ),
    Slip(
        check="text-small",
        template="styles/email.css",
        old="td.action { padding: 14px 0 44px; }",
        new="td.footer p,\ntd.footer a {\n  font-size: 11px;\n}",
        line="  font-size: 11px;",
    ),
    Slip(
        check="contrast",
        template="styles/email.css",
        old="td.article p { margin: 0 0 18px; }",
        new="td.article p { margin: 0 0 18px; color: #aaaaaa; }",
    ),
    Slip(
        check="unsupported-property",
        template="styles/email.css",
        old="td.article p { margin: 0 0 18px; }",
        new="td.article p {\n  margin: 0 0 18px;\n  position: relative;\n}",
        line="position: relative",
    ),
    Slip(
        check="unsupported-value",
        template="styles/email.css",
        old="td.article p { margin: 0 0 18px; }",
        new="td.article p { margin: calc(2px + 1px); }",
    ),
    Slip(
        check="unsupported-value",
        template="styles/email.css",
        old="td.action { padding: 14px 0 44px; }",
        new="td.action { padding: 14px 0 44px; display: flex; }",
    ),
    Slip(
        check="background-without-colour",
        template="styles/email.css",
        old="td.action { padding: 14px 0 44px; }",
        new="td.action { background-image: url('https://gazette.example/night.jpg'); }",
    ),
    Slip(
        check="button-padding",
        template="styles/email.css",
        old="a.quiet { ",
        new="a.quiet { padding: 10px 20px; background-color: #ffffff; ",
    ),
    Slip(
        check="target-small",
        template="styles/email.css",
        old="a.quiet { ",
        new="a.quiet { width: 12px; height: 12px; ",
    ),
    Slip(
        check="contrast",
        template="styles/email-head.css",
        old=".footer { color: {{ dark.muted }} !important; }",
        new=".footer { color: #444444 !important; }",
        line="#444444",
    ),
    Slip(
        check="unsupported-at-rule",
        template="styles/email-head.css",
        old=":root {",
        new='@font-face { font-family: "Own"; src: url(https://gazette.example/own.woff); }\n:root {',
    ),
    Slip(
        check="link-text-vague",
        template="words/en.toml",
        old='mail_unsubscribe = "Unsubscribe"',
        new='mail_unsubscribe = "Click here"',
    ),
    Slip(
        check="link-text-vague", template="words/en.toml", old='privacy = "Privacy"', new='privacy = "More"'
    ),
)


def findings_with(folder: Path, slip: Slip) -> tuple[list[Finding], str]:
    """What is found of its check where a workspace has a slip in its own copy of a template, and that copy."""
    workspace = workspace_with(folder)
    publisher = Publisher(root=workspace.root)
    of_theme = (theme_folder() / slip.template).read_text(encoding="utf-8")
    assert slip.old in of_theme
    template = of_theme.replace(slip.old or of_theme, slip.new, 1)
    publisher.write(f"templates/{slip.template}", template)
    found = publisher.review().findings
    return [one for one in found if one.check == slip.check], template


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_in_a_template_is_told_at_its_line(slip: Slip, tmp_path: Path) -> None:
    found, template = findings_with(tmp_path, slip)
    lines = template.split("\n")
    told = {(one.path, lines[one.line - 1]) for one in found}
    (line,) = {line for line in lines if (slip.line or slip.new.split("\n")[0]) in line}
    assert told == {(f"templates/{slip.template}", line)}


def test_a_template_that_computes_an_address_takes_no_blame_for_the_one_of_the_article(
    tmp_path: Path,
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    publisher.write(
        ARTICLE, f"{text}\n\nThere is [a letter](/nowhere/nix/), and [a vial](http://museum.org/x/).\n"
    )
    post = (theme_folder() / "blog/post.html").read_text(encoding="utf-8")
    links = '<p><a href="{{ page.join.href }}">a letter</a> <a href="{{ site.home_href }}glass-vials/">a vial</a></p>'
    publisher.write("templates/blog/post.html", post.replace("</article>", f"{links}\n</article>"))
    told = {
        (one.check, one.path, one.line)
        for one in publisher.review().findings
        if one.check in ("link-broken", "address-insecure")
    }
    line = text.count("\n") + 3
    assert told == {("link-broken", ARTICLE, line), ("address-insecure", ARTICLE, line)}


#: a form as somebody writes it, and what may be left out of it, and by which check that is found
FORM = """\
<form class="sign-up" action="{{ page.form.action }}" method="post">
<label>Where to <input type="email" name="email" autocomplete="email"></label>
<div aria-hidden="true"><input name="website" tabindex="-1"></div>
<label><input type="checkbox" name="consent" value="yes"> Yes, send me e-mails. I can end that at any time.</label>
<a href="{{ site.privacy_href }}">Privacy</a>
<button>Send me the letters</button>
</form>
"""
LACKS = (
    ("consent-missing", '<label><input type="checkbox".*?</label>'),
    ("honeypot-missing", '<div aria-hidden="true">.*?</div>'),
    ("privacy-link", "<a .*?</a>"),
    ("form-method", ' method="post"'),
    ("call-missing", "<button>.*?</button>"),
)


@pytest.mark.parametrize(("check", "left_out"), LACKS)
@pytest.mark.parametrize("number", [1, 2])
def test_of_two_forms_the_one_that_lacks_something_is_told(
    number: int, check: str, left_out: str, tmp_path: Path
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    lacking, shipped = re.sub(left_out, "", FORM), "{{ form(page.form, site, words) }}"
    template = (theme_folder() / "landing/index.html").read_text(encoding="utf-8")
    before, _, after = template.replace(shipped, "").partition('<header class="opening">')
    first, second = (lacking, FORM) if number == 1 else (FORM, lacking)
    publisher.write("templates/landing/index.html", f'{before}{first}{second}<header class="opening">{after}')
    told = [(one.path, one.line) for one in publisher.review().findings if one.check == check]
    line = before.count("\n") + 1 + (first.count("\n") if number == 2 else 0)
    assert told == [("templates/landing/index.html", line)]


def test_many_fields_are_told_of_the_form_that_has_them(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    fields = "".join(
        f'<label>{name}<input name="{name}" autocomplete="off"></label>\n' for name in "abcdefgh"
    )
    template = (theme_folder() / "landing/index.html").read_text(encoding="utf-8")
    before, _, after = template.partition('<header class="opening">')
    form = FORM.replace("<button>", f"{fields}<button>")
    publisher.write("templates/landing/index.html", f'{before}{form}<header class="opening">{after}')
    told = [(one.path, one.line) for one in publisher.review().findings if one.check == "fields-many"]
    assert told == [("templates/landing/index.html", before.count("\n") + 1)]


def test_slips_are_in_many_templates() -> None:
    assert len({slip.template for slip in SLIPS}) >= 8


def test_a_copy_of_a_template_takes_no_blame_for_what_the_article_says(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    publisher = Publisher(root=workspace.root)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    publisher.write(ARTICLE, f"{text}\n\nFor more, [click here](https://papers.example.org/there).\n")
    before = publisher.review().findings
    for file in sorted(theme_folder().rglob("*.html")):
        name = file.relative_to(theme_folder()).as_posix()
        publisher.write(f"templates/{name}", file.read_bytes())
    assert publisher.review().findings == before
    vague = [one for one in before if one.check == "link-text-vague"]
    assert {one.path for one in vague} == {ARTICLE}
    assert {one.line for one in vague} == {text.count("\n") + 3}


def test_a_template_that_passes_words_on_takes_no_blame_for_them(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    publisher = Publisher(root=workspace.root)
    publisher.edit(ARTICLE, 'button: "Send me the letters"', 'button: "Submit"')
    button = (theme_folder() / "_parts/page/form.html").read_text(encoding="utf-8")
    publisher.write(
        "templates/_parts/page/form.html", button.replace('class="button"', 'class="button wide"')
    )
    (told,) = [one for one in publisher.review().findings if one.check == "button-vague"]
    lines = (tmp_path / ARTICLE).read_text(encoding="utf-8").split("\n")
    assert (told.path, lines[told.line - 1].strip()) == (ARTICLE, 'button: "Submit"')


def test_two_links_of_the_same_words_are_told_each_where_it_was_written(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    publisher = Publisher(root=workspace.root)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    publisher.write(ARTICLE, f"{text}\n\nFor more, [click here](https://papers.example.org/there).\n")
    post = (theme_folder() / "blog/post.html").read_text(encoding="utf-8")
    publisher.write(
        "templates/blog/post.html",
        post.replace(
            "</article>", '<p><a href="https://papers.example.org/here">click here</a></p>\n</article>'
        ),
    )
    told = {
        (one.path, one.line)
        for one in publisher.review().findings
        if one.check == "link-text-vague" and one.output is Output.POST
    }
    in_template = post[: post.index("</article>")].count("\n") + 1
    assert told == {(ARTICLE, text.count("\n") + 3), ("templates/blog/post.html", in_template)}


def test_without_templates_of_its_own_a_workspace_is_told_the_article(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    button = document('<button class="button">…</button>').find(".//button")
    assert made_from(Theme(workspace.root), ["landing/index.html"], button) is None


def test_a_stylesheet_takes_no_blame_for_how_a_template_styles_its_element(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    for name in ("styles/email.css", "styles/email-head.css"):
        publisher.write(f"templates/{name}", (theme_folder() / name).read_bytes())
    cell, name = '<td class="action">', "newsletter/body.html"
    small = '<p style="font-size: 9px; color: #999999; background-color: #ffffff">Put it aside.</p>'
    before, _, after = (theme_folder() / name).read_text(encoding="utf-8").partition(cell)
    publisher.write(f"templates/{name}", f"{before}{cell}\n{small}{after}")
    told = {
        (one.check, one.path, one.line)
        for one in publisher.review().findings
        if one.check in ("text-small", "contrast")
    }
    line = before.count("\n") + 2
    assert told == {("text-small", f"templates/{name}", line), ("contrast", f"templates/{name}", line)}


@pytest.mark.parametrize(
    ("check", "key", "name", "old", "new"),
    [
        ("button-vague", "button", "button_default", "Sign up", "Submit"),
        ("consent-vague", "consent", "consent_default", "I agree that {site} may e-mail me", "I agree"),
    ],
)
def test_words_that_stand_in_for_a_key_are_told_where_they_stand(
    check: str, key: str, name: str, old: str, new: str, tmp_path: Path
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    article = (tmp_path / ARTICLE).read_text(encoding="utf-8").split("\n")
    publisher.write(ARTICLE, "\n".join(line for line in article if not line.startswith(f"    {key}:")))
    lines = (theme_folder() / "words/en.toml").read_text(encoding="utf-8").split("\n")
    (place,) = [number for number, line in enumerate(lines) if line.startswith(f"{name} =")]
    assert old in lines[place]
    lines[place] = f'{name} = "{new}"'
    publisher.write("templates/words/en.toml", "\n".join(lines))
    (told,) = [one for one in publisher.review().findings if one.check == check]
    assert (told.path, told.line) == ("templates/words/en.toml", place + 1)


def test_words_that_are_empty_are_to_blame_for_the_link_that_nobody_sees(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    publisher.write("templates/words/en.toml", '# Ours\nmail_unsubscribe = ""\n')
    (told,) = [one for one in publisher.review().findings if one.check == "unsubscribe-missing"]
    assert (told.path, told.line) == ("templates/words/en.toml", 2)


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("mail_view_in_browser", "link-empty"),
        ("mail_preferences", "link-empty"),
        ("mail_references", "heading-empty"),
        ("skip", "link-empty"),
        ("feed", "link-empty"),
        ("privacy", "link-empty"),
        ("back_to_text", "link-empty"),
        ("sources", "heading-empty"),
        ("benefits", "heading-empty"),
        ("field_email", "field-unlabelled"),
        ("thanks_title", "heading-empty"),
        ("confirmed_title", "heading-empty"),
        ("not_found_home", "link-empty"),
        ("tag_title", "title-missing"),
        ("tag_text", "description-missing"),
    ],
)
def test_words_that_are_empty_are_told_at_their_line(name: str, check: str, tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    publisher.write("templates/words/en.toml", f'# Ours\nmail_source = ""\n{name} = ""\n')
    told = {(one.check, one.path, one.line) for one in publisher.review().findings}
    assert told == {(check, "templates/words/en.toml", 3)}


def test_words_that_are_empty_are_not_to_blame_for_an_empty_link_of_the_article(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    publisher.write("templates/words/en.toml", 'read_article = ""\n')
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    publisher.write(ARTICLE, f"{text}\n\nAnd [](https://papers.example.org/there) it ends.\n")
    told = {(one.path, one.line) for one in publisher.review().findings if one.check == "link-empty"}
    assert (ARTICLE, text.count("\n") + 3) in told, told


def test_a_page_of_the_site_is_told_at_the_line_of_its_template(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    page = (theme_folder() / "page/404.html").read_text(encoding="utf-8")
    link = '<p class="further"><a href="{{ site.home_href }}">Click here</a></p>\n<p class="further">'
    publisher.write("templates/page/404.html", page.replace('<p class="further">', link, 1))
    (told,) = [one for one in publisher.review().findings if one.check == "link-text-vague"]
    lines = (tmp_path / told.path).read_text(encoding="utf-8").split("\n")
    assert (told.path, "Click here" in lines[told.line - 1]) == ("templates/page/404.html", True)


@pytest.mark.parametrize("words", ["click here", "Click here"])
def test_a_button_is_told_at_its_label_though_the_text_has_a_link_of_these_words(
    words: str, tmp_path: Path
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    publisher.edit(ARTICLE, "newsletter:\n", 'newsletter:\n  cta: {label: "Click here", url: join/}\n')
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    publisher.write(ARTICLE, f"{text}\n\nFor more, [{words}](https://papers.example.org/there).\n")
    told = {one.line for one in publisher.review().findings if one.check == "link-text-vague"}
    lines = f"{text}\n\nFor".split("\n")
    (label,) = [number for number, line in enumerate(lines, start=1) if "cta: {label" in line]
    assert told == {label, len(lines)}


def test_a_rule_of_a_stylesheet_is_told_once_for_texts_of_all_sizes(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    styles = (theme_folder() / "styles/site.css").read_text(encoding="utf-8")
    publisher.write("templates/styles/site.css", f"{styles}\nh1, p {{ color: #b0b0b0; background: #fff; }}\n")
    told = [one for one in publisher.review().findings if one.check == "contrast"]
    light = [one for one in told if "in dark mode" not in one.message]
    assert [one.path for one in light] == ["templates/styles/site.css"], told
    assert "needs 4.5:1" in light[0].message


def test_words_are_told_where_they_stand_though_a_template_of_the_same_workspace_shows_them(
    tmp_path: Path,
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    for name in ("_layouts/email.html", "words/en.toml"):
        publisher.write(f"templates/{name}", (theme_folder() / name).read_bytes())
    publisher.edit("templates/words/en.toml", '"Unsubscribe"', '"Click here"')
    (told,) = [one for one in publisher.review().findings if one.check == "link-text-vague"]
    words = (tmp_path / told.path).read_text(encoding="utf-8").split("\n")
    assert words[told.line - 1] == 'mail_unsubscribe = "Click here"'


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        ("address-insecure", "url: https://", "url: http://"),
        ("source-past-review", "  date: 2025-03-01", "  date: 2025-03-01\n  review_by: 2026-01-01"),
    ],
)
def test_a_fault_of_a_shared_source_is_told_at_its_line(
    check: str, old: str, new: str, tmp_path: Path
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    publisher.edit("sources.yaml", old, new)
    told = {(one.path, one.line) for one in publisher.review().findings if one.check == check}
    lines = (tmp_path / "sources.yaml").read_text(encoding="utf-8").split("\n")
    (line,) = [
        number for number, text in enumerate(lines, start=1) if new.rsplit("\n", maxsplit=1)[-1] in text
    ]
    assert told == {("sources.yaml", line)}


@pytest.mark.parametrize(
    ("check", "declaration", "says"),
    [
        (
            "text-small",
            "font-size: 11px;",
            'what "td.footer p, td.footer a" sets has letters of 11 pixels, smaller than 14',
        ),
        (
            "contrast",
            "color: #bbbbbb;",
            (
                'what "td.footer p, td.footer a" sets has a contrast of 1.8:1 (#bbbbbb on #fbfaf7), and needs 4.5:1,'
                " or 3:1 where all of it is large"
            ),
        ),
    ],
)
def test_a_rule_of_a_mail_s_stylesheet_is_told_once_for_all_that_it_sets(
    check: str, declaration: str, says: str, tmp_path: Path
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    styles = (theme_folder() / "styles/email.css").read_text(encoding="utf-8")
    publisher.write(
        "templates/styles/email.css", f"{styles}\ntd.footer p,\ntd.footer a {{\n  {declaration}\n}}\n"
    )
    (told,) = [one for one in publisher.review().findings if one.check == check]
    assert (told.path, told.line, told.message) == (
        "templates/styles/email.css",
        styles.count("\n") + 4,
        says,
    )


def test_a_text_that_is_told_is_quoted_as_far_as_it_is_known_by(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    body = (theme_folder() / "newsletter/body.html").read_text(encoding="utf-8")
    words = "Put it aside where nobody reads it, and think of it again when somebody asks you what it was that it said"
    small = f'<p style="font-size: 9px">{words}.</p>'
    publisher.write(
        "templates/newsletter/body.html",
        body.replace('<td class="action">', f'<td class="action">\n{small}'),
    )
    (told,) = [one for one in publisher.review().findings if one.check == "text-small"]
    assert told.message == f'"{words[:79]}…" has letters of 9 pixels, smaller than 14'
    assert told.hint == "Set its font-size to 14 pixels or more"


def test_a_preheader_that_is_how_the_article_begins_is_told_there(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    lines = (tmp_path / ARTICLE).read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.lstrip().startswith(("preheader:", "description:"))]
    publisher.write(ARTICLE, "\n".join(kept))
    publisher.edit(ARTICLE, '| default("reader") }},', '| default("reader") }}, look!!!')
    told = [one for one in publisher.review().findings if "the preheader" in one.message]
    (greeting,) = [number for number, line in enumerate(kept, start=1) if line.startswith("Dear {{")]
    assert {one.check for one in told} == {"preheader-length", "subject-punctuation"}
    assert {(one.path, one.line) for one in told} == {(ARTICLE, greeting)}


@pytest.mark.parametrize(
    ("check", "before", "after"),
    [
        ("subject-fake-reply", "RE: ", ""),
        ("subject-capitals", "OUR NEW LETTER: ", ""),
        ("subject-punctuation", "", " Dear reader,!!"),
        ("subject-length", "Dear reader, here is our letter of this week. ", ""),
        ("spam-phrases", "", " Act now"),
    ],
)
def test_what_a_template_adds_to_the_subject_line_is_told_at_its_line(
    check: str, before: str, after: str, tmp_path: Path
) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    publisher.write(
        "templates/newsletter/subject.txt", f"{{# Ours #}}\n{before}{{{{ page.subject }}}}{after}\n"
    )
    told = {(one.check, one.path, one.line) for one in publisher.review().findings}
    assert told == {(check, "templates/newsletter/subject.txt", 2)}


def test_a_template_of_the_subject_line_takes_no_blame_for_what_it_passes_on(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    publisher.write("templates/newsletter/subject.txt", "Glass: {{ page.subject }}\n")
    publisher.edit(ARTICLE, 'subject: "What does your vial tell you?"', 'subject: "Look at your vials!!"')
    (told,) = [one for one in publisher.review().findings if one.check == "subject-punctuation"]
    lines = (tmp_path / ARTICLE).read_text(encoding="utf-8").split("\n")
    assert (told.path, lines[told.line - 1].strip()) == (ARTICLE, 'subject: "Look at your vials!!"')
