"""Words that stand for merge fields until a mail is finished."""

from campaigner.render.body.mail import Placeholders


def test_what_stands_between_placeholders_is_written_too() -> None:
    placeholders = Placeholders("seed")
    name, address = placeholders.word("{{ name }}"), placeholders.word("{{ address }}")
    text = f"a{name}b{address}{name}c"
    assert placeholders.written(text, str, str.upper) == "A{{ name }}B{{ address }}{{ name }}C"
    assert placeholders.written("none", str, str.upper) == "NONE"
    assert placeholders.written("", str, str.upper) == ""


def test_the_placeholders_of_another_article_are_mere_text() -> None:
    other, own = Placeholders("other"), Placeholders("seed")
    text = f"{other.word('x')} cf{own.word('y')} {own.word('y')[:-1]} {other.word('x')}"
    assert own.written(text, str) == text.replace(own.word("y"), "y")
