"""What holds for documents of every kind: what is refused, and what never happens."""

import os
import tempfile
import unicodedata
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, HTMLParser, document_fromstring, fragment_fromstring
from markdown import markdown

from campaigner.content.documents import Document, read_document
from campaigner.content.documents.decoding import visible
from campaigner.errors import CampaignerError, ContentError

SIGNS = [
    *(
        "*",
        "_",
        "__",
        "`",
        "```",
        "~~",
        "~~~",
        "\\",
        "\\*",
        "#",
        "## ",
        "> ",
        "<",
        "<b>",
        "</p>",
        "<!--",
        "&",
        "&amp;",
    ),
    *(
        "&copy;",
        "[",
        "](x)",
        "[@id]",
        "[^1]",
        "![",
        "[TOC]",
        "*[abbr]: x",
        "[id]: http://x",
        "{{",
        "{%",
        "}}",
        "{.x}",
    ),
    *(
        ":::",
        "::: note",
        ": ",
        "|",
        "|---|",
        "===",
        "---",
        "=",
        "-",
        "- ",
        "* ",
        "+ ",
        "– ",
        "• ",
        "1. ",
        "2. ",
        "(1) ",
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "\t",
        "\f",
        "\u2028",
        "\u00a0",
        "\u00ad",
        "\x02",
        "\x03",
        "!",
        "?",
        ".",
        ":",
        "x-\n",
    ),
    *("https://a.b/c_d", "ä", "😀", "word", "Heading Here", "small letters", "This is a sentence."),
]
TEXTS = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=8)), max_size=30).map(
    lambda parts: "".join(parts).encode("utf-8", "ignore").decode()
)
TAGS = [
    "p",
    "li",
    "td",
    "b",
    "i",
    "h2",
    "div",
    "blockquote",
    "code",
    "a href='https://x.y/z'",
    "ul",
    "ol",
    "pre",
]
TAGS += ["dt", "dd", "br", "span", "table", "s", "sup", "h1"]
many = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def rendered(document: Document) -> str:
    html = markdown(document.markdown, extensions=["extra"])
    return f"{document.title}\n{fragment_fromstring(html, create_parent='div').text_content()}"


def letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalpha())


@many
@given(text=TEXTS)
def test_all_words_of_a_plain_text_survive_in_order(text: str, tmp_path: Path) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(text.encode())
    try:
        document = read_document(path)
    except CampaignerError:
        return
    assert letters(rendered(document)) == letters(visible(text))


@many
@given(text=TEXTS)
def test_no_sign_of_a_plain_text_becomes_markup(text: str, tmp_path: Path) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(text.encode())
    try:
        document = read_document(path)
    except CampaignerError:
        return
    tree = fragment_fromstring(markdown(document.markdown, extensions=["extra"]), create_parent="div")
    assert {element.tag for element in tree.iterdescendants()} <= {
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "hr",
        "a",
    }
    assert {link.text for link in tree.iter("a")} <= {link.get("href") for link in tree.iter("a")}


@many
@given(parts=st.lists(st.tuples(st.sampled_from(TAGS), TEXTS), max_size=8), closed=st.booleans())
def test_all_words_of_a_page_survive_in_order(
    parts: list[tuple[str, str]], closed: bool, tmp_path: Path
) -> None:
    page = "".join(f"<{tag}>{escape(text)}" + f"</{tag.split()[0]}>" * closed for tag, text in parts)
    path = tmp_path / "any.html"
    path.write_bytes(page.encode())
    try:
        document = read_document(path)
    except CampaignerError:
        return
    source: HtmlElement = document_fromstring(visible(page).encode(), parser=HTMLParser(encoding="utf-8"))
    wanted = letters(source.text_content())
    # the title goes to the front, wherever it stood
    title = letters(document.title)
    assert letters(rendered(document)).removeprefix(title) == wanted.replace(title, "", 1)


@many
@given(
    content=st.binary(max_size=300),
    ending=st.sampled_from(["txt", "md", "markdown", "html", "htm", "docx", "pdf"]),
)
def test_any_bytes_give_a_document_or_a_fault(content: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"any.{ending}"
    path.write_bytes(content)
    try:
        document = read_document(path)
    except CampaignerError:
        return
    assert document.markdown.endswith("\n")
    assert not document.markdown.endswith("\n\n")
    assert len(document.description) <= 161
    assert len(document.title) <= 120


def fault_of(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        read_document(path, "given.txt")
    assert len(error.value.faults) == 1
    return str(error.value)


def test_an_unknown_ending_names_those_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    assert fault_of(path).startswith('given.txt:1:1: ".pdf" is no kind of document')
    for ending in (".md", ".txt", ".html", ".docx"):
        assert ending in fault_of(path)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert "there is no such file" in fault_of(tmp_path / "a.txt")
    assert "there is no such file" in fault_of(tmp_path / "a.txt" / "b.txt")


def test_a_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert "this is a folder" in fault_of(tmp_path / "a.txt")


def test_a_pipe_is_a_fault_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a file" in fault_of(tmp_path / "a.txt")


def test_a_name_with_a_nul_character_is_a_fault() -> None:
    assert "there is no such file" in fault_of(Path("a\0.txt")) or "no name of a file" in fault_of(
        Path("a\0.txt")
    )


def test_a_file_that_may_not_be_read_is_a_fault() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "a.txt"
        path.write_text("Words.")
        path.chmod(0)
        me = os.geteuid()
        if me == 0:  # root may read everything
            os.seteuid(65534)
        try:
            assert "the file may not be read" in fault_of(path)
        finally:
            os.seteuid(me)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", "\u00ad\u2028".encode()])
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_an_empty_document_is_a_fault(content: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(content)
    assert "the document is empty" in fault_of(path)


def test_a_document_of_more_than_20_mb_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    assert "more than 20 MB" in fault_of(path)


def test_a_nul_character_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\ntwo\0")
    assert fault_of(path).startswith("given.txt:2:4: there is a NUL character")


def test_text_in_no_encoding_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"not \x81 in any")
    assert "the encoding of the text cannot be told" in fault_of(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_editors_write(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Größe – „gut“, 5 €.".encode(encoding))
    assert read_document(path).markdown == "Größe – „gut“, 5 €.\n"


def test_utf_16_of_either_byte_order_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xfe\xff" + "Größe 😀.".encode("utf-16-be"))
    assert read_document(path).markdown == "Größe 😀.\n"


def test_the_description_has_no_markup_citations_or_footnotes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "> quote\n\nBy Ada\n\nA *bold* [claim](http://x.y)[^1] here [@cdc]. Yes!\n\n[^1]: Note.\n"
    )
    assert read_document(path).description == "A bold claim here. Yes!"


def test_the_description_never_holds_a_merge_field(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('Hello {{ reader.first_name | default("there") }}, well.\n\nThe text.\n')
    assert read_document(path).description == "The text."


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("::: blog\nOnly *here*, with \\* a star.\n:::\n", "Only here, with * a star."),
        ("Braces: \\{{ x }}.\n\nThe text.\n", "The text."),
        ("Braces: \\{% x %}.\n\nThe text.\n", "The text."),
        ("{# A remark. #} Braces.\n\nThe text.\n", "The text."),
        ("Not \\[@cdc] cited, but \\_meant\\_ &amp; `written`.", "Not [@cdc] cited, but _meant_ & written."),
        ("It is marked.\n{: .lead}\n", "It is marked."),
    ],
)
def test_the_description_is_plain_words_whatever_was_escaped(text: str, clean: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(text)
    assert read_document(path).description == clean
