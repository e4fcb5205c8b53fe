"""The program itself as an input: another version of it, or of a library, makes other bytes."""

import os
import re
import sys

from campaigner.build.inputs import Inputs, Known, is_racy, signature
from campaigner.build.units import seal
from campaigner.resources import PACKAGE

#: libraries whose versions show in what is made
LIBRARIES = (
    *("Babel", "Jinja2", "Markdown", "MarkupSafe", "Pillow", "PyYAML", "coloraide", "cssselect", "cssutils"),
    *("lxml", "nh3", "premailer", "pydantic"),
)
#: files of the program that show in what is made: its code, and the letters of the share card
SHOWING = (".py", ".ttf")
VERSION = re.compile(r"^Version: *(.+)$", re.MULTILINE)


def engine_digest(inputs: Inputs) -> str:
    """Give a hash of the program and of the libraries it makes pages with."""
    sources = [found for path, found in inputs.tree(str(PACKAGE)) if path.endswith(SHOWING)]
    return seal((sources, _libraries(inputs), sys.version_info[:2]))


def _libraries(inputs: Inputs) -> str:
    """A hash of the libraries' versions, read again only where something was installed since."""
    import click

    folder = os.path.dirname(os.path.dirname(os.path.abspath(click.__file__)))
    current = signature(folder)
    known = inputs.known.get(folder)
    if known is None or known.signature != current or is_racy(current, inputs.looked_at):
        known = Known(signature=current, digest=seal([_version(name) for name in LIBRARIES]), folder="")
    inputs.now[folder] = known
    return known.digest


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, distribution

    # what importlib.metadata reads as a mail, to the end of a long description, has a line that says it
    try:
        found = VERSION.search(distribution(name).read_text("METADATA") or "")
    except PackageNotFoundError:
        return ""
    return found[1] if found else ""
