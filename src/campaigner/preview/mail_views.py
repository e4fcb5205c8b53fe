"""Ways to look at a newsletter: in a mail program, as text, as its source, by its headers."""

import email
import email.policy
import re
from itertools import product

from campaigner.clients.programs import BY_NAME, PROGRAMS, Program
from campaigner.clients.simulation import Simulation
from campaigner.preview.press import NOWHERE, Press
from campaigner.preview.schemes import page_in_scheme
from campaigner.render.reader_mail import ReaderMail
from campaigner.value import Value

#: the mail as it is sent, in the browser that one has
AS_WRITTEN = "as-written"
PARTS = ("text", "source", "headers")
#: bytes of HTML that Gmail shows before it cuts: https://github.com/hteumeuleu/email-bugs/issues/41
CLIP = 102 * 1024
#: from a view to the site's root
TO_SITE = "../../../site/"
NAME = re.compile(
    r"(?P<program>[a-z-]+)\.(?P<scheme>light|dark)(?P<images>\.no-images)?\.r(?P<reader>\d{1,4})\.html"
)
PART = re.compile(rf"(?P<part>{'|'.join(PARTS)})\.r(?P<reader>\d{{1,4}})\.html")
EML = re.compile(r"newsletter\.r(?P<reader>\d{1,4})\.eml")
PICTURE = re.compile(r"(<img\b[^>]*?\bsrc=)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
GROUND_PICTURE = re.compile(r"\b(background=)(\"[^\"]*\"|'[^']*')|url\([^)]*\)", re.IGNORECASE)
#: an image that is none: its alternative text is shown
NO_PICTURE = '"data:,"'


class View(Value):
    """A newsletter in a mail program."""

    #: None for the mail as it is written
    program: Program | None
    dark: bool
    images: bool
    #: number of the sample reader
    reader: int

    @property
    def scheme(self) -> str:
        """Light or dark, in a word."""
        return "dark" if self.dark else "light"

    @property
    def name(self) -> str:
        """The file that it is."""
        program = self.program.name if self.program else AS_WRITTEN
        return f"{program}.{self.scheme}{'' if self.images else '.no-images'}.r{self.reader}.html"


def view_of(name: str, readers: int) -> View | None:
    """The view that a file's name means; None where there is none."""
    found = NAME.fullmatch(name)
    if not found or int(found["reader"]) >= readers:
        return None
    if found["program"] != AS_WRITTEN and found["program"] not in BY_NAME:
        return None
    return View(
        program=BY_NAME.get(found["program"]),
        dark=found["scheme"] == "dark",
        images=not found["images"],
        reader=int(found["reader"]),
    )


def all_views(readers: int) -> tuple[View, ...]:
    """Every view of a newsletter."""
    return tuple(
        View(program=program, dark=dark, images=images, reader=reader)
        for reader, program, dark, images in product(
            range(readers), (None, *PROGRAMS), (False, True), (True, False)
        )
    )


def html_of(press: Press, folder: str, view: View) -> str | None:
    """The HTML of a view; None where there is no newsletter."""
    mail = press.mail(folder, view.reader)
    if mail is None:
        return None
    found = press.simulation(folder, view.reader, view.program, dark=view.dark) if view.program else None
    return _at_home(looked_at(mail.html, view, found), press.desk.publication.base_url)


def looked_at(html: str, view: View, simulated: Simulation | None) -> str:
    """A mail in a view, of which `simulated` is what its mail program makes of it."""
    html = simulated.html if simulated else page_in_scheme(html, view.scheme)
    if not view.images:
        html = GROUND_PICTURE.sub(lambda one: f'{one[1]}""' if one[1] else "none", html)
        html = PICTURE.sub(lambda one: one[1] + NO_PICTURE, html)
    return html


def _at_home(html: str, base_url: str) -> str:
    """The mail with pictures and links of the site from this preview: the site itself may not stand yet."""
    for before in ('"', "'", "("):
        html = html.replace(before + base_url, before + TO_SITE)
    return html.replace(f'"{NOWHERE}"', '"#"')


def headers_of(mail: ReaderMail) -> tuple[tuple[str, str], ...]:
    """The headers of the message, decoded."""
    message = email.message_from_bytes(mail.message, policy=email.policy.default)
    return tuple((name, str(value)) for name, value in message.items())


def size_of(mail: ReaderMail) -> int:
    """Bytes of HTML, which is what is clipped."""
    return len(mail.html.encode())
