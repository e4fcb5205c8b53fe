"""Seeded faults of accessibility, and what is nearly one."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.examples import found_in
from checks.seeded import (
    Fault,
    article,
    assert_clean,
    assert_found,
    in_article,
    in_front_matter,
    in_html,
    in_styles,
    mail,
    named,
    page,
    styles,
    told_in,
)

FAULTS = (
    in_html("language-missing", "page", '<html lang="" dir="ltr">', "<html [^>]*>"),
    in_html("language-missing", "page", '<html lang="english language" dir="ltr">', "<html [^>]*>"),
    in_html("language-missing", "page", '<html lang="en_GB">', "<html [^>]*>"),
    in_html("language-missing", "mail", '<html dir="ltr">', "<html [^>]*>"),
    in_html(
        "language-missing",
        "mail",
        '<div class="paper" dir="ltr"',
        '<div class="paper" lang="en-GB" dir="ltr"',
    ),
    in_html("direction-wrong", "page", '<p lang="he" dir="ltr">זכוכית</p>'),
    in_html("direction-wrong", "page", '<html lang="ar"', '<html lang="en-GB" dir="ltr"'),
    in_html("direction-wrong", "mail", '<p lang="de" dir="rtl">Ampulle</p>'),
    in_html("title-missing", "page", "<title> </title>", "<title>[^<]*</title>"),
    in_html("title-missing", "thanks", "", "<title>[^<]*</title>"),
    in_html("heading-one", "page", "<h2>Letters</h2>", "<h1>[^<]*</h1>"),
    in_html("heading-one", "mail", "<h1>More</h1>"),
    in_html("heading-one", "thanks", "<h1>Wir freuen uns</h1>"),
    in_article("heading-order", "#### The cap\n\nIt is red.", "#### The cap"),
    in_article("heading-order", "##### Der Stopfen\n\nEr ist grau.", "##### Der Stopfen"),
    in_article("heading-order", "### The cap\n\nIt is red.\n\n##### Its rim\n\nIt is thin.", "##### Its rim"),
    in_html("heading-order", "mail", "<h4>The cap</h4>"),
    # one that makes all others a level lower is to blame, and not those
    in_article("heading-order", "# The cap\n\nIt is red.", "# The cap"),
    in_article("heading-order", "# The *red* cap & all #\n\n### Its rim\n\nIt is thin.", "# The *red* cap"),
    in_article("heading-order", "Der Deckel\n==========\n\nEr ist rot.", "Der Deckel"),
    in_article("heading-order", "#Deckel\n\nEr ist rot.", "#Deckel"),
    in_article("heading-order", "<h1>The cap</h1>\n\nIt is red.", "<h1>The cap"),
    in_html("heading-empty", "page", "<h2>&nbsp;</h2>"),
    in_html("heading-empty", "mail", '<h3><img src="rule.png" alt="" width="24" height="24"></h3>'),
    in_html("heading-empty", "page", "<h2><span></span></h2>"),
    in_article("heading-fake", "**Look at the cap**\n\nIt is red.", "**Look at the cap**"),
    in_article("heading-fake", "**Der Stopfen**\n\n- grau\n- weich", "**Der Stopfen**"),
    in_article("heading-fake", "__What else there is__\n\nIt is red.", "__What else there is__"),
    in_html("alt-missing", "page", '<img src="cap.png" width="300" height="200">'),
    in_html("alt-missing", "mail", '<img src="cap.png" width="300" height="200">'),
    in_html("alt-missing", "page", '<a href="../"><img src="cap.png" width="300" height="200"></a>'),
    in_article("alt-file-name", "![IMG_4711.jpg](vials.png)", "IMG_4711"),
    in_article("alt-file-name", "![DSC 0042](vials.png)", "DSC 0042"),
    in_article("alt-file-name", "![Bildschirmfoto 2026-11-02](vials.png)", "Bildschirmfoto"),
    in_article("alt-file-name", "![Photo](vials.png)", "![Photo]"),
    in_front_matter("alt-file-name", "image_alt: vials final (2).png", "image_alt"),
    in_article("alt-says-image", "![Picture of a red cap](vials.png)", "Picture of"),
    in_article("alt-says-image", "![An image showing a red cap](vials.png)", "An image showing"),
    in_article("alt-says-image", "![Bild von einer roten Kappe](vials.png)", "Bild von"),
    in_article("alt-says-image", "![Foto: eine rote Kappe](vials.png)", "Foto:"),
    in_front_matter("alt-says-image", "image_alt: Das Bild einer Ampulle", "image_alt"),
    in_front_matter("alt-repeats-caption", "image_caption: four  vials in a row.", "image"),
    in_article("alt-repeats-caption", '![A red cap](vials.png "A red cap")'),
    in_html(
        "alt-repeats-caption",
        "page",
        '<figure><img src="c.png" alt="A cap" width="99" height="99"><figcaption>A cap</figcaption></figure>',
    ),
    in_html("link-empty", "page", '<a href="../"></a>'),
    in_html("link-empty", "page", '<a href="../"><img src="cap.png" alt="" width="300" height="200"></a>'),
    in_html("link-empty", "mail", '<a href="https://glass-letter.example/tags/glass/"> &nbsp; </a>'),
    in_article("link-text-vague", "To write to us, [click here](/privacy/)."),
    in_article("link-text-vague", "What we keep: [here](/privacy/)."),
    in_article("link-text-vague", "What we keep. [Read more…](/privacy/)"),
    in_article("link-text-vague", "What we keep. [Learn more »](/privacy/)"),
    in_article("link-text-vague", "Was wir speichern, steht [hier](/privacy/)."),
    in_article("link-text-vague", "Was wir speichern: [Mehr erfahren](/privacy/)"),
    in_article("link-text-vague", "Was wir speichern. [Bitte hier klicken!](/privacy/)"),
    in_article(
        "link-text-ambiguous",
        "See [the register](https://a.glass-letter.example/).\n\nSee [the register](https://b.glass-letter.example/).",
    ),
    in_article("link-text-ambiguous", "See [Our first page](/glass-vials/join/)."),
    in_html(
        "link-text-ambiguous",
        "page",
        '<a href="../../tags/glass/">Zum Register</a><a href="../../">Zum Register</a>',
    ),
    in_html("button-empty", "page", '<button type="button"><span class="icon"></span></button>'),
    in_html("button-empty", "page", '<input type="button" value=" ">'),
    in_html("button-empty", "page", '<input type="image" src="go.png">'),
    in_html(
        "contrast",
        "mail",
        '<p style="color:#999; background-color:#fff; background-image:url(a.png)">A breath of text</p>',
    ),
    in_html("contrast", "mail", '<p style="color:#aaaaaa">Until Friday</p>'),
    in_html("contrast", "mail", '<p><font color="999999">Until Friday</font></p>'),
    in_html(
        "contrast",
        "mail",
        '<table role="presentation"><tr><td bgcolor="#1c1b19"><p>Dark on dark</p></td></tr></table>',
    ),
    in_html("contrast", "mail", '<p style="color:#999999; color:rgba(0,0,0,.3)">A breath of text</p>'),
    in_html(
        "contrast",
        "mail",
        '<p style="background-color:#ffffff"><span style="color:silver">Until Friday</span></p>',
    ),
    in_html("contrast", "mail", '<h2 style="font-size:25px; color:#aaaaaa">Large, and still pale</h2>'),
    in_html(
        "contrast",
        "mail",
        '<div style="background-color:#ffffff; color:#111111"><p class="quiet">In the dark</p></div>',
    ),
    in_html("contrast", "page", '<p style="color:#aaaaaa">Until Friday</p>'),
    in_html("contrast", "page", '<p style="background:#ffffff">In the dark</p>'),
    in_html(
        "contrast",
        "page",
        '<a class="button" href="#page-form" style="color:#ffffff">On a ground of the stylesheet</a>',
        line="button:",
    ),
    in_styles("contrast", ".standfirst { color: #bbb; }"),
    in_styles("contrast", ".standfirst {\n  margin: 0;\n  color: silver;\n}"),
    in_styles("contrast", ":is(.byline, .standfirst) { color: var(--unheard-of, #aaa); }"),
    in_styles("contrast", ".first .standfirst { --quiet: var(--pale); --pale: #bbb; color: var(--quiet); }"),
    in_styles("contrast", ".standfirst { color: #eeee; background: #fff }"),
    in_styles("contrast", "#page-form label { color: rgb(0 0 0 / 30%); }"),
    in_styles(
        "contrast", "@media (prefers-color-scheme: dark) {\n.standfirst { color: #333; }\n}", line=".stand"
    ),
    in_styles(
        "contrast", "@media (prefers-color-scheme: light) {\n.standfirst { color: #ccc; }\n}", line=".stand"
    ),
    in_styles("contrast", ".landing { .standfirst { color: #bbb; } }", line=".landing {"),
    in_styles("contrast", "  --muted: #cccccc;", r"  --muted: [^\n]*;", line="{"),
    in_styles(
        "contrast",
        "  background: #777;\n  color: #fff;",
        r"  background: var\(--accent\);\n  color: var\(--on-accent\);",
        line=".button {",
    ),
    in_styles("contrast", '[type="email"] + p, form p, form label { color: #999; }'),
    in_styles("text-small", ".standfirst { font-size: .6rem; }"),
    in_styles("text-small", ".standfirst { font: 11px/1.5 var(--sans); }"),
    in_styles("text-small", "html { font-size: 62.5%; }\nbody { font-size: 1rem; }", line="{"),
    in_styles("text-small", "  --tiny: clamp(.5rem, 2vw, 1rem);", r"  --tiny: [^\n]*;", line="{"),
    in_html("text-small", "page", '<p style="font-size:10px">All prices with tax</p>'),
    in_html("text-small", "mail", '<p style="font-size:10pt">Offer ends on Friday</p>'),
    in_html("text-small", "mail", '<p style="font:italic 12px/16px Georgia">Offer ends on Friday</p>'),
    in_html(
        "text-small",
        "mail",
        '<p style="font-size:16px">Read <span style="font-size:75%">the small print</span></p>',
    ),
    in_html("text-small", "mail", "<p><small>All prices with tax</small></p>"),
    in_html(
        "text-moving",
        "mail",
        "<marquee>Look through the neck first.</marquee>",
        line="Look through the neck first.",
    ),
    in_html("text-moving", "page", "<blink>Only today</blink>"),
    in_html("text-moving", "page", '<video src="opening-film.mp4" autoplay muted></video>'),
    in_html("text-moving", "mail", "<marquee>Only today</marquee>"),
    in_html("zoom-forbidden", "page", "initial-scale=1, maximum-scale=1.0", "initial-scale=1"),
    in_html("zoom-forbidden", "page", "initial-scale=1,USER-SCALABLE = NO", "initial-scale=1"),
    in_html("zoom-forbidden", "mail", "initial-scale=1, user-scalable=0", "initial-scale=1"),
    in_styles(
        "target-small",
        "a { display: inline-block; block-size: 1rem; }",
        r"a \{ display: inline-block; padding-block: .4rem; \}",
    ),
    in_html(
        "target-small",
        "mail",
        '<a href="https://s.glass-letter.example/"><img src="s.png" alt="Us" width="20" height="32"></a>',
    ),
    in_html(
        "target-small", "page", '<a href="../"><img src="home.png" alt="Home" width="16" height="16"></a>'
    ),
    in_html("target-small", "page", '<button type="button" style="width:18px;height:18px">x</button>'),
    in_article(
        "table-headers",
        "<table><tr><td>Borosilicate</td><td>Price</td></tr><tr><td>Clear</td><td>2</td></tr></table>",
        "<table>",
    ),
    in_html(
        "table-headers", "page", "<table><tr><th></th><th></th></tr><tr><td>Clear</td><td>2</td></tr></table>"
    ),
    in_article("table-headers", "|  |  |\n| --- | --- |\n| Clear | 2 |", line="|  |  |"),
    in_html("field-unlabelled", "page", '<input type="text" name="q" placeholder="Search">'),
    in_html("field-unlabelled", "page", '<label for="other">Search</label><input id="q" name="q">'),
    in_html("field-unlabelled", "page", '<label for="q"></label><select id="q" name="q"></select>'),
    in_html("field-unlabelled", "page", '<textarea name="more"></textarea>'),
    in_html("field-autocomplete", "page", '<label>Rufnummer <input type="tel" name="t"></label>'),
    in_html("field-autocomplete", "page", '<label>Vorname <input name="vorname"></label>'),
    in_html("field-autocomplete", "page", '<label>Post code <input name="post_code"></label>'),
    in_html("frame-untitled", "page", '<iframe src="https://maps.glass-letter.example/"></iframe>'),
    in_html("frame-untitled", "page", '<iframe src="https://maps.glass-letter.example/" title=" "></iframe>'),
    in_html("hidden-control", "page", '<div aria-hidden="true"><button type="button">Close</button></div>'),
    in_html("hidden-control", "page", '<a aria-hidden="true" href="../">Home</a>'),
    in_html(
        "hidden-control", "page", '<div aria-hidden="true"><label>Hutweite <input name="x"></label></div>'
    ),
    in_html("tabindex-positive", "page", '<a href="../" tabindex="1">Home</a>'),
    in_html("tabindex-positive", "page", '<p tabindex="12">Home</p>'),
    in_html("tabindex-positive", "mail", '<p tabindex="2">Home</p>'),
    in_html("id-duplicate", "page", '<p id="page-main">Main again</p>'),
    in_html("id-duplicate", "page", '<p id="a">One</p><p id="a">Two</p><p id="a">Three</p>'),
    in_html("id-duplicate", "mail", '<p id="a">One</p><p id="a">Two</p>'),
    in_html("id-reference", "page", '<p aria-describedby="help-me">Rufnummer</p>'),
    in_html("id-reference", "page", '<section aria-labelledby="page-call page-cal">Rufnummer</section>'),
    in_html("id-reference", "page", '<button type="button" aria-controls="menu">Menu</button>'),
)

NEARLY = (
    page('<html lang="zh-Hant-TW">', instead_of="<html [^>]*>"),
    page('<p lang="he" dir="rtl">זכוכית</p>'),
    page('<p dir="auto">Whatever it is</p>'),
    page("<h2>Another</h2><h3>Part</h3><h2>And back</h2>"),
    article("### The cap\n\nIt is red.\n\n## The box\n\nIt is grey."),
    article("**It is red, and it is round.**\n\nIt is red."),
    article("**Note** that it is red.\n\nIt is red."),
    article("![](vials.png){.decorative}"),
    article("![Imagery in glass: a vial that was blown by hand](vials.png)"),
    article("![Bildhauerei aus Glas](vials.png)"),
    article("![Picturesque hills behind a glass works](vials.png)"),
    Example(of="article", text='\n\n![A red cap](vials.png "The cap that came first")'),
    article("Read [what is in here](/privacy/) and [more about hiera](/glass-vials/)."),
    article("Lies [hier, was wir speichern](/privacy/)."),
    article("See [our first page](/#latest) again."),
    page('<a href="../../privacy/" aria-label="Read more about your address">Read more</a>'),
    page('<a id="place"></a>'),
    page('<a href="../"><img src="home.png" alt="Home" width="300" height="200"></a>'),
    page('<a href="../"><svg width="24" height="24"><title>Home</title></svg></a>'),
    page('<button type="button" title="Close"><span></span></button>'),
    page('<button type="button"><img src="x.png" alt="Close" width="24" height="24"></button>'),
    mail('<p style="color:#aaaaaa; display:none">Nobody sees this</p>'),
    mail(
        '<p style="color:#5f5e5b; background:#ffffff url(https://glass-letter.example/b.png)">On glass</p>',
    ),
    mail('<p class="article" style="color:#1c1b19; background-color:transparent">As it was</p>'),
    mail('<h2 style="font-size:24px; color:#757575; background:#fff">Large enough</h2>'),
    mail(
        '<table role="presentation"><tr><td style="background:#0f5257; color:#fbfaf7">Yes</td></tr></table>',
    ),
    mail('<p style="font-size:10.5pt">Just large enough</p>'),
    mail("<p>A mark<sup>1</sup> and H<sub>2</sub>O</p>"),
    mail('<p style="font-size:1px">&nbsp;</p><p style="font-size:0">hidden</p>'),
    page('<p style="color:#333333; background:#ffffff">Both are said</p>'),
    page(
        '<a class="button" href="#page-form" style="color:var(--paper)">On a ground of the stylesheet</a>',
    ),
    styles(".standfirst { color: #595959; background: #fff; } .standfirst a { color: #004080; }"),
    styles(".standfirst:hover { color: #ccc; }"),
    styles("@media print { .standfirst { color: #ccc; } }"),
    styles("@media (min-width: 60em) { .first .standfirst { color: #ccc; } }"),
    styles(".landing .standfirst { color: #ccc; } .landing .first .standfirst { color: var(--ink); }"),
    styles(".landing .first .standfirst { color: var(--ink); } .landing .standfirst { color: #ccc; }"),
    styles(".landing .standfirst { color: #ccc; } .landing :nth-child(n) .standfirst { color: var(--ink); }"),
    styles(".standfirst { color: #ccc; background: linear-gradient(#000, #333); }"),
    styles(".standfirst { color: #ccc; background-color: #fff; background-image: url(night.jpg); }"),
    styles(".first::before { content: ''; background: #000; } .first .standfirst { color: #ccc; }"),
    styles(".standfirst { color: color-mix(in oklab, #ccc, #fff); }"),
    styles(".standfirst { color: var(--unheard-of, #333); background: #fff; }"),
    styles(".standfirst { position: absolute; color: #fff; }"),
    styles(".first > .standfirst { color: #ccc; }"),
    styles(".benefits .standfirst, .first + .standfirst { color: #ccc; }"),
    styles("h1 { color: #888; background: #fff; }"),
    styles(".standfirst { font-size: clamp(.8rem, 3vw, 1rem); }"),
    styles(".standfirst { font-size: 2vw; }"),
    styles("@media (max-width: 30em) { .standfirst { font-size: .5rem; } }"),
    styles(".colophon a { inline-size: 16px; block-size: 16px; }"),
    styles(".colophon li a { display: block; inline-size: 16px; padding: 8px; }"),
    page("<video controls src='vial.mp4'></video>"),
    page("initial-scale=1, maximum-scale=10", instead_of="initial-scale=1"),
    page('<a href="../">Home <img src="arrow.png" alt="" width="10" height="10"></a>'),
    mail(
        '<a href="https://s.glass-letter.example/" style="padding:9px"><img src="s" alt="Us" width="9"></a>',
    ),
    page(
        '<table role="presentation"><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>',
    ),
    page("<table><tr><td>One cell alone</td></tr></table>"),
    page("<table><tr><th>A</th><td>B</td></tr><tr><th>C</th><td>D</td></tr></table>"),
    page(
        '<input type="hidden" name="campaign" value="x"><input type="submit" value="Search the site">',
    ),
    page('<label>Search <input name="q"></label>'),
    page('<input name="q" aria-label="Search">'),
    page('<label>Product name <input name="product_name"></label>'),
    page('<iframe src="https://maps.glass-letter.example/" title="Where we are"></iframe>'),
    page('<p aria-hidden="true">·</p>'),
    page('<p tabindex="0">Focus comes by</p>'),
    page('<p aria-describedby="page-main">One</p>'),
)


@pytest.mark.parametrize("seeded", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("example", NEARLY, ids=named)
def test_what_is_nearly_a_fault_is_none(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, example)


def test_what_is_told_of_headings_is_how_to_write_them(tmp_path: Path) -> None:
    told = {
        (one.message, one.hint)
        for one in found_in(tmp_path, article("# The *cap*\n\n#### Its rim\n\nIt is thin."))
    }
    assert told == {
        (
            'the heading "The *cap*" is a main heading, which the title is already: it makes all others a level lower',
            "Make it one of level 2, which is written with ##",
        ),
        (
            'the heading "Its rim" is of level 4, and the one before it of level 2',
            "Make it one of level 3, which is written with ###",
        ),
    }


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\nIt is red.\n\n## B\n\nIt is thin.\n\n# C\n\nIt is cold.",
        "# How to look at a glass vial\n\n## A\n\nIt is red.",
        "## A\n\nIt is red.\n\n```\n# C\n```\n\n### B\n\nIt is thin.",
    ],
)
def test_main_headings_that_leave_no_step_out_are_let_be(text: str, tmp_path: Path) -> None:
    whole = Example(of="article", text=f"{text}\n", instead_of=r"(?s)\A.*")
    assert not [one for one in found_in(tmp_path, whole) if one.check == "heading-order"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("# A\n\nIt is red.\n\n### B\n\nIt is thin.", "Make it one of level 3, which is written with ##"),
        ("## A\n\nIt is red.\n\n#### B\n\nIt is thin.", "Make it one of level 3, which is written with ###"),
    ],
)
def test_an_article_that_begins_with_main_headings_goes_on_below_them(
    text: str, hint: str, tmp_path: Path
) -> None:
    whole = Example(of="article", text=f"{text}\n", instead_of=r"(?s)\A.*")
    assert {one.hint for one in found_in(tmp_path, whole) if one.check == "heading-order"} == {hint}


def test_a_fault_of_a_stylesheet_is_told_once_for_all_pages(tmp_path: Path) -> None:
    told = told_in(tmp_path, styles(".masthead .name a { color: #ccc; }"))
    assert len(told) == 1, told


def test_a_stylesheet_from_elsewhere_may_set_any_colour(tmp_path: Path) -> None:
    foreign = page('<link rel="stylesheet" href="https://glass.example/looks.css">', instead_of="(?=</head>)")
    pale = styles(".standfirst { color: #ccc; }")
    assert {check for check, *_ in told_in(tmp_path, pale)} == {"contrast"}
    assert_clean(tmp_path / "foreign", foreign, styles(".landing .standfirst { color: #ccc; }"))


def test_a_stylesheet_of_fonts_sets_no_colour(tmp_path: Path) -> None:
    fonts = page('<link rel="stylesheet" href="https://fonts.glass.example/css2">', instead_of="(?=</head>)")
    found = told_in(tmp_path, fonts, styles(".landing .standfirst { color: #ccc; }"))
    assert {check for check, *_ in found} == {"contrast"}
