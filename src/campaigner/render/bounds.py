"""What a mail may be at most. Beyond that reading it takes long, or its end is dropped without a word."""

import re
from functools import cache
from typing import Any

from campaigner.errors import Fault, TemplateFault

BODY = "templates/newsletter/body.html"
#: characters of a mail's HTML; Gmail shows a thirtieth of that
LARGEST = 3 * 1024 * 1024
#: attributes of one element, each of which parsers compare with all others
MOST_ATTRIBUTES = 1_000
#: characters in which no element can have so many that it takes long; ordinary mails are below that
FEW = 100_000
#: elements in each other, with some left to the 256 at which libxml2 drops what follows
DEEPEST = 200

#: comments, and start tags with all that stands in them; whatever there is, it is gone over once
TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
    | <[a-z] (?: [^>=]++ | =\s*+ (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^\s>]*+ ) )*+""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
VALUE = re.compile(r""""[^"]*+"|'[^']*+'""")


def check_attributes(html: str) -> None:
    """Raise TemplateFault where an element of a mail has more attributes than anybody writes."""
    if len(html) > FEW and any(map(_has_too_many, TAG.finditer(html))):
        message = f"an element of the mail has more than {MOST_ATTRIBUTES:,} attributes"
        raise TemplateFault(Fault(path=BODY, message=message, hint="Take attributes out"))


def _has_too_many(tag: re.Match[str]) -> bool:
    is_long = tag.end() - tag.start() > 2 * MOST_ATTRIBUTES and not tag[0].startswith("<!--")
    # the first of the words is the element's name
    return is_long and len(VALUE.sub(" ", tag[0]).split()) > MOST_ATTRIBUTES + 1


def check_depth(tree: Any) -> None:
    """Raise TemplateFault where elements of a mail are nested deeper than anybody nests them."""
    if _too_deep()(tree):
        message = f"the mail has more than {DEEPEST} elements in each other"
        hint = "Close the elements that the template opens"
        raise TemplateFault(Fault(path=BODY, message=message, hint=hint))


@cache
def _too_deep() -> Any:
    from lxml.etree import XPath

    return XPath(f"boolean({'/'.join(['*'] * (DEEPEST + 1))})")
