"""Word: mammoth makes HTML of it, by what styles mean and not by how they look."""

import io
import zipfile

from campaigner.content.documents.docx_package import without_loose_ends
from campaigner.content.documents.faults import refused
from campaigner.errors import CampaignerError, Fault

#: a picture of a few bytes can be packed that unpacks to gigabytes
LARGEST_UNPACKED = 200_000_000
#: a compound file ([MS-CFB] 2.2): an old .doc, or a .docx with a password ([MS-OFFCRYPTO] 1.3)
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
SAVE_AS = "Save it in Word as a document (.docx)"


def read_docx(content: bytes, *, shown: str) -> str:
    """Give the HTML of a Word document, its pictures in `data:` URIs.

    Raises ContentError where it is no Word document, has a password or is too large unpacked, and
    CampaignerError where mammoth is not installed.
    """
    try:
        import mammoth
    except ImportError:
        message, hint = "reading Word documents needs mammoth", 'Install it: pip install "campaigner[docx]"'
        raise CampaignerError(Fault(path=shown, message=message, hint=hint)) from None

    _refuse_others(content, shown)
    try:
        file = io.BytesIO(without_loose_ends(content))
        result = mammoth.convert_to_html(
            file, style_map=STYLES, include_embedded_style_map=False, external_file_access=False
        )
    except RecursionError:
        raise
    except Exception:  # what a broken document makes zipfile, lxml and mammoth raise has no common name
        raise refused(shown, "this is no Word document, or it is damaged", SAVE_AS) from None
    html: str = result.value
    return html


def _refuse_others(content: bytes, shown: str) -> None:
    if content.startswith(COMPOUND_FILE):
        if ENCRYPTED in content:
            raise refused(shown, "the document has a password", "Save it without one")
        raise refused(shown, "this is a document of Word 97 to 2003 (.doc)", SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise refused(shown, "this is no Word document, or it is damaged", SAVE_AS) from None
    if unpacked > LARGEST_UNPACKED:
        message = f"the document has {unpacked:,} bytes when unpacked"
        raise refused(shown, message, "Make its pictures smaller")
