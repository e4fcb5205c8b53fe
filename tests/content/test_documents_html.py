"""HTML, as browsers save it, Word exports it and people write it."""

import base64
from pathlib import Path

import pytest

from campaigner.content.documents import Document, DocumentImage, read_document
from campaigner.errors import ContentError

PIXEL = base64.b64decode("R0lGODlhAQABAAAAACwAAAAAAQABAAA=")
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" lang=DE><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><title>Dokument1</title>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings>junk</o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- @font-face {font-family:"Cambria Math";} --></style></head>
<body lang=DE style='tab-interval:35.4pt'><div class=WordSection1>
<p class=MsoTitle><span style='mso-spacerun:yes'>  </span>Vorsicht vor
Fälschungen<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Erster <b style='mso-bidi-font-weight:normal'>fetter </b><b><i>Absatz</i></b> mit 10&nbsp;km,
umgebrochen.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><![if
!supportFootnotes]>[1]<![endif]></span></a></p>
<h1>Überschrift<o:p></o:p></h1>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>Eins</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o&nbsp;</span>Darunter</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>Zwei</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.&nbsp;</span>Nummer</p>
<table class=MsoTableGrid><tr><td><p><b>Was</b></p></td><td><p>Preis | netto</p></td></tr>
<tr><td rowspan=2><p>A</p><p>B</p></td><td>1<sup>2</sup></td></tr><tr><td>x</td></tr></table>
</div><div style='mso-element:footnote-list'><hr><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"
name="_ftn1">[1]</a> Eine Fußnote.</p></div></div></body></html>"""


def read(folder: Path, html: str, encoding: str = "utf-8") -> Document:
    path = folder / "page.html"
    path.write_bytes(html.encode(encoding))
    return read_document(path)


def body(folder: Path, html: str) -> str:
    return read(folder, f"<body>{html}</body>").markdown


def test_what_word_exports_becomes_plain_markdown(tmp_path: Path) -> None:
    document = read(tmp_path, WORD, "cp1252")
    assert document.title == "Vorsicht vor Fälschungen"
    assert document.language == "de"
    assert document.description == "Erster fetter Absatz mit 10 km, umgebrochen."
    assert document.markdown == (
        "Erster **fetter *Absatz*** mit 10\u00a0km, umgebrochen.[^1]\n\n## Überschrift\n\n"
        "- Eins\n    - Darunter\n- Zwei\n\n1. Nummer\n\n"
        "| Was | Preis \\| netto |\n| --- | --- |\n| A B | 1² |\n|  | x |\n\n[^1]: Eine Fußnote.\n"
    )


def test_only_the_article_of_a_page_is_taken(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<html lang=en-us><title>Post | Brand</title><body><header><nav><a href=/>Home</a></nav>"
        "<h1>The Post</h1></header>"
        "<main><article><p>Words of the article.</p><script>x()</script><style>p{}</style><!-- no --><form><button>Buy"
        "</button></form><p style='display:none'>hidden</p><div role=navigation>Next</div>"
        "</article><aside>More</aside></main><footer>(c)</footer>",
    )
    assert document == Document(
        title="The Post",
        description="Words of the article.",
        markdown="Words of the article.\n",
        language="en-US",
    )


def test_the_pages_title_is_taken_where_no_heading_is(tmp_path: Path) -> None:
    assert read(tmp_path, "<title>My Post | Brand</title><p>Words.").title == "My Post"


def test_a_whole_paragraph_is_no_title(tmp_path: Path) -> None:
    document = read(tmp_path, f"<h1>{'word ' * 40}</h1><p>Words.")
    assert document.title == ""
    assert document.markdown.startswith("## word")


@pytest.mark.parametrize(
    ("html", "levels"),
    [
        ("<h1>T</h1><h2>a</h2><p>x<h3>b</h3><p>x", "## a,### b"),
        ("<h3>a</h3><p>x<h5>b</h5><p>x", "## a,#### b"),
        ("<p>x<h1>a</h1><p>x<h1>b</h1><h2>c</h2><p>x", "## a,## b,### c"),
        ("<p><b>Why</b></p><p>x</p><p><b>This is said.</b></p><p>x", "## Why"),
    ],
)
def test_headings_begin_with_the_second_level(html: str, levels: str, tmp_path: Path) -> None:
    assert ",".join(line for line in body(tmp_path, html).split("\n") if line.startswith("#")) == levels


def test_lists_nest_with_four_spaces(tmp_path: Path) -> None:
    html = "<ul><li>one<ol start=3><li>three<li><p>four</p><p>more</p></ol><li># two<ul><li>2. x</ul></ul>"
    assert body(tmp_path, html) == (
        "- one\n    3. three\n    4. four\n\n        more\n\n- \\# two\n    - 2\\. x\n"
    )


def test_tables_have_as_many_cells_in_each_row(tmp_path: Path) -> None:
    html = "<table><tr><td colspan=2>a<td>b<tr><td>c<br>d<td><ul><li>e<li>f</ul></table>"
    assert body(tmp_path, html) == "| a |  | b |\n| --- | --- | --- |\n| c d | e; f |  |\n"


def test_a_table_that_only_places_things_is_no_table(tmp_path: Path) -> None:
    assert body(tmp_path, "<table><tr><td><h2>A</h2><p>b</table>") == "## A\n\nb\n"


def test_a_paragraph_is_one_line_and_an_authors_break_stays(tmp_path: Path) -> None:
    assert (
        body(tmp_path, "<p>one\n two\r\n  three<br>1. four<br><br>five")
        == "one two three  \n1\\. four\n\nfive\n"
    )


def test_emphasis_code_quotations_and_terms_are_kept(tmp_path: Path) -> None:
    html = (
        "<p><b>a</b><strong> b</strong> <i>c</i> <code>d | `e`</code> <s>f</s> H<sub>2</sub>O 1<sup>st</sup></p>"
        "<blockquote><p>- q<p>r</blockquote><dl><dt>T<dd>m</dl>"
        "<pre><code class=language-sh>ls {{ x }}\n  ```</code></pre>"
    )
    assert body(tmp_path, html) == (
        "**a b** *c* `` d | `e` `` <s>f</s> H₂O 1st\n\n> \\- q\n>\n> r\n\nT\n:   m\n\n"
        "````sh\nls {{ x }}\n  ```\n````\n"
    )


def test_what_means_something_in_an_article_is_escaped(tmp_path: Path) -> None:
    html = "<p>{{ name }} [@id] {% x %} *no* &lt;b&gt; &amp;amp; Wow!<a href='https://x.y/'>a]b</a><p>::: note<p># no"
    assert body(tmp_path, html).split("\n\n") == [
        "\\{{ name }} \\[@id] \\{% x %} \\*no\\* &lt;b> &amp;amp; Wow\\![a\\]b](https://x.y/)",
        "&#58;:: note",
        "\\# no\n",
    ]


def test_links_lead_somewhere_or_are_only_words(tmp_path: Path) -> None:
    html = (
        "<p><a href='https://x.y/a b(c)?d={{e}}'>1</a> <a href='#top'>2</a> <a href='/rel'>3</a> "
        "<a href='javascript:x()'>4</a> <a href='mailto:a@b.example'>5</a> <a href='http://['>6</a>"
    )
    assert body(tmp_path, html) == (
        "[1](https://x.y/a%20b%28c%29?d=%7B%7Be%7D%7D) 2 3 4 [5](mailto:a@b.example) 6\n"
    )


def test_relative_links_are_resolved_where_the_page_says_its_base(tmp_path: Path) -> None:
    document = read(
        tmp_path, "<head><base href='https://x.y/blog/'></head><p><a href='../z'>1</a> <a href='#a'>2</a>"
    )
    assert document.markdown == "[1](https://x.y/z) 2\n"


def test_pictures_of_the_page_come_along(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "Mein Bild (1).gif").write_bytes(PIXEL)
    (tmp_path / "page_files" / "same.gif").write_bytes(PIXEL + b"2")
    (tmp_path / "same.gif").write_bytes(PIXEL + b"3")
    data = base64.b64encode(PIXEL + b"4").decode()
    document = read(
        tmp_path,
        "<p>a</p><img src='page_files/Mein%20Bild%20(1).gif?v=1' alt='a [b]'><img src=page_files/same.gif>"
        f"<img src=same.gif alt=c><p><img src='data:image/gif;base64,{data}' alt=d><img src=same.gif alt=e>",
    )
    assert document.markdown == (
        "a\n\n![a \\[b\\]](mein-bild-1.gif)![](same.gif){.decorative}![c](same-2.gif)\n\n"
        "![d](picture-1.gif)![e](same-2.gif)\n"
    )
    assert document.images == (
        DocumentImage(name="mein-bild-1.gif", content=PIXEL),
        DocumentImage(name="same.gif", content=PIXEL + b"2"),
        DocumentImage(name="same-2.gif", content=PIXEL + b"3"),
        DocumentImage(name="picture-1.gif", content=PIXEL + b"4"),
    )


def test_a_picture_that_cannot_be_had_leaves_its_alternative_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.gif").write_bytes(PIXEL)
    (folder / "link.gif").symlink_to(tmp_path / "secret.gif")
    (folder / "text.gif").write_text("no picture")
    names = [
        "../secret.gif",
        f"{tmp_path}/secret.gif",
        f"file://{tmp_path}/secret.gif",
        "link.gif",
        "text.gif",
        "gone.gif",
    ]
    document = read(
        folder,
        "<p>" + "".join(f"<img src='{name}' alt=w> " for name in names) + "<img src=https://x.y/z alt=far>",
    )
    assert document.images == ()
    assert document.markdown == "w w w w w w [far](https://x.y/z)\n"
    assert document.missing_pictures == (*names, "https://x.y/z")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=iso-8859-1>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ("<meta charset='koi8-r'>", "koi8-r"),
        ("<meta charset=utf-8>", "cp1252"),
        ("", "utf-16"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
    ],
)
def test_the_encoding_is_the_one_that_the_page_is_in(head: str, encoding: str, tmp_path: Path) -> None:
    words = "Привет" if encoding == "koi8-r" else "Größe"
    assert read(tmp_path, f"{head}<p>{words}.", encoding).markdown == f"{words}.\n"


def test_a_page_of_a_title_alone_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="a title and no text"):
        read(tmp_path, "<h1>Title</h1>")


def test_a_page_that_is_nested_without_end_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="nested too deeply"):
        read(tmp_path, "<blockquote>" * 5000 + "x")


def test_a_page_need_not_say_where_its_body_begins(tmp_path: Path) -> None:
    """HTML leaves the tag out (HTML Standard, 13.1.2.4)."""
    html = (
        "<!doctype html><meta charset=utf-8><title>T</title><section><h1>A</h1>One.</section> Two.<p>Three."
    )
    document = read(tmp_path, html)
    assert (document.title, document.markdown) == ("A", "One.\n\nTwo.\n\nThree.\n")
    document = read(
        tmp_path, "<title>T</title><link rel=x><header>Top.</header> Two.<main>Main.<p>More.</main>"
    )
    assert (document.title, document.markdown) == ("T", "Main.\n\nMore.\n")
    assert read(tmp_path, "<title>T</title><figure>Words</figure>").markdown == "Words\n"


def test_the_description_is_what_the_page_says_of_itself(tmp_path: Path) -> None:
    meta = '<meta name=Description content="">\n<meta name=Description content=" Of\nspring &amp; all ">'
    assert read(tmp_path, f"<title>T</title>{meta}<p>Words. More.").description == "Of spring & all"
    meta = "<meta name=description content='Dear {{ name }}'>"
    assert read(tmp_path, f"<title>T</title>{meta}<p>First words.").description == "First words."


def test_a_cell_that_is_no_sentence_is_no_description(tmp_path: Path) -> None:
    column = "<table><tr><td>Prices in euro<tr><td>Botox</table>"
    assert read(tmp_path, column).description == ""
    assert read(tmp_path, f"{column}<p>Some words").description == "Some words"
    placed = "<table><tr><td>Menu<tr><td><p>Dear readers, spring is here.</table>"
    assert read(tmp_path, placed).description == "Dear readers, spring is here."


def test_a_column_with_a_heading_stays_a_table(tmp_path: Path) -> None:
    html = "<table><tr><th>Clinics<tr><td>North<tr><td>South</table>"
    assert body(tmp_path, html) == "| Clinics |\n| --- |\n| North |\n| South |\n"


def test_title_and_description_have_no_control_characters(tmp_path: Path) -> None:
    html = (
        "<title>A&#1; \u0645\u06cc\u200c\u062e</title><meta name=description content='C&#2;&#10;D'><p>Words."
    )
    document = read(tmp_path, html)
    assert (document.title, document.description) == ("A \u0645\u06cc\u200c\u062e", "C D")
