"""Units: the pieces a build is made of, what each depends on, and how it is told that one is stale.

A unit's key names all that it was made from, part by part. A unit whose key is the same as in the
last build need not be rendered; where it differs, the parts that do say why.
"""

import hashlib
from collections.abc import Iterable, Mapping

from campaigner.build.kinds import (
    ENTRY,
    FEED,
    HOME,
    LANDING,
    NEWSLETTER,
    NOT_FOUND,
    POST,
    PRIVACY,
    ROBOTS,
    SHARED,
    SITEMAP,
    TAG,
)
from campaigner.render import feeds, landing, listing, newsletter, plain, post, shared_files
from campaigner.render.body import mail, web

#: which templates each kind of unit may load
TEMPLATES: dict[str, tuple[str, ...]] = {
    POST: (*post.TEMPLATES, *web.PARTS),
    LANDING: (*landing.TEMPLATES, *web.PARTS),
    NEWSLETTER: (*newsletter.TEMPLATES, *newsletter.STYLES, *mail.PARTS),
    ENTRY: (*feeds.ENTRY_TEMPLATES, *web.PARTS),
    HOME: (listing.HOME_TEMPLATE,),
    TAG: (listing.TAG_TEMPLATE,),
    FEED: feeds.FEED_TEMPLATES,
    SITEMAP: feeds.SITEMAP_TEMPLATES,
    ROBOTS: feeds.ROBOTS_TEMPLATES,
    NOT_FOUND: (plain.NOT_FOUND_TEMPLATE,),
    PRIVACY: (plain.PRIVACY_TEMPLATE, *web.PARTS),
    SHARED: shared_files.TEMPLATES,
}


def unit_name(kind: str, of: str = "") -> str:
    """The name of a unit: its kind, and which campaign, tag or page it is of."""
    return f"{kind} {of}" if of else kind


def seal(value: object) -> str:
    """A short hash of a value's text."""
    return text_seal(repr(value))


def text_seal(text: str) -> str:
    """A short hash of a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def unit_key(parts: Iterable[tuple[str, str]]) -> str:
    """A key of named parts, each a hash."""
    return " ".join(f"{name}={value}" for name, value in parts)


def difference(old: str | None, new: str, shared: Mapping[str, str]) -> str:
    """Say which parts of a key changed, in words; `shared` are the keys that others have as their part "all"."""
    if old is None:
        return "new"
    before, after = _parts(old, shared), _parts(new, shared)
    changed = [name for name in after if before.get(name) != after[name]]
    return f"{', '.join(changed)} changed" if changed else "its files were changed or removed"


def _parts(key: str, shared: Mapping[str, str]) -> dict[str, str]:
    parts = dict(part.split("=", 1) for part in key.split(" ") if "=" in part)
    common = shared.get(parts.pop("all", ""), "")
    return (_parts(common, {}) if common else {}) | parts
