"""Lets through the HTML that an article may have, and nothing that runs, loads or styles.

All of the converted text goes through it, not only what the author wrote as HTML: Markdown's
attribute lists can set any attribute too.
"""

import re

import nh3

TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
    ),
    *("dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins"),
    *("kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary"),
    *(
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
        "caption",
    ),
}
ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "del": {"datetime", "cite"},
    "ins": {"datetime", "cite"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "details": {"open"},
    "div": {"data-callout", "data-channels", "data-title"},  # our own blocks
}
#: what Markdown aligns table cells with; classes, since pages allow no inline style
ALIGNED = {f'style="text-align: {side};"': f'class="align-{side}"' for side in ("left", "center", "right")}
#: what is left of a paragraph that held nothing else than what was taken out
EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")
#: an address with any other scheme is taken out
SCHEMES = {"http", "https", "mailto", "tel"}
#: one for all articles: what it lets through is worked out once
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def sanitised(html: str) -> str:
    """Give `html` without scripts, styles, event handlers, forms, frames, odd addresses and empty paragraphs."""
    for style, name in ALIGNED.items():
        html = html.replace(style, name)
    return EMPTY_PARAGRAPH.sub("", CLEANER.clean(html))
