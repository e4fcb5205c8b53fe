"""Paths of the site that an author may name: earlier addresses that lead to an article now.

Each becomes a page of its own, so it must be a name that every file system has and every host serves, and
it must not stand where the site has something else.
"""

import re
from typing import Annotated

from campaigner.model.schema import After, Before
from campaigner.model.text import MOST_BYTES_IN_NAME, WINDOWS_DEVICES, Line, Unfit, as_list, shortened

#: what the site has of its own at its top
SITE_PAGES = frozenset(
    {"assets", "tags", "page", "privacy", "index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt"}
)
LONGEST_SEGMENT, LONGEST_PATH = 200, 1_000
#: of a path, that is left below a folder of some depth
MOST_BYTES_IN_PATH = 2_000
#: a page is a folder or such a file
FILE = ".html"
EXAMPLE = "Write a path such as /old-name/"


def as_site_path(text: str) -> str:
    """Give `text` if a page of the site can stand there: a folder, or a file that ends in .html."""
    segments = text.strip().lstrip("/").removesuffix("/").split("/")
    named = f'"{shortened(text)}"'
    if not text.strip("/ "):
        raise Unfit(f"{named} is the home page", EXAMPLE)
    if "%" in text:
        message = f"{named} has a percent sign"
        raise Unfit(
            message, "Write the character that it stands for, such as /größe/; dots and slashes as they are"
        )
    if {"", ".", ".."} & set(segments) or re.search(r"[\s\\?#:*\"<>|]", text.strip()):
        raise Unfit(f"{named} is no address of this site", EXAMPLE)
    for segment in segments:
        _refuse_name(segment, named)
    if len(text) > LONGEST_PATH or len(text.encode()) > MOST_BYTES_IN_PATH:
        raise Unfit(f"{named} has more than {LONGEST_PATH:,} characters", "Take it out: no host serves it")
    if segments[0].casefold() in SITE_PAGES:
        raise Unfit(f"{named} stands where the site has its own pages", "Take it out")
    file = next((segment for segment in segments[:-1] if segment.casefold().endswith(FILE)), "")
    if file:
        raise Unfit(f'{named} stands below "{file}", which is a file', "Take it out, or name the file itself")
    return text


def _refuse_name(segment: str, named: str) -> None:
    """Refuse a name between two slashes that some file system lacks or some host does not serve."""
    if segment.startswith("."):
        # hosts keep such files to themselves; /.well-known/ is for programs (RFC 8615), none follows a page
        message = f'"{shortened(segment)}" in {named} begins with a dot, and hosts do not show such folders'
        raise Unfit(message, "Take it out")
    if WINDOWS_DEVICES.fullmatch(segment):
        raise Unfit(f'"{segment}" in {named} is a device for Windows and can be no file', "Take it out")
    if segment.endswith("."):
        raise Unfit(f'"{shortened(segment)}" in {named} ends in a dot, which Windows drops', "Take it out")
    if len(segment) > LONGEST_SEGMENT or len(segment.encode()) > MOST_BYTES_IN_NAME:
        message = f"{named} has more than {LONGEST_SEGMENT} characters between two slashes"
        raise Unfit(message, "Take it out: no file can have such a name")


SitePath = Annotated[Line, After(as_site_path)]
SitePaths = Annotated[tuple[SitePath, ...], Before(as_list)]
