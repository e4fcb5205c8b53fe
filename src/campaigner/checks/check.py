"""What a check is, and what it finds.

A check is one short file. Its docstring says what it wants and why, with the source of the rule; in GOOD
nothing is found, and BAD is found by it and by no other check; `check` takes what it looks at (see `subjects`) and
yields problems. Its name is its file's: `alt_missing.py` is `alt-missing`.
"""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from campaigner.checks.spots import Spot
from campaigner.checks.subjects import Subject
from campaigner.checks.whole_site import Facts
from campaigner.model.finding import Output, Severity
from campaigner.value import Value


class Problem(Value):
    """One thing that a check found."""

    #: what is wrong, one sentence without a full stop
    message: str
    #: what to do, the same
    hint: str
    #: where it is; None for all of what was looked at
    at: Spot | None = None
    #: which page it is about, where all of the site was looked at
    page: Facts | None = None
    #: what shows it, where that is not what was looked at
    output: Output | None = None


class Example(Value):
    """A piece of content that shows what a check means: one that it finds, or one that it does not."""

    #: "article" (its text), "front matter", "settings" (TOML), "readers" (readers.yaml), or HTML: "page" (the
    #: landing page), "thanks" (its thanks page), "mail" (the newsletter), "web version" (of it) and
    #: "confirmation mail" (of the sign-up app); "mail text", "mail styles" (what stays in its head),
    #: "page styles" (of all pages), "moving picture" (colours of frames)
    of: str
    #: front matter takes the place of keys of the same name; HTML is put at the end of the text
    text: str
    #: a piece of the text, page or mail that `text` takes the place of, as a regular expression
    instead_of: str = ""


class Check(Value):
    """One check, as its file says."""

    name: str
    #: the folder of its file: "accessibility"
    group: str
    severity: Severity
    #: the first sentence of its docstring, without its full stop
    summary: str
    #: the rest of it
    why: str
    bad: Example
    good: Example
    #: what it looks at
    subject: type[Subject]
    function: Callable[[Any], Iterator[Problem]]


def check_of(module: ModuleType) -> Check:
    """Give the check that a module is."""
    *_, group, file = module.__name__.split(".")
    summary, _, why = (module.__doc__ or "").partition("\n\n")
    (subject,) = (kind for name, kind in module.check.__annotations__.items() if name != "return")
    return Check(
        name=file.replace("_", "-"),
        group=group.replace("_", " "),
        severity=module.SEVERITY,
        summary=" ".join(summary.split()).rstrip("."),
        why=why.strip(),
        bad=module.BAD,
        good=module.GOOD,
        subject=subject,
        function=module.check,
    )
