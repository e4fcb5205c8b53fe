"""The package of a Word document, in which parts name each other by relationships (ECMA-376 part 2)."""

import io
import posixpath
import zipfile
from collections.abc import Collection

from lxml import etree

#: of a part of the document, and of the attributes that name one; the second is that of the strict format
NAMESPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
EXTERNAL = "External"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def without_loose_ends(content: bytes) -> bytes:
    """Give a package in whose parts nothing names a relationship, or a part, that is not there.

    Other programs leave such behind, and mammoth gives the whole document up for one.
    Raises what zipfile and lxml raise where it is no package.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        mended = {name: part for name in package.namelist() if (part := _mended(package, name)) is not None}
        if not mended:
            return content
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in dict.fromkeys(package.namelist()):
                copy.writestr(name, mended.get(name) or package.read(name))
    return file.getvalue()


def _mended(package: zipfile.ZipFile, name: str) -> bytes | None:
    """A part without its loose ends, or None where it has none."""
    content = package.read(name) if name.endswith(".xml") else b""
    if not any(namespace.encode() in content for namespace in NAMESPACES):
        return None
    root = etree.fromstring(content, PARSER)
    known = _relationships(package, name)
    loose = [
        (element, attribute)
        for element in root.iter(etree.Element)
        for attribute, value in element.items()
        if etree.QName(attribute).namespace in NAMESPACES and value not in known
    ]
    for element, attribute in loose:
        del element.attrib[attribute]
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) if loose else None


def _relationships(package: zipfile.ZipFile, name: str) -> Collection[str]:
    """The ids of a part's relationships that lead to something."""
    folder, file = posixpath.split(name)
    names = set(package.namelist())
    described = posixpath.join(folder, "_rels", f"{file}.rels")
    if described not in names:
        return ()
    return {
        one.get("Id", "")
        for one in etree.fromstring(package.read(described), PARSER).iter(RELATIONSHIP)
        if one.get("TargetMode") == EXTERNAL
        or posixpath.normpath(posixpath.join(f"/{folder}", one.get("Target", "")))[1:] in names
    }
