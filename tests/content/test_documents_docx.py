"""Word documents, made by hand: only the parts that Word itself writes for them."""

import base64
import sys
import zipfile
from pathlib import Path

import pytest

from campaigner.content.documents import Document, DocumentImage, read_document
from campaigner.errors import CampaignerError, ContentError

pytest.importorskip("mammoth", reason="the extra docx is not installed")

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = [("Titel", "Title"), ("berschrift1", "heading 1"), ("berschrift2", "heading 2"), ("Zitat", "Quote")]


def paragraph(text: str, style: str = "", level: int | None = None, numbering: int = 1) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def picture(alt: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def docx(path: Path, body: str, footnotes: str = "") -> Path:
    names = (
        f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture" '
        f'xmlns:wp="{DRAWING}/wordprocessingDrawing"'
    )
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(3))
        + "</w:abstractNum>"
        for number, kind in ((1, "bullet"), (2, "decimal"))
    )
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES
    )
    kinds = ("document.main", "styles", "numbering", "footnotes")
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{kind.split(".")[0]}.xml" ContentType="{WORD}.{kind}+xml"/>'
            for kind in kinds
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
            for n, kind in enumerate(kinds[1:])
        )
        + f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="media/image1.png"/>'
        f'<Relationship Id="rId8" Type="{OFFICE}/hyperlink" Target="https://example.com/" TargetMode="External"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {names}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {names}>{levels}{numbers}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {names}>{footnotes}</w:footnotes>",
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
        package.writestr("word/media/image1.png", PNG)
    return path


def read(folder: Path, body: str, footnotes: str = "") -> Document:
    return read_document(docx(folder / "article.docx", body, footnotes))


def test_a_word_document_becomes_an_article(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        paragraph("Vorsicht: Größe 😀", "Titel")
        + f"<w:p>{run('Der ')}{run('erste', '<w:b/>')}{run(' Absatz', '<w:b/>')}{run(' ist da. ')}"
        f'<w:hyperlink r:id="rId8">{run("Mehr")}</w:hyperlink>{run(" {{ name }}.")}</w:p>'
        + paragraph("Teil", "berschrift1")
        + paragraph("eins", level=0)
        + paragraph("tiefer", level=1)
        + paragraph("zwei", level=0)
        + paragraph("Kapitel", "berschrift2")
        + paragraph("erstens", level=0, numbering=2)
        + paragraph("zweitens", level=0, numbering=2)
        + table(["Was", "Preis"], ["A | B", "5 €"])
        + paragraph("Gesagt ist gesagt.", "Zitat")
        + f"<w:p>{picture('Ein Bild')}</w:p>",
    )
    assert document == Document(
        title="Vorsicht: Größe 😀",
        description="",
        markdown=(
            "Der **erste Absatz** ist da. [Mehr](https://example.com/) \\{{ name }}.\n\n## Teil\n\n"
            "- eins\n    - tiefer\n- zwei\n\n### Kapitel\n\n1. erstens\n2. zweitens\n\n"
            "| Was | Preis |\n| --- | --- |\n| A \\| B | 5 € |\n\n> Gesagt ist gesagt.\n\n![Ein Bild](picture-1.png)\n"
        ),
        images=(DocumentImage(name="picture-1.png", content=PNG),),
    )


def test_a_single_heading_at_the_top_is_the_title(tmp_path: Path) -> None:
    document = read(
        tmp_path, paragraph("Title", "berschrift1") + paragraph("Part", "berschrift2") + paragraph("Words.")
    )
    assert (document.title, document.markdown) == ("Title", "## Part\n\nWords.\n")


def test_footnotes_stay_footnotes(tmp_path: Path) -> None:
    note = '<w:footnote w:id="2">' + paragraph("Its source.") + "</w:footnote>"
    document = read(
        tmp_path, f'<w:p>{run("A claim")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}</w:p>', note
    )
    assert document.markdown == "A claim[^1].\n\n[^1]: Its source.\n"
    assert document.description == "A claim."


def test_bold_lines_are_headings_where_no_style_says_so(tmp_path: Path) -> None:
    document = read(
        tmp_path, paragraph("Words.") + f"<w:p>{run('Why It Matters', '<w:b/>')}</w:p>" + paragraph("More.")
    )
    assert document.markdown == "Words.\n\n## Why It Matters\n\nMore.\n"


def fault_of(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        read_document(path, "a.docx")
    return str(error.value)


@pytest.mark.parametrize("content", [b"words", b"PK\x03\x04 broken"])
def test_what_is_no_word_document_is_a_fault(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert fault_of(path).startswith("a.docx:1:1: this is no Word document")


def test_a_zip_of_something_else_is_a_fault(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("content.xml", "<x/>")
    assert "this is no Word document" in fault_of(tmp_path / "a.docx")


def test_a_damaged_part_is_a_fault(tmp_path: Path) -> None:
    assert "this is no Word document, or it is damaged" in fault_of(docx(tmp_path / "a.docx", "<w:p>"))


def test_a_password_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert "the document has a password" in fault_of(path)


def test_an_old_word_document_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert "Word 97" in fault_of(path)


def test_a_document_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(3):
            with package.open(f"word/{number}.xml", "w") as part:
                for _ in range(70):
                    part.write(bytes(1_000_000))
    assert "bytes when unpacked" in fault_of(tmp_path / "a.docx")


def test_without_mammoth_the_fault_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    with pytest.raises(CampaignerError, match=r'pip install "campaigner\[docx\]"'):
        read(tmp_path, paragraph("Words."))


@pytest.mark.parametrize("alone", [True, False])
def test_one_loose_end_does_not_cost_the_document(tmp_path: Path, alone: bool) -> None:
    """A link and a picture whose relationships are not there, as other programs leave them behind."""
    link = f'<w:hyperlink r:id="rId404">{run("there")}</w:hyperlink>'
    gone = picture("Gone").replace("rId9", "rId405")
    body = f"<w:p>{run('Go ')}{link}{run('.')}</w:p><w:p>{gone}</w:p>"
    kept = "" if alone else f"<w:p>{picture('Kept')}</w:p>"
    document = read(tmp_path, body + kept)
    assert document.markdown == "Go there.\n" + ("" if alone else "\n![Kept](picture-1.png)\n")


def test_a_picture_whose_file_was_lost_does_not_cost_the_document(tmp_path: Path) -> None:
    whole = docx(tmp_path / "whole.docx", paragraph("Hello.") + f"<w:p>{picture('Lost')}</w:p>")
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(tmp_path / "lost.docx", "w") as lost:
        for name in package.namelist():
            if name != "word/media/image1.png":
                lost.writestr(name, package.read(name))
    assert read_document(tmp_path / "lost.docx").markdown == "Hello.\n"
