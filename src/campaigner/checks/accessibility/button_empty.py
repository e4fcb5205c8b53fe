"""A button says what it does.

A button with only a sign or a picture in it is read out as "button", and nobody presses that.

Source: https://act-rules.github.io/rules/97a4e1
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import has_name, hidden_from_ears
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<button type="button"></button>')
GOOD = Example(of="page", text='<button type="button" aria-label="Close"></button>')


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each button without words; one that sends or resets a form has the browser's."""
    for element in one.tree.iter("button", "input"):
        kind = (element.get("type") or "").lower()
        if element.tag == "button":
            is_empty = not has_name(element)
        elif kind == "button":
            is_empty = not (element.get("value") or "").strip() and not has_name(element)
        else:
            is_empty = kind == "image" and not (element.get("alt") or "").strip() and not has_name(element)
        if is_empty and not hidden_from_ears(element):
            yield Problem(message="a button has no words", hint="Write on it what it does", at=element)
