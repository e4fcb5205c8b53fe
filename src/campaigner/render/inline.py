"""Writes a stylesheet into the style attributes of a mail. The one place that knows premailer.

Mail programs drop or rewrite `<style>`, so what a mail must not lose stands in its elements
(https://www.caniemail.com/features/html-style/). What cannot stand there (phones, the dark, the
quirks of single programs) is kept in a `<style data-premailer="ignore">`.
"""

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from campaigner.errors import Fault, TemplateFault
from campaigner.render.bounds import BODY, check_attributes, check_depth
from campaigner.render.kept import Kept

if TYPE_CHECKING:
    from lxml.etree import XPath

STYLESHEET = "templates/styles/email.css"
LAYOUT = "templates/_layouts/email.html"
DOCTYPE = "<!doctype html>\n"

MAIL_ONLY = re.compile(r"<!--mail-only-->.*?<!--/mail-only-->\s*", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: what has no end goes up to that of the mail: else it would be looked for again and again
CONDITIONAL = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
STYLE = re.compile(r"<style\b([^>]*)(?:>|\Z)(.*?)(?:</style>|\Z)", re.DOTALL | re.IGNORECASE)
#: stand for `<` and `>` in attributes until the mail is written: code points that no text may have
LESS, GREATER = "\ufdd4", "\ufdd5"
#: combinators, classes, ids, elements and whole attributes; all else premailer gets wrong or drops
SELECTOR = re.compile(r"[\w\s.#>+~,\[\]=\"'-]+")
NAME, ATTRIBUTE = re.compile(r"[.#]([\w-]+)"), re.compile(r"\[[^\]]*\]")

#: read once, when premailer is imported: with the 128 entries that it has by default each mail parses all anew
CACHE = {"PREMAILER_CACHE": "LFU", "PREMAILER_CACHE_MAXSIZE": "10000"}

#: premailer and cssutils share caches that are not made for threads
LOCK = threading.Lock()


def inline(html: str, stylesheet: str, kept: Kept | None = None) -> str:
    """Give the mail `html`, a whole document, with `stylesheet` in its style attributes, in ASCII.

    Other characters become numeric references, so that invisible ones survive every transport.
    Outlook's conditional comments and `<style data-premailer="ignore">` come through as they are.
    What is read out of styles is `kept` for the next build.

    Raises TemplateFault where the stylesheet has rules that cannot be inlined, or where the mail
    has no body, or a style element of another kind, or is beyond the bounds.
    """
    _check(stylesheet)
    _check_head(html)
    check_attributes(html)
    with LOCK:
        from lxml import etree

        # Parsed and written here: premailer would let libxml2 add a second charset to the head,
        # and would drop a doctype that is not byte for byte what lxml writes.
        tree = etree.fromstring(html, etree.HTMLParser(encoding=None))
        if tree is None or tree.find("body") is None:
            hint = 'Begin it with {% extends "_layouts/email.html" %}'
            raise TemplateFault(Fault(path=BODY, message="the mail has no <body>", hint=hint))
        check_depth(tree)
        with _READ.of(stylesheet, kept):
            _premailer(stylesheet).transform(tree)
        written = _written(tree)
    return _ascii(DOCTYPE + written.strip() + "\n")


def web_version(html: str, icon_href: str) -> str:
    """Give an inlined mail as a web page: without what is only for mail, and hidden from search.

    A page has one main landmark where a mail has an article (WAI-ARIA 1.2, `main`), and names the
    site's icon, so that browsers need not ask for one.
    """
    page = MAIL_ONLY.sub("", html).replace('role="article" aria-roledescription="email"', 'role="main"', 1)
    head, tag, rest = page.partition("<head>")
    return f'{head}{tag}\n<meta name="robots" content="noindex">\n<link rel="icon" href="{icon_href}">{rest}'


def _written(tree: Any) -> str:
    """A mail as markup in which each `<` opens a tag or a comment, so that none is found in an attribute.

    In attributes HTML asks for no reference (HTML 13.1.2.3), and libxml2 writes none.
    """
    from lxml import etree

    for element in _with_brackets()(tree):
        for name, value in element.items():
            element.set(name, value.replace("<", LESS).replace(">", GREATER))
    written: str = etree.tostring(tree, method="html", encoding="unicode", with_tail=False)
    for sign, reference, in_address in ((LESS, "&lt;", "%3C"), (GREATER, "&gt;", "%3E")):
        written = written.replace(sign, reference).replace(quote(sign), in_address)
    return written


@cache
def _with_brackets() -> Any:
    from lxml.etree import XPath

    return XPath("//*[@*[contains(., '<') or contains(., '>')]]")


@cache
def _check(stylesheet: str) -> None:
    """Refuse what premailer would drop, or would inline wrongly, without a word."""
    # what is no rule is blanked and not cut, so that lines keep their numbers
    rules = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), stylesheet)
    at = re.search(r"@[\w-]*", rules)
    if at:
        # `@import` would be fetched from the network, `@media` would lose its !important
        raise _fault(rules, at.start(), f"{at[0]} cannot be written into elements")
    for rule in re.finditer(r"([^{}]+)\{[^{}]*\}", rules):
        selector = rule[1].strip()
        if not SELECTOR.fullmatch(selector):
            start = rule.start(1) + len(rule[1]) - len(rule[1].lstrip())
            raise _fault(rules, start, f'the selector "{" ".join(selector.split())}" cannot be inlined')


