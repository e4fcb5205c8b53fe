"""The signs that begin a list item in plain text."""

import re

from campaigner.value import Value

SPACE = r"[^\S\n]"
#: the last two are what Word's symbol fonts become in plain text
BULLET = re.compile(rf"[-*+–—‣▪◦●○·•§\uf0b7](?:{SPACE}+|(?<=[‣▪◦●○•\uf0b7]))(?=\S)")
#: these begin a list only in a row; alone they open a line of speech, a remark or a telephone number
SHY = frozenset("*+–—·§")
NUMBER = re.compile(rf"(?P<form>\(?(?:(?P<number>[1-9]\d{{0,2}})[.)]|(?P<letter>[a-z])\))){SPACE}+(?=\S)")


class Marker(Value):
    """A bullet, a number or a letter in front of a list item."""

    #: "•", or how a number is written: "1.", "1)", "a)"
    form: str
    #: what a number or letter counts; 0 for a bullet
    number: int
    #: characters that it takes, with the space behind it
    length: int

    @property
    def shy(self) -> bool:
        """Whether it needs a second one to be believed."""
        return self.form in SHY


def marker(text: str) -> Marker | None:
    """Give the list marker that `text` begins with."""
    bullet = BULLET.match(text)
    if bullet:
        return Marker(form=text[0], number=0, length=bullet.end())
    counted = NUMBER.match(text)
    if not counted:
        return None
    form = re.sub(r"\d+", "1", re.sub(r"[a-z]", "a", counted["form"]))
    number = int(counted["number"]) if counted["number"] else ord(counted["letter"]) - ord("a") + 1
    return Marker(form=form, number=number, length=counted.end())
