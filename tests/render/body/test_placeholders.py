"""Words that stand for merge fields and senders' tags until a mail is finished."""

from operator import attrgetter

from campaigner.render.body.mail import Placeholders, SenderTag
from campaigner.render.merge_tags import MergeField

NAME = MergeField(name="name", fallback="there")
ADDRESS = SenderTag(tag="{{ address }}", own="1 Street")
FALLBACK = attrgetter("fallback")


def test_what_stands_between_placeholders_is_written_too() -> None:
    placeholders = Placeholders("seed")
    name, address = placeholders.word(NAME), placeholders.word(ADDRESS)
    text = f"a{name}b{address}{name}c"
    assert placeholders.written(text, field=FALLBACK, literal=str.upper) == "AthereB{{ address }}thereC"
    assert placeholders.written("none", field=FALLBACK, literal=str.upper) == "NONE"
    assert placeholders.written("", field=FALLBACK, literal=str.upper) == ""


def test_a_senders_tag_can_be_what_it_stands_for() -> None:
    placeholders = Placeholders("seed")
    text = f"at {placeholders.word(ADDRESS)}"
    assert placeholders.written(text, field=FALLBACK, tag=attrgetter("own")) == "at 1 Street"


def test_the_placeholders_of_another_article_are_mere_text() -> None:
    other, own = Placeholders("other"), Placeholders("seed")
    text = f"{other.word(NAME)} cf{own.word(ADDRESS)} {own.word(ADDRESS)[:-1]} {other.word(NAME)}"
    assert own.written(text, field=FALLBACK) == text.replace(own.word(ADDRESS), "{{ address }}")