def _fault(rules: str, position: int, message: str) -> TemplateFault:
    line = rules.count("\n", 0, position) + 1
    hint = "Move the rule to styles/email-head.css, which stays in the mail's head"
    return TemplateFault(Fault(path=STYLESHEET, line=line, message=message, hint=hint))


def _check_head(html: str) -> None:
    """Refuse style elements that premailer would take apart, and imports in the kept one."""
    for attributes, rules in STYLE.findall(CONDITIONAL.sub("", html)):
        if 'data-premailer="ignore"' not in attributes:
            hint = 'Write <style data-premailer="ignore">, or put the rules into styles/email.css'
            raise TemplateFault(
                Fault(path=LAYOUT, message="a style element of a mail must be marked", hint=hint)
            )
        if "@import" in COMMENT.sub("", rules).lower():
            raise TemplateFault(Fault(path=LAYOUT, message="@import does not work in mails"))


def _premailer(stylesheet: str) -> Any:
    return _inliner()(
        css_text=stylesheet,
        # its default takes !important out of everything it touches
        strip_important=False,
        disable_leftover_css=True,
        disable_validation=True,
        align_floating_images=False,
        allow_network=False,
    )


class _Read:
    """What was read out of styles: reading is most of the work, and needs cssutils, which loads slowly."""

    def __init__(self) -> None:
        #: of a stylesheet with its number: rules, and what is left over
        self.rules: dict[tuple[str, int], Any] = {}
        #: of declarations, which may be checked or not: names and values
        self.declarations: dict[tuple[str, bool], list[tuple[str, str]]] = {}
        #: of a selector: what finds its elements
        self.selectors: dict[str, XPath] = {}

    @contextmanager
    def of(self, stylesheet: str, kept: Kept | None) -> Iterator[None]:
        """Begin with what an earlier build read for a stylesheet, and keep what is read here."""
        if kept and (stylesheet, 0) not in self.rules:
            self._recall(kept.get("styles", stylesheet), stylesheet)
        known = len(self.declarations)
        yield
        if kept and len(self.declarations) > known:
            kept.put(
                "styles",
                stylesheet,
                {
                    "rules": self.rules.get((stylesheet, 0), ((),))[0],
                    "declarations": [*self.declarations.items()],
                    "selectors": {selector: found.path for selector, found in self.selectors.items()},
                },
            )

    def _recall(self, found: Any, stylesheet: str) -> None:
        from lxml.etree import XPath, XPathSyntaxError

        try:
            rules = [((*specificity,), selector, style) for specificity, selector, style in found["rules"]]
            declarations = {
                (text, checked): [(name, value) for name, value in pairs]
                for (text, checked), pairs in found["declarations"]
            }
            selectors = {selector: XPath(path) for selector, path in found["selectors"].items()}
        except (AttributeError, TypeError, ValueError, KeyError, XPathSyntaxError):
            return
        self.rules[stylesheet, 0] = (rules, [])
        self.declarations |= declarations
        self.selectors |= selectors


