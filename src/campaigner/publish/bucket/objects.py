"""What an object of a bucket is like: its type, how long it may be kept, and in which order objects come and go."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from mimetypes import MimeTypes

from campaigner.publish.compression import is_worth_it
from campaigner.publish.releases import ASSETS, PublishedFile
from campaigner.publish.server_settings import A_YEAR, TEXT_TYPES

#: says with an object what its content is; an ETag is no MD5 where a file came in parts, or is encrypted
DIGEST = "campaigner-digest"
A_MINUTE = "public, max-age=60"
#: of what a site has, beside those that all versions of Python know
TYPES = {
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
FEED, SITEMAP = "feed.xml", "sitemap.xml"


def attributes(path: str, digest: str, encoding: str) -> dict[str, str]:
    """What a bucket is to tell with a file of a site; `encoding` is "gzip" or empty."""
    found = {"Content-Type": _type_of(path), "Cache-Control": _cache_of(path), DIGEST: digest}
    return found | {"Content-Encoding": encoding} if encoding else found


def is_compressed(path: str, precompress: Iterable[str]) -> bool:
    """Whether a file is to lie there compressed: a bucket has each in one form only, which all browsers read."""
    return "gzip" in precompress and is_worth_it(path)


def kept_name(path: str, digest: str) -> str:
    """The name of a content that is kept to be gone back to."""
    return blake2b(f"{digest} {path}".encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


def in_order(paths: Iterable[str], files: Mapping[str, PublishedFile]) -> Iterator[list[str]]:
    """The paths in groups, each of them to be there before the next: what leads to a page comes after it."""

    def rank(path: str) -> int:
        if path.startswith(ASSETS):
            return 0
        if path in {FEED, SITEMAP}:
            return 3 + (path == SITEMAP)
        return 1 if files[path].campaigns else 2

    for _, group in groupby(sorted(paths, key=lambda path: (rank(path), path)), rank):
        yield list(group)


def _type_of(path: str) -> str:
    ending = f".{path.rpartition('/')[2].rpartition('.')[2].lower()}"
    found = TYPES.get(ending) or MIME_TYPES.guess_type(f"x{ending}")[0] or "application/octet-stream"
    is_text = found.startswith("text/") or found in TEXT_TYPES.split()
    return f"{found}; charset=utf-8" if is_text else found


def _cache_of(path: str) -> str:
    return A_YEAR if path.startswith(ASSETS) else A_MINUTE


#: Python's own, and not those of the machine
MIME_TYPES = MimeTypes()
