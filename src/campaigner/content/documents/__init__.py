"""Reads documents that were written elsewhere: plain text, Markdown, HTML and Word."""

from pathlib import Path
from typing import TYPE_CHECKING

from campaigner.content.documents.decoding import decoded
from campaigner.content.documents.document import Document, DocumentImage
from campaigner.content.documents.faults import refused
from campaigner.content.documents.pictures import Pictures
from campaigner.content.documents.summary import description

if TYPE_CHECKING:
    from campaigner.content.documents.from_html import Page

__all__ = ["Document", "DocumentImage", "read_document"]

ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
}
KNOWN = "Give a .md, .txt, .html or .docx file"
#: in bytes
LARGEST = 20_000_000


def read_document(path: Path, shown: str | None = None) -> Document:
    """Read a document; faults name it `shown`, else as `path` is written.

    Raises ContentError where it cannot be read or holds no text, CampaignerError where a part of
    campaigner is not installed that it needs.
    """
    shown = shown or str(path)
    content = _content(path, shown)
    try:
        document = _document(path, content, shown)
    except RecursionError:
        raise refused(shown, "the document is nested too deeply", "Save it as plain text") from None
    if not document.markdown.strip():
        message = "the document has a title and no text" if document.title else "the document is empty"
        raise refused(shown, message, "Choose a document with an article in it")
    return document


def _content(path: Path, shown: str) -> bytes:
    try:
        if path.is_dir():
            raise refused(shown, "this is a folder", "Name the document in it")
        if not path.exists():
            raise refused(shown, "there is no such file", "Check the name and the folder")
        if path.suffix.lower() not in ENDINGS:
            ending = f'"{path.suffix}"' if path.suffix else "a name without an ending"
            raise refused(shown, f"{ending} is no kind of document known here", KNOWN)
        if not path.is_file():
            raise refused(shown, "this is not a file", KNOWN)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except PermissionError:
        raise refused(shown, "the file may not be read", "Change its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL character
        reason = error.strerror if isinstance(error, OSError) else "its name is no name of a file"
        raise refused(shown, f"the file cannot be read: {reason}") from None
    if len(content) > LARGEST:
        raise refused(shown, "the document has more than 20 MB", "Make its pictures smaller, or split it")
    if not content.strip():
        raise refused(shown, "the document is empty", "Choose a document with an article in it")
    return content


def _document(path: Path, content: bytes, shown: str) -> Document:
    pictures = Pictures(path.parent)
    front_matter = language = ""
    images: tuple[DocumentImage, ...] | None = None
    page: Page | None = None
    match ENDINGS[path.suffix.lower()]:
        case "text":
            from campaigner.content.documents.from_text import read_text

            title, markdown = read_text(decoded(content, shown=shown))
        case "markdown":
            from campaigner.content.documents.from_markdown import markdown_pictures, read_markdown

            title, markdown, front_matter = read_markdown(decoded(content, shown=shown), shown=shown)
            images = markdown_pictures(markdown, front_matter, pictures)
        case kind:
            from campaigner.content.documents.from_html import read_html

            page = read_html(_as_html(content, kind, shown), pictures=pictures)
            title, markdown, language = page.title, page.markdown, page.language
    return Document(
        title=title,
        description=page.description if page else description(markdown),
        markdown=f"{markdown}\n" if markdown else "",
        front_matter=front_matter,
        images=pictures.found if images is None else images,
        missing_pictures=tuple(dict.fromkeys(pictures.missing)),
        language=language,
    )


def _as_html(content: bytes, kind: str, shown: str) -> str:
    if kind == "docx":
        from campaigner.content.documents.from_docx import read_docx

        return read_docx(content, shown=shown)
    from campaigner.content.documents.from_html import declared_charset

    return decoded(content, shown=shown, declared=declared_charset(content))
