"""The page and the mail say which language they are in.

A screen reader chooses its voice by it, a browser its hyphens and its offer to translate. Without it German is read
out as if it were English. Gmail drops the `<html>` of a mail, so there the language stands on an element within the
`<body>` too.

Source: WCAG 2.2, 3.1.1, https://www.w3.org/TR/WCAG22/#language-of-page
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<html dir="ltr">', instead_of="<html [^>]*>")
GOOD = Example(of="page", text='<html lang="en" dir="ltr">', instead_of="<html [^>]*>")

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
HINT = 'Write it as a tag such as lang="en" or lang="de-AT"'
ROOT, BODY = Lacking(signs=("<html",)), Lacking(signs=("<body",))


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield what says no language, or one that is none."""
    root = one.tree
    language = root.get("lang")
    if not language:
        yield Problem(message="the <html> tag names no language", hint=HINT, at=ROOT)
    elif not TAG.fullmatch(language):
        yield Problem(message=f'"{language[:40]}" is not the code of a language', hint=HINT, at=ROOT)
    elif isinstance(one, Mail) and not any(root.xpath("//body//@lang")[:1]):
        yield Problem(message="no element in the body of the mail names its language", hint=HINT, at=BODY)
