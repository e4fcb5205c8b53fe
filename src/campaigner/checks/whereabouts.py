"""Where a link of the site was written."""

from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Facts, SiteLink


def place_of(page: Facts, link: SiteLink) -> Words:
    """Where a link was written, as far as can be known."""
    inside = f"/{link.target}"
    texts = (f"{inside}#{link.fragment}" if link.fragment else "", inside, link.written, inside.rstrip("/"))
    return Words(path=page.path, texts=tuple(text for text in (*texts, link.words) if len(text) > 1))
