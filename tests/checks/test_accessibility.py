"""Seeded faults of accessibility, and what is nearly one."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.examples import found_in
from checks.seeded import Fault, assert_found, in_article, in_front_matter, in_html

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
    in_html("link-empty", "mail", '<a href="https://glass-letter.example/tags/"> &nbsp; </a>'),
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
    in_article("link-text-ambiguous", "See [Our privacy page](/glass-vials/join/)."),
    in_html(
        "link-text-ambiguous",
        "page",
        '<a href="../../tags/">Zum Register</a><a href="../../">Zum Register</a>',
    ),
    in_html("button-empty", "page", '<button type="button"><span class="icon"></span></button>'),
    in_html("button-empty", "page", '<input type="button" value=" ">'),
    in_html("button-empty", "page", '<input type="image" src="go.png">'),
    in_html("contrast", "mail", '<p style="color:#aaaaaa">Until Friday</p>'),
    in_html("contrast", "mail", '<p><font color="999999">Until Friday</font></p>'),
    in_html(
        "contrast",
        "mail",
        '<table role="presentation"><tr><td bgcolor="#1c1b19"><p>Dark on dark</p></td></tr></table>',
    ),
    in_html("contrast", "mail", '<p style="color:rgba(0,0,0,.3)">A breath of text</p>'),
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
    in_html("text-small", "mail", '<p style="font-size:10pt">Offer ends on Friday</p>'),
    in_html("text-small", "mail", '<p style="font:italic 12px/16px Georgia">Offer ends on Friday</p>'),
    in_html(
        "text-small",
        "mail",
        '<p style="font-size:16px">Read <span style="font-size:75%">the small print</span></p>',
    ),
    in_html("text-small", "mail", "<p><small>All prices with tax</small></p>"),
    in_html("text-moving", "page", "<blink>Only today</blink>"),
    in_html("text-moving", "page", '<video src="opening-film.mp4" autoplay muted></video>'),
    in_html("text-moving", "mail", "<marquee>Only today</marquee>"),
    in_html("zoom-forbidden", "page", "initial-scale=1, maximum-scale=1.0", "initial-scale=1"),
    in_html("zoom-forbidden", "page", "initial-scale=1,USER-SCALABLE = NO", "initial-scale=1"),
    in_html("zoom-forbidden", "mail", "initial-scale=1, user-scalable=0", "initial-scale=1"),
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
    in_article("table-headers", "|  |  |\n| --- | --- |\n| Clear | 2 |"),
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
    Example(of="page", text='<html lang="zh-Hant-TW">', instead_of="<html [^>]*>"),
    Example(of="page", text='<p lang="he" dir="rtl">זכוכית</p>'),
    Example(of="page", text='<p dir="auto">Whatever it is</p>'),
    Example(of="page", text="<h2>Another</h2><h3>Part</h3><h2>And back</h2>"),
    Example(of="article", text="\n\n### The cap\n\nIt is red.\n\n## The box\n\nIt is grey."),
    Example(of="article", text="\n\n**It is red, and it is round.**\n\nIt is red."),
    Example(of="article", text="\n\n**Note** that it is red.\n\nIt is red."),
    Example(of="article", text="\n\n![](vials.png){.decorative}"),
    Example(of="article", text="\n\n![Imagery in glass: a vial that was blown by hand](vials.png)"),
    Example(of="article", text="\n\n![Bildhauerei aus Glas](vials.png)"),
    Example(of="article", text="\n\n![Picturesque hills behind a glass works](vials.png)"),
    Example(of="article", text='\n\n![A red cap](vials.png "The cap that came first")'),
    Example(
        of="article", text="\n\nRead [what is in here](/privacy/) and [more about hiera](/glass-vials/)."
    ),
    Example(of="article", text="\n\nLies [hier, was wir speichern](/privacy/)."),
    Example(of="article", text="\n\nSee [our privacy page](/privacy/#address) again."),
    Example(
        of="page", text='<a href="../../privacy/" aria-label="Read more about your address">Read more</a>'
    ),
    Example(of="page", text='<a id="place"></a>'),
    Example(of="page", text='<a href="../"><img src="home.png" alt="Home" width="300" height="200"></a>'),
    Example(of="page", text='<a href="../"><svg width="24" height="24"><title>Home</title></svg></a>'),
    Example(of="page", text='<button type="button" title="Close"><span></span></button>'),
    Example(
        of="page", text='<button type="button"><img src="x.png" alt="Close" width="24" height="24"></button>'
    ),
    Example(of="mail", text='<p style="color:#aaaaaa; display:none">Nobody sees this</p>'),
    Example(
        of="mail",
        text='<p style="color:#5f5e5b; background:url(https://glass-letter.example/b.png)">On glass</p>',
    ),
    Example(
        of="mail", text='<p class="article" style="color:#1c1b19; background-color:transparent">As it was</p>'
    ),
    Example(of="mail", text='<h2 style="font-size:24px; color:#757575; background:#fff">Large enough</h2>'),
    Example(
        of="mail",
        text='<table role="presentation"><tr><td style="background:#0f5257; color:#fbfaf7">Yes</td></tr></table>',
    ),
    Example(of="mail", text='<p style="font-size:10.5pt">Just large enough</p>'),
    Example(of="mail", text="<p>A mark<sup>1</sup> and H<sub>2</sub>O</p>"),
    Example(of="mail", text='<p style="font-size:1px">&nbsp;</p><p style="font-size:0">hidden</p>'),
    Example(of="page", text='<p style="color:#333333; background:#ffffff">Both are said</p>'),
    Example(
        of="page",
        text='<a class="button" href="#page-form" style="color:#ffffff">On a ground of the stylesheet</a>',
    ),
    Example(of="page", text="<video controls src='vial.mp4'></video>"),
    Example(of="page", text="initial-scale=1, maximum-scale=10", instead_of="initial-scale=1"),
    Example(of="page", text='<a href="../">Home <img src="arrow.png" alt="" width="10" height="10"></a>'),
    Example(
        of="mail",
        text='<a href="https://s.glass-letter.example/" style="padding:9px"><img src="s" alt="Us" width="9"></a>',
    ),
    Example(
        of="page",
        text='<table role="presentation"><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>',
    ),
    Example(of="page", text="<table><tr><td>One cell alone</td></tr></table>"),
    Example(of="page", text="<table><tr><th>A</th><td>B</td></tr><tr><th>C</th><td>D</td></tr></table>"),
    Example(
        of="page",
        text='<input type="hidden" name="campaign" value="x"><input type="submit" value="Search the site">',
    ),
    Example(of="page", text='<label>Search <input name="q"></label>'),
    Example(of="page", text='<input name="q" aria-label="Search">'),
    Example(of="page", text='<label>Product name <input name="product_name"></label>'),
    Example(
        of="page", text='<iframe src="https://maps.glass-letter.example/" title="Where we are"></iframe>'
    ),
    Example(of="page", text='<p aria-hidden="true">·</p>'),
    Example(of="page", text='<p tabindex="0">Focus comes by</p>'),
    Example(of="page", text='<p aria-describedby="page-main">One</p>'),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(fault: Fault, tmp_path: Path) -> None:
    assert_found(fault, tmp_path)


@pytest.mark.parametrize("example", NEARLY, ids=lambda example: example.text.strip()[:50])
def test_what_is_nearly_a_fault_is_none(example: Example, tmp_path: Path) -> None:
    assert found_in(tmp_path, example) == []
