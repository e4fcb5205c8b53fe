"""The pictures of a text from elsewhere: those that lie beside it stay, all others leave their words."""

import posixpath
import re
from collections.abc import Collection
from html import escape
from urllib.parse import quote, unquote

from lxml import html as lxml_html
from lxml.html import HtmlElement

from campaigner.content.documents.pictures import local_name
from campaigner.render.body.markdown import Converter
from campaigner.render.body.marks import CLOSE, MARK, OPEN
from campaigner.render.body.restoring import PICTURE_KEY
from campaigner.render.foreign.signs import quiet
from campaigner.render.illustrations import DECORATIVE

#: a picture in Markdown, with its address or its label, and what stands in braces behind it; or in HTML
PICTURE = re.compile(
    r"""
    !(?P<link>\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]{0,500}\]){0,1000})\]
      (?:(?P<target>\((?:[^()\\]|\\.|\([^()]{0,500}\)){0,2000}\)|\[[^\[\]\n]{1,500}\])|\[\])?)
    (?:\{(?P<attributes>:?[ ]*[.#]?\w[^{}()\[\]\n]{0,500})\})?
    | (?P<tag><img)\b(?P<inside>[^<>]{0,5000})>
    """,
    re.VERBOSE,
)
#: what could begin a merge field or a citation
SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "{["}
LAST = re.compile(rf"{MARK.pattern}$")
WEB = re.compile(r"https?://", re.IGNORECASE)


def with_pictures(text: str, names: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Give `text` with its pictures that are among the files `names`, and the addresses of the others.

    Where one of these was its alternative text stands, as a link if it is somewhere in the web.
    """
    found = [*PICTURE.finditer(text)]
    parts: list[str] = []
    missing: dict[str, None] = {}
    end = 0
    for number, picture in sorted(_pictures(text, found).items()):
        match, name = found[number], local_name(picture.get("src", ""))
        if name not in names:
            missing[picture.get("src", "")] = None
        put = _kept if name in names else _words
        parts += [text[end : match.start()], put(match, picture)]
        end = match.end()
    return "".join(parts) + text[end:], tuple(filter(None, missing))


def _pictures(text: str, found: list[re.Match[str]]) -> dict[int, HtmlElement]:
    """What Markdown makes a picture of, by the index of its match; the others are code, or mere brackets."""
    if not found:
        return {}
    marked, end = "", 0
    for number, match in enumerate(found):
        mark = f"{OPEN}{number}{CLOSE}"
        # words that are a label too cannot hold a mark: it stands in front
        opening = (
            f'<img {PICTURE_KEY}="{number}"'
            if match["tag"]
            else f"![{mark}"
            if match["target"]
            else f"{mark}!["
        )
        marked += quiet(text[end : match.start()]) + opening
        end = match.start() + len(match["tag"] or "![")
    html = Converter().convert(marked + quiet(text[end:])).html
    pictures = {}
    for picture in lxml_html.fragment_fromstring(html, create_parent="div").iter("img"):
        found_mark = MARK.match(picture.get("alt", "")) or LAST.search(_text_before(picture))
        which = found_mark[1] if found_mark else picture.get(PICTURE_KEY)
        if which is not None:
            picture.set("alt", MARK.sub("", picture.get("alt", "")).strip())
            pictures[int(which)] = picture
    return pictures


def _text_before(element: HtmlElement) -> str:
    before = element.getprevious()
    return (element.getparent().text if before is None else before.tail) or ""


def _kept(match: re.Match[str], picture: HtmlElement) -> str:
    """The picture as a build takes it: with the name of its file, and a word that it needs no words."""
    source, alt = picture.get("src", ""), picture.get("alt", "").strip()
    name = local_name(source)
    is_named = posixpath.normpath(unquote(source.partition("?")[0])) == name
    is_told = bool(alt) or DECORATIVE in picture.get("class", "").split()
    if is_named and is_told:
        return match[0]
    if match["tag"]:
        decorative = "" if is_told else f' class="{DECORATIVE}"'
        return f'<img{decorative} src="{quote(name)}" alt="{escape(alt)}">'
    title = f' "{picture.get("title")}"' if picture.get("title") else ""
    attributes = " ".join(filter(None, [match["attributes"], "" if is_told else f".{DECORATIVE}"]))
    return f"![{match['alt']}]({quote(name)}{title})" + (f"{{{attributes}}}" if attributes else "")


def _words(match: re.Match[str], picture: HtmlElement) -> str:
    """What stands in the place of a picture that is not there, as in a browser."""
    if match["tag"]:
        return escape(" ".join(picture.get("alt", "").split()), quote=False).translate(SIGNS)
    in_link = next(picture.iterancestors("a"), None) is not None
    is_link = match["alt"].strip() and WEB.match(picture.get("src", "")) and not in_link
    return match["link"] if is_link else match["alt"]