_READ = _Read()


@cache
def _inliner() -> Any:
    """Give premailer's class, made safe and quick."""
    with _environment(CACHE), _later("requests", _no_requests), _later("cssutils", _cssutils):
        from premailer import Premailer, merge_style, premailer

    read_declarations = merge_style.csstext_to_pairs

    def declarations(text: str, validate: bool = True) -> list[tuple[str, str]]:
        found = _READ.declarations.get((text, validate))
        if found is None:
            found = _READ.declarations[text, validate] = read_declarations(text, validate=validate)
        return found

    declarations._lock = read_declarations._lock  # type: ignore[attr-defined]  # it asks for that by name
    merge_style.csstext_to_pairs = premailer.csstext_to_pairs = declarations
    read_selector = premailer._create_cssselector

    def selector(text: str) -> "XPath":
        found = _READ.selectors.get(text)
        if found is None:
            found = _READ.selectors[text] = read_selector(text)
        return found

    premailer._create_cssselector = selector

    class Inliner(Premailer):  # type: ignore[misc]
        """Reads each stylesheet once and not for each mail, and writes no attributes but `style`."""

        def transform(self, html: Any) -> Any:
            """Write the styles into a mail, a tree."""
            self._names = frozenset(" ".join(found for find in _names() for found in find(html)).split())
            return super().transform(html)

        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> Any:
            key = (css_body, ruleset_index)
            if key not in _READ.rules:
                _READ.rules[key] = super()._parse_style_rules(css_body, ruleset_index)
            rules, left_over = _READ.rules[key]
            return [rule for rule in rules if self._names >= _names_in(rule[1])], [*left_over]

        def _style_to_basic_html_attributes(
            self, element: Any, style_content: str, force: bool = False
        ) -> None:
            """Leave it: `text-align` would float tables, `width` would make 600 pixels 100 per cent."""

    return Inliner


@cache
def _names_in(selector: str) -> frozenset[str]:
    """The classes and ids that a selector asks for: it need not be looked for in a mail that has not all of them."""
    return frozenset(NAME.findall(ATTRIBUTE.sub("", selector)))


@cache
def _names() -> Any:
    """Find all classes and all ids of a mail: one by one, since to join such sets takes time by their square."""
    from lxml.etree import XPath

    return tuple(XPath(f"//@{name}", smart_strings=False) for name in ("class", "id"))


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Have variables of the environment say what is `wanted` of them, for a while."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _later(name: str, load: Callable[[], Any]) -> Iterator[None]:
    """Have a module imported only when something of it is asked for (PEP 562)."""
    known = sys.modules.get(name)
    stand_in = ModuleType(name)
    stand_in.__getattr__ = lambda wanted: getattr(load(), wanted)  # type: ignore[method-assign]
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        del sys.modules[name]
        if known:
            sys.modules[name] = known


def _no_requests() -> None:
    """Stand in for what premailer would fetch with: it may fetch nothing."""


@cache
def _cssutils() -> Any:
    import cssutils

    cssutils.log.enabled = False
    # cssutils fetches what it is told to import, whatever premailer is told about the network
    cssutils.util._defaultFetcher = _fetch_nothing
    return cssutils


def _fetch_nothing(_url: str) -> None:
    """Stand in for cssutils' way to the network."""


def _ascii(html: str) -> str:
    """Write other characters as references; in style elements, where there are none, as CSS escapes."""
    styled = STYLE.sub(lambda style: _css_escaped(style[0]), html)
    return styled.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _css_escaped(css: str) -> str:
    return re.sub(r"[^\x00-\x7f]", lambda character: f"\\{ord(character[0]):x} ", css)
