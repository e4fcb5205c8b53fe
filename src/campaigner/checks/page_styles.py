"""The stylesheet of the site's pages, as it was written and as a page has it."""

import re
from functools import cached_property, lru_cache

from lxml.html import HtmlElement

from campaigner.checks.own_templates import own_text
from campaigner.checks.plain_rules import Origin
from campaigner.checks.spots import Region
from campaigner.clients.declarations import LARGEST, is_deep
from campaigner.clients.stylesheets import Stylesheet, stylesheet
from campaigner.render.kept import Kept
from campaigner.render.publication import Publication
from campaigner.render.shared_files import STYLE
from campaigner.value import Value

#: as what it is kept what a stylesheet says
SHEETS = "stylesheets"
#: stylesheets that only bring fonts
FONTS = re.compile(r"font|typekit", re.IGNORECASE)
IMPORT = re.compile(r"@import\b", re.IGNORECASE)


class PageStyles(Value, eq=False):
    """The stylesheet that all pages of a site share."""

    css: str
    #: the name of its file, with its hash
    file: str
    #: the template that it was made of, where the workspace has one of its own
    template: str = ""
    #: where what it says is kept
    kept: Kept | None = None

    @cached_property
    def sheet(self) -> Stylesheet:
        """What it says; to read it takes longer than to judge all pages of a campaign, so that is kept."""
        sheet = self.kept.get_sealed(SHEETS, self.css, Stylesheet) if self.kept else None
        if sheet is None:
            sheet = stylesheet(self.css)
            if self.kept:
                self.kept.put_sealed(SHEETS, self.css, sheet)
        return sheet

    def are_all_of(self, tree: HtmlElement) -> bool:
        """Whether a page has this stylesheet and no other that anybody would have to know."""
        links = [
            (link.get("href") or "").partition("?")[0].rpartition("/")[2] or "?"
            for link in tree.iter("link")
            if "stylesheet" in (link.get("rel") or "").lower().split()
            and not FONTS.search(link.get("href") or "")
        ]
        return self._is_readable and links == [self.file]

    @cached_property
    def _is_readable(self) -> bool:
        return (
            bool(self.css)
            and len(self.css) <= LARGEST
            and not is_deep(self.css)
            and not IMPORT.search(self.css)
        )

    def region(self, origin: Origin | None) -> Region | None:
        """Where a rule was written; None where that is not the workspace's to change."""
        if origin is None or not self.template:
            return None
        return Region(path=f"templates/{STYLE}", line=_line(self.css, self.template, origin.line))


UNKNOWN_STYLES = PageStyles(css="", file="")


def styles_of(publication: Publication) -> PageStyles:
    """Give the stylesheet of a publication's pages: the same value for all of its campaigns."""
    style = next(one for one in publication.shared.written if one.path == f"site/{publication.shared.style}")
    return _styles(
        style.content,
        publication.shared.style.rpartition("/")[2],
        own_text(publication.theme, STYLE),
        publication.kept,
    )


@lru_cache(maxsize=4)
def _styles(content: bytes, file: str, template: str, kept: Kept) -> PageStyles:
    return PageStyles(css=content.decode(), file=file, template=template, kept=kept)


@lru_cache(maxsize=1024)
def _line(css: str, template: str, line: int) -> int:
    """The line of the template that a line of the stylesheet was made from: the same one, as often as it was before."""
    lines = css.split("\n")
    wanted = lines[line - 1].strip()
    before = sum(one.strip() == wanted for one in lines[: line - 1])
    found = [number for number, one in enumerate(template.split("\n"), start=1) if one.strip() == wanted]
    return found[min(before, len(found) - 1)] if found else 1
