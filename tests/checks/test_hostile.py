"""Checks end within seconds, whatever a page, a mail or an article holds.

Each of these took many times as long, or had no end, before what looks at it was mended.
"""

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from lxml.html import fragment_fromstring

from campaigner.checks.article_lines import line_in
from campaigner.checks.check import Example
from campaigner.checks.lookalikes import legible, names_in
from campaigner.checks.lost_links import lost_links_in
from campaigner.checks.own_templates import MOST, tags_around, without_expressions
from campaigner.checks.pieces import may_become
from campaigner.checks.policy.policy_term import SITE
from campaigner.checks.prose import lines_of, readable, sentences_of
from campaigner.checks.standing import standing_in
from campaigner.errors import ContentError, TemplateFault
from campaigner.model.sentences import sentences
from campaigner.render.theme import Theme
from campaigner.resources import theme_folder
from checks.seeded import told_in

MANY = 300_000
#: seconds of the processor, which no other program takes away
PATIENCE = 5.0


@pytest.fixture(autouse=True)
def guard() -> Iterator[None]:
    """Stop a test that is too slow, also one without an end."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"that takes more than {PATIENCE} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000,
        "<!-- " * MANY,
        "<a><!-- -->" * MANY,
        f"<style>{'@font-face{ ' * MANY}</style>",
        "".join(f'<p style="background: url({number}.png)">a</p>' for number in range(50_000)),
        "<a href=/x><div>" * 120 + "word " * MANY,
        "<table><tr><td>x<td>y<tr><td>" * 60 + "word " * MANY,
        "<div aria-hidden=true>" * 200 + "<button>x</button>" * 9_000,
        "\ud800" * MANY,
    ],
    ids=[
        *("elements in elements", "comments", "links", "fonts", "grounds", "links in links"),
        *("tables in tables", "hidden in hidden", "halves of characters"),
    ],
)
def test_a_mail_that_is_far_too_large_is_told_as_such(text: str, tmp_path: Path) -> None:
    assert "mail-clipped" in {check for check, *_ in told_in(tmp_path, Example(of="mail", text=text))}


@pytest.mark.parametrize(
    "text",
    [
        "<i id=a></i>" * 800_000,
        "<p>" * 3_000_000,
        "".join(f'<a href="https://glass.example/{number}">x</a>' for number in range(400_000)),
        "word " * 2_000_000,
    ],
    ids=["ids", "paragraphs", "links", "words"],
)
def test_a_page_that_is_far_too_large_is_told_as_such_and_of_it_nothing_else(
    text: str, tmp_path: Path
) -> None:
    assert {check for check, *_ in told_in(tmp_path, Example(of="page", text=text))} == {"page-large"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("".join(f"<br id=a{number // 2}>" for number in range(90_000)), "id-duplicate"),
        ("<div aria-hidden=true>" * 200 + "<button>x</button>" * 40_000, "hidden-control"),
        ("<h1><div>" * 120 + "a " * 900_000, "heading-one"),
        ("<h1>x</h1>" + "<a href=/><div>" * 120 + "a " * 900_000, "heading-one"),
        (f"<h1 {' '.join(f'a{n}=1' for n in range(150_000))}>x</h1><h1>x</h1>", "heading-one"),
        ("<h1>x</h1>" + "<figure><figcaption>x</figcaption>" * 200 + "<img alt=y>" * 90_000, "heading-one"),
        (
            "<h1>x</h1><i id=a></i>"
            + "".join(f"<b id=b{n}></b><i aria-controls=a></i>" for n in range(24_000)),
            "heading-one",
        ),
        (
            "".join(f"<input name=a{n} type=email><label for=b{n}>x</label>" for n in range(30_000)),
            "field-unlabelled",
        ),
        (
            "<style>"
            + "".join(f".b{number} i{{color: red}} " for number in range(10_000))
            + f'</style><div class="{" ".join(f"b{number}" for number in range(10_000))}">'
            + "<h1>x</h1>"
            + "".join(f'<p class=c{number} style="color: red"><i>x</i>' for number in range(15_000)),
            "heading-one",
        ),
    ],
    ids=[
        *("ids in pairs", "hidden in hidden", "headings in headings", "links in links"),
        "attributes",
        *("pictures in figures", "references", "fields", "styles"),
    ],
)
def test_checks_of_a_large_page_end(text: str, told: str, tmp_path: Path) -> None:
    example = Example(of="page", text=f"{text}</form>", instead_of="</form>")
    assert told in {check for check, *_ in told_in(tmp_path, example)}


@pytest.mark.parametrize(
    "text",
    ["." * MANY, '."' * MANY, ("." + '"' * 5_000 + "x") * 100, "e.g. " * MANY, "3. " * MANY, "。」" * MANY],
    ids=["full stops", "quotes", "quotes in a row", "abbreviations", "ordinals", "brackets"],
)
def test_the_sentences_of_any_text_are_found(text: str) -> None:
    assert all(start < end for start, end in sentences(text))


@pytest.mark.parametrize(
    "sign", ["![](", "](", "<a\n", "{.", "{{", "`a\n", "[@a", "<!--", "\n", "- a\n", ":::\n"]
)
def test_the_prose_of_any_article_is_found(sign: str) -> None:
    text = sign * MANY
    assert len(readable(text)) == len(text)
    assert sum(1 for _ in lines_of(text)) == text.count("\n") + 1
    assert all(sentence.start < sentence.end for sentence in sentences_of(text))


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (Example(of="mail", text='<a href="https://[[glass/join/">This</a>'), set()),
        (
            Example(
                of="page",
                text='<link rel="canonical" href="https://[[glass">',
                instead_of=r'<link rel="canonical"[^>]*>',
            ),
            {"canonical"},
        ),
        (
            Example(
                of="page",
                text='<input type="hidden" name="_next" value="https://[[glass/"></form>',
                instead_of="</form>",
            ),
            {"thanks-elsewhere"},
        ),
    ],
    ids=["link", "canonical", "thanks"],
)
def test_an_address_that_is_none_stops_no_check(example: Example, told: set[str], tmp_path: Path) -> None:
    assert told <= {check for check, *_ in told_in(tmp_path, example)}


@pytest.mark.parametrize(
    "text",
    [f"<p>{'<b>Bold</b>' * 45_000}", "<i aria-labelledby=page-title></i>" * 45_000],
    ids=["bold words", "references"],
)
def test_checks_of_a_large_blog_post_end(text: str, tmp_path: Path) -> None:
    example = Example(of="post", text=f"<h1>x</h1>{text}")
    assert "heading-one" in {check for check, *_ in told_in(tmp_path, example)}


def test_checks_of_an_article_of_many_lines_end(tmp_path: Path) -> None:
    text = Example(of="article", text="\n\n" + "a b.\n" * MANY)
    assert "mail-clipped" in {check for check, *_ in told_in(tmp_path, text)}


@pytest.mark.parametrize(
    "text",
    [
        "A glass vial of words. " * 80_000,
        "A gl*ss v*al of w*rds. " * 80_000,
        "glassarglassarglasso " * 90_000,
    ],
    ids=["words", "veiled words", "words alike"],
)
def test_the_names_of_a_large_pack_are_looked_for_in_one_pass(text: str) -> None:
    names = [f"glass{'aeiou'[n % 5]}{'bcdf'[n % 4]}{n}" for n in range(10_000)]
    assert not [*names_in(legible(text), names)]


def test_the_words_of_a_large_pack_are_looked_for_in_one_pass() -> None:
    words = tuple(f"a glass vial {n}" for n in range(10_000))
    assert standing_in("a glass vial of words. " * 80_000, (*words, "vial of")) == {"vial of"}


def test_the_names_of_a_large_pack_may_all_stand_there() -> None:
    names = [f"Botox{n:05}x" for n in range(10_000)]
    found = names_in(legible(" and ".join(names) * 9), names)
    assert sum(1 for _ in found) == 90_000


@pytest.mark.parametrize(
    ("rules", "check"),
    [
        ("[[terms]]\nterms", "policy-term"),
        ("[[terms]]\nwhole_words = true\nterms", "policy-term"),
        ("[[wordings]]\nwords", "policy-wording"),
    ],
    ids=["names", "whole names", "wordings"],
)
def test_all_terms_of_a_large_pack_may_stand_in_an_article(rules: str, check: str, tmp_path: Path) -> None:
    phrases = [f"glass vial number {n:05}" for n in range(10_000)]
    about = 'rule = "Ours"\nurl = "https://glass.example/rule"\nreason = "They must not stand"\n'
    block, key = rules.rsplit("\n", 1)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "ours.toml").write_text(
        f'name = "Ours"\nabout = "Ours."\n{block}\n{about}{key} = {json.dumps(phrases)}\n', encoding="utf-8"
    )
    paragraphs = (". ".join(phrases[start : start + 20]) for start in range(0, 10_000, 20))
    settings = Example(of="settings", text=f'{SITE}\n[check]\npolicies = ["ours"]\n')
    text = Example(of="article", text="\n\n" + ".\n\n".join(paragraphs) + ".\n")
    assert check in {found for found, *_ in told_in(tmp_path, settings, text)}


def test_of_a_refused_name_that_stands_everywhere_not_all_places_are_told() -> None:
    assert len([*names_in(legible("Botox " * MANY), ["Botox"])]) == 1_000


@pytest.mark.parametrize(
    "css",
    [
        f"{':is(p, :is(a, b))' * 5_000} {{ color: #ccc }}",
        "p { && { " * 15 + "color: #ccc" + "}}" * 15,
        "p, a { &, & & { " * 15 + "color: #ccc" + "}}" * 15,
        "p { --a: var(--b) var(--b); --b: var(--c) var(--c); --c: var(--a) var(--a); color: var(--a) }",
        f"p {{ color: {'var(--a, ' * 30}#ccc{')' * 30} }}",
        f"p {{ color: {'var(--a, () ' * 10_000} }}",
        f"p {{ font-size: {'1.' * 50_000} }}",
        "".join(f".a{number} p {{ color: #ccc }}" for number in range(5_000)),
        "i " * 50_000 + "{ color: #ccc }",
    ],
    ids=[
        *("alternatives", "rules in rules", "lists in lists", "variables in a ring", "fallbacks"),
        *("open fallbacks", "numbers", "rules", "steps"),
    ],
)
def test_any_stylesheet_of_pages_is_read(css: str, tmp_path: Path) -> None:
    told_in(tmp_path, Example(of="page styles", text=css))


def write_mail_template(folder: Path, html: str) -> None:
    """Write a workspace's own template of its mail: that of the theme, with HTML before the title."""
    template = folder / "templates" / "newsletter" / "body.html"
    of_theme = (theme_folder() / "newsletter" / "body.html").read_text(encoding="utf-8")
    template.parent.mkdir(parents=True)
    template.write_text(of_theme.replace('<h1 class="title">', f'{html}<h1 class="title">'), encoding="utf-8")


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">x</p>", "more than 1,000 attributes"),
        ("<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">x</p>", "more than 1,000 attributes"),
        ("<p " + " ".join(f"a{n}" for n in range(100_000)), "more than 1,000 attributes"),
        ('<p>word <a href="https://example.org/x">link it</a></p>' * 180_000, "more than the 3,145,728"),
        ("<table><tr><td>" * 20_000, "more than 200 elements in each other"),
    ],
    ids=["attributes", "attributes with brackets", "attributes without an end", "links", "tables"],
)
def test_a_template_of_the_mail_that_makes_too_much_is_a_fault(html: str, told: str, tmp_path: Path) -> None:
    write_mail_template(tmp_path, html)
    with pytest.raises(TemplateFault, match=f"templates/newsletter/body.html:1:1: .*{told}"):
        told_in(tmp_path, Example(of="article", text=""))


