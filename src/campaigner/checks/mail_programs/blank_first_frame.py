"""A moving picture shows something from its first frame on.

Outlook for Windows before Office 365 shows the first frame of a GIF and no other. One that begins blank, to fade in,
stays blank there.

Source: https://www.caniemail.com/features/image-gif/
"""

from collections.abc import Iterator
from pathlib import Path

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="moving picture", text="white, teal")
GOOD = Example(of="moving picture", text="teal, white")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each GIF that begins blank."""
    for picture in mail.tree.iter("img"):
        file = mail.picture_files.get(picture.get("src", ""))
        if file and file.suffix == ".gif" and _begins_blank(file):
            yield Problem(
                message="the first frame of an animated GIF is blank, and older versions of Outlook show no other",
                hint="Begin the animation with the frame that says most, even if it is the last",
                at=picture,
            )


def _begins_blank(file: Path) -> bool:
    """Whether the first of several frames has one colour only."""
    from PIL import Image

    try:
        with Image.open(file) as image:
            if getattr(image, "n_frames", 1) < 2:
                return False
            image.seek(0)
            bands = image.convert("RGB").split()
            return all(len(set(band.getextrema())) == 1 for band in bands)
    except (OSError, ValueError, SyntaxError):
        return False
