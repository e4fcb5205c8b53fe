"""What mail programs support, as caniemail.com found it by testing.

The data is distilled by `tools/email_data.py`; it is theirs, under the MIT licence, whose notice stands in
the file.
"""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from campaigner.value import Value

DATA = Path(__file__).with_name("caniemail.json")
PAGE = "https://www.caniemail.com/features/{slug}/"
NOTE = re.compile(r"#(\d+)")


class Answer(StrEnum):
    """How well a mail program supports a feature."""

    YES = "y"
    PARTLY = "a"
    NO = "n"
    UNKNOWN = "u"


class Support(Value):
    """What one mail program does with one feature."""

    answer: Answer
    #: remarks on it, in the words of caniemail.com (Markdown)
    notes: tuple[str, ...] = ()


class Feature(Value):
    """Something that a mail may use."""

    #: as in the address of its page: "css-border-radius"
    slug: str
    title: str
    #: when it was last tested, YYYY-MM-DD
    tested: str
    #: the answer of each mail program that was tested, "gmail.ios", as the data writes it: `a #1 #6`
    answers: Mapping[str, str]
    #: remarks by number
    notes: Mapping[str, str]

    @property
    def url(self) -> str:
        """Its page."""
        kind, _, name = self.slug.partition("-")
        # what is neither CSS, HTML nor a picture has no kind in its address
        return PAGE.format(slug=self.slug if name else kind)

    def in_client(self, client: str) -> Support:
        """What a mail program does with it; unknown where nobody tested it."""
        written = self.answers.get(client, Answer.UNKNOWN)
        numbers = NOTE.findall(written)
        return Support(
            answer=Answer(written[0]),
            notes=tuple(self.notes[number] for number in numbers if number in self.notes),
        )


class SupportData(Value):
    """All that is known, and from when it is."""

    #: YYYY-MM-DD
    date: str
    #: of the npm package it was taken from
    version: str
    #: families and platforms: "gmail.ios"
    clients: tuple[str, ...]
    features: Mapping[str, Feature]


@cache
def support_data() -> SupportData:
    """Read the data once."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    clients = tuple(data["clients"])
    return SupportData(
        date=data["date"],
        version=data["version"],
        clients=clients,
        features={
            slug: Feature(
                slug=slug,
                title=feature["title"],
                tested=feature["tested"],
                answers={
                    client: written
                    for client, written in zip(clients, feature["support"], strict=True)
                    if written
                },
                notes=feature["notes"],
            )
            for slug, feature in data["features"].items()
        },
    )