@pytest.mark.parametrize("html", ["<style>" * 60_000, "<style " * 60_000], ids=["elements", "tags"])
def test_a_template_of_the_mail_that_ends_no_style_is_a_fault(html: str, tmp_path: Path) -> None:
    write_mail_template(tmp_path, html)
    with pytest.raises(TemplateFault, match="a style element of a mail must be marked"):
        told_in(tmp_path, Example(of="article", text=""))


@pytest.mark.parametrize(
    "expression",
    ["'x' * 10 ** 9", "10 ** 9 * 'x'", "[0] * 10 ** 9", "10 ** (10 ** 9)", "words('mail_links') * 10 ** 9"],
)
def test_a_template_that_repeats_without_measure_is_a_fault_at_its_line(
    expression: str, tmp_path: Path
) -> None:
    write_mail_template(tmp_path, f"{{{{ {expression} }}}}")
    with pytest.raises(
        TemplateFault, match=r"body\.html:11:1: the template makes more than there is room for"
    ):
        told_in(tmp_path, Example(of="article", text=""))


@pytest.mark.parametrize(
    "text",
    [
        *("a\n\n" * 660_000, "- a\n" * 490_000, "## a\n\n" * 330_000, "[a](b)\n\n" * 240_000),
        *("[@a]\n\n" * 330_000, "*a*\n\n" * 390_000, "| a | b |\n| - | - |\n" + "| a | b |\n" * 190_000),
        *(
            "a\n" * 990_000,
            "a  \n" * 490_000,
            "> a\n\n" * 390_000,
            ("> " * 50 + "a\n\n") * 18_000,
            "::: note\na\n:::\n\n" * 19_000,
        ),
        *(("*a* " * 10_000 + "\n\n") * 49, ("[" * 199 + "\n\n") * 9_900, ("[a](" * 199 + "\n\n") * 2_400),
    ],
    ids=[
        *("paragraphs", "items", "headings", "links", "citations", "emphasis", "rows", "lines", "breaks"),
        *("quotations", "quotations in quotations", "blocks", "markup", "brackets", "addresses"),
    ],
)
def test_an_article_of_countless_small_things_is_told_what_it_has_too_many_of(
    text: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentError, match=r"article.md:\d+:\d+: .*(?:more than [\d,]+ |too long).*Split"):
        told_in(tmp_path, Example(of="article", text=f"\n\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        *("a\n\n" * 19_000, "- a\n" * 19_000, "[a](https://glass.example)\n\n" * 9_000),
        *("| a | b |\n| - | - |\n" + "| a | b |\n" * 18_000, "a\n" * 390_000),
        "::: note\nA word.\n:::\n\n" * 499 + f"{'word ' * 19}\n\n" * 17_000,
        "\n".join(["| 5 % |" + " a |" * 9_000, "|" + " - |" * 9_001, "|" + " 5 % of people |" * 9_001]),
    ],
    ids=["paragraphs", "items", "links", "rows", "lines", "blocks", "cells in a row"],
)
def test_an_article_of_as_many_small_things_as_there_may_be_is_judged(text: str, tmp_path: Path) -> None:
    assert told_in(tmp_path, Example(of="article", text=f"\n\n{text}"))


def test_an_article_that_makes_the_mail_too_large_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"article.md:1:1: the mail has .* newsletter: \{body: excerpt\}"):
        told_in(tmp_path, Example(of="article", text="\n\n" + ("& " * 500 + "\n\n") * 1_300))


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("".join(f'<p aria-labelledby="j{n}">x</p>' for n in range(50_000)), "id-reference"),
        ("".join(f'<p {{{{ "" }}}} aria-labelledby="j{n}">x</p>' for n in range(20_000)), "id-reference"),
        ('<a href="https://example.org/"></a>' * 20_000, "link-empty"),
    ],
    ids=["references", "computed references", "empty links"],
)
def test_what_stands_often_in_a_template_is_told_at_its_lines(html: str, told: str, tmp_path: Path) -> None:
    write_mail_template(tmp_path, html)
    found = {(check, line) for check, line, _ in told_in(tmp_path, Example(of="article", text=""))}
    assert any(check == told and html[:50] in line for check, line in found)


