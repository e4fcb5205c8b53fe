"""Where a link of the site was written."""

import re
from urllib.parse import unquote

from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Facts, SiteLink

#: what stands behind an address in Markdown and in HTML
ENDS = (")", '"', "'", " ", ">")

#: around an address, as word processors set them: none of them begins one
QUOTATION_MARKS = "“”„‟‘’‚«»‹›\"'"
#: what one that is quoted becomes, as a path of the site
SCHEME = re.compile(r"(\W*https?):/(?!/)", re.IGNORECASE)


def as_quoted(link: SiteLink) -> str:
    """The address of a link as it was written between quotation marks; empty where it was not."""
    written = unquote(link.written)
    return SCHEME.sub(r"\1://", written, count=1) if written[:1] in (*QUOTATION_MARKS,) else ""


def place_of(page: Facts, link: SiteLink) -> Words:
    """Where a link was written, as far as can be known."""
    inside = f"/{link.target}"
    if link.fragment:  # behind the whole of it stands what ends an address
        part = f"#{link.fragment}"
        exact = (*(f"{part}{end}" for end in ENDS), f"{inside}{part}", part)
    else:
        exact = ()
    texts = (as_quoted(link), *exact, inside, link.written, inside.rstrip("/"))
    return Words(
        path=page.path,
        texts=tuple(text for text in texts if len(text) > 1),
        href=link.written,
        label=link.words,
    )
