"""SVG drawings: shown as they are, so only if they do nothing but draw.

Inside `<img>` a browser runs no script of a drawing and loads nothing for it. Opened by its own
address, though, it is a page of the site (https://www.w3.org/TR/SVG2/conform.html, processing
modes), so what could act or call home there is refused rather than repaired.
"""

import re
from typing import Any

from campaigner.render.pictures.problem import PictureProblem

SVG = "http://www.w3.org/2000/svg"
#: elements of these run or hold other documents
FOREIGN = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"}
ACTIVE = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"}
#: namespaces whose attributes mean something to a browser; editors keep notes in others
KNOWN = {None, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"}
INSIDE = re.compile(r"#|data:image/(png|jpeg|gif|webp|avif)[;,]")
URL = re.compile(r"""url\(\s*["']?\s*""")
CSS_THAT_LOADS = re.compile(r"\\|@import|image-set\(|src\(")
#: pixels a unit has (CSS Values 4, section 6.2)
PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16}
LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z%]*)\s*", re.IGNORECASE)
LARGEST = 20_000
#: lengths that a drawing can be measured in, in pixels
SENSIBLE = (1e-6, 1e9)


def is_drawing(source: bytes) -> bool:
    """Say whether a file is text in angle brackets, which no other picture is."""
    return source.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def drawing_size(source: bytes) -> tuple[int, int]:
    """Give width and height in pixels of a drawing that is safe to publish.

    Raises PictureProblem where it is no SVG, says no size, or holds a script, an event handler,
    another document, an entity or a reference to anything outside of itself.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Any = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PictureProblem(f"is no valid SVG: {error}", "Export it again, or give a PNG") from None
    if etree.QName(root).namespace != SVG or etree.QName(root).localname != "svg":
        raise PictureProblem("is no SVG", f'Its first element must be <svg xmlns="{SVG}">')
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _unsafe("declares entities")
    if root.xpath("//processing-instruction()"):
        raise _unsafe("has a processing instruction")
    for element in root.iter():
        if isinstance(element.tag, str):
            name = etree.QName(element)
            _check_element(name.namespace, name.localname.lower())
            for key, value in element.attrib.items():
                attribute = etree.QName(key)
                if attribute.namespace in KNOWN:
                    _check_attribute(attribute.localname.lower(), str(value))
            if name.localname.lower() == "style":
                _check_style("".join(element.itertext()))
    return _size(dict(root.attrib))


def _check_element(namespace: str | None, name: str) -> None:
    if name in ACTIVE:
        raise _unsafe(f"holds a <{name}> element")
    if namespace in FOREIGN:
        raise _unsafe(f"holds another document's <{name}> element")


def _check_attribute(name: str, value: str) -> None:
    if name.startswith("on"):
        raise _unsafe(f"has an event handler ({name})")
    if name == "attributename" and value.lower().removeprefix("xlink:").startswith(("href", "on")):
        raise _unsafe(f"animates a link ({value})")
    if name in {"href", "src", "base"} and value.strip() and not INSIDE.match(value.strip().lower()):
        raise _unsafe(f"refers to something outside of itself ({name})")
    _check_style(value)


def _check_style(css: str) -> None:
    text = css.lower()
    targets = (text[found.end() :] for found in URL.finditer(text))
    if CSS_THAT_LOADS.search(text) or not all(INSIDE.match(target) for target in targets):
        raise _unsafe("refers to something outside of itself (style)")


def _unsafe(reason: str) -> PictureProblem:
    return PictureProblem(
        f"{reason}, which a drawing on a page must not",
        'Export it as "plain" or "optimised" SVG, or give a PNG',
    )


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    """Give the size that `width` and `height` say; `viewBox` tells what they leave open."""
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    box = [_pixels(number) for number in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())]
    if len(box) == 4 and box[2] and box[3]:
        ratio = box[2] / box[3]
        width = width or (height * ratio if height else box[2])
        height = height or width / ratio
    if not (width and height and max(width, height) <= LARGEST):
        raise PictureProblem("says no size", 'Give its <svg> a viewBox such as viewBox="0 0 800 600"')
    return max(1, round(width)), max(1, round(height))


def _pixels(length: str) -> float:
    """Give a length in pixels; 0 where it is relative, or nothing that could be shown."""
    found = LENGTH.fullmatch(length)
    pixels = float(found[1]) * PIXELS.get(found[2].lower(), 0) if found else 0
    return pixels if SENSIBLE[0] < pixels < SENSIBLE[1] else 0