def test_the_line_of_a_row_of_underscores_is_looked_for_once() -> None:
    words = fragment_fromstring(f"<a href=/nowhere/>{'_ ' * 12}end</a>")
    assert line_in(f"{'_ ' * 5_000}\n\nAn end", words, is_wording=True) == 3


@pytest.mark.parametrize(
    "text",
    [
        f"[a]:{' ' * 40_000}\n\n",
        f"[a]:{' ' * 40_000}\n{' ' * 40_000}<",
        f"<a {'href=x ' * 40_000}",
        f"<a {'href= ' * 40_000}",
    ],
    ids=["blanks", "blanks on two lines", "addresses", "no addresses"],
)
def test_the_lost_links_of_any_article_are_found(text: str) -> None:
    (link,) = lost_links_in(f"{text}\n\n[Go](vbscript:x)\n")
    assert link.scheme == "vbscript"


@pytest.mark.parametrize("sign", ["<!--", "{{", "{%", "{#", "{{ {% {# <!-- "])
def test_what_begins_in_a_template_and_has_no_end_is_looked_for_once(sign: str) -> None:
    assert without_expressions(sign * 200_000) == sign * 200_000


@pytest.mark.parametrize("end", ["zz", "zz</p>"])
def test_the_tags_of_a_template_are_gone_through_once(end: str, tmp_path: Path) -> None:
    template = tmp_path / "templates" / "blog" / "post.html"
    template.parent.mkdir(parents=True)
    template.write_text("<p>zz" * 190_000 + "<p>" * 10_000 + end)
    theme = Theme(workspace=tmp_path)
    found = [*tags_around(theme, ["blog/post.html"], re.compile("zz"))]
    assert len(found) == MOST


def test_words_with_many_blanks_are_held_against_a_text_once() -> None:
    assert not may_become(["a"] * 40 + ["b"], "a" * 5_000)
