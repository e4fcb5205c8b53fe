"""Where a link of the site was written."""

from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Facts, SiteLink

#: what stands behind an address in Markdown and in HTML
ENDS = (")", '"', "'", " ", ">")


def place_of(page: Facts, link: SiteLink) -> Words:
    """Where a link was written, as far as can be known."""
    inside = f"/{link.target}"
    if link.fragment:  # behind the whole of it stands what ends an address
        part = f"#{link.fragment}"
        exact = (*(f"{part}{end}" for end in ENDS), f"{inside}{part}", part)
    else:
        exact = ()
    texts = (*exact, inside, link.written, inside.rstrip("/"), link.words)
    return Words(
        path=page.path,
        texts=tuple(text for text in texts if len(text) > 1),
        href=link.written,
        label=link.words,
    )
