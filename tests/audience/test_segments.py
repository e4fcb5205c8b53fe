"""A segment says who is meant, and both databases understand it alike."""

from datetime import timedelta
from pathlib import Path

import pytest

from audience.conftest import ORIGIN, asked, ids
from audience.lists import bring_in
from audience.test_sign_ups import joined
from campaigner.audience.addresses import read_address
from campaigner.audience.leaving import unsubscribe
from campaigner.audience.preferences import set_preferences
from campaigner.audience.segments import segment_condition
from campaigner.audience.selecting import count, people
from campaigner.audience.sign_ups import confirm, sign_up
from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import by_digest
from campaigner.audience.suppressions import Cause, suppress
from campaigner.content.segments import read_segment, segment_names
from campaigner.content.settings import settings_of, toml_block
from campaigner.errors import ContentError, UnknownSegment
from campaigner.model.segment import Segment
from campaigner.model.settings import Reader
from conftest import NOW, SETTINGS, WriteFiles

LIST = """\
email,name,tags,language,profession,beds,born,member,campaign,utm_source,signed_up
amina@x.example,Amina,"weekly, vip",de,Nurse,12,1980-02-01,yes,spring-offer,fair,2026-11-01
bert@x.example,Bert,weekly,de-AT,Doctor,3,1990-05-05,no,spring-offer,letter,2026-06-01
cem@x.example,,courses,en,,,,,autumn,,2025-01-01
dana@x.example,Dana,,,Nurse,2.5,,,,,2026-11-20
"""
OWN = """
[reader.fields.profession]
label = "Profession"
type = "choice"
options = ["Nurse", "Doctor"]
[reader.fields.beds]
label = "Beds"
type = "number"
[reader.fields.born]
label = "Birthday"
type = "date"
[reader.fields.member]
label = "Member"
type = "boolean"
[reader.fields.note]
label = "Note"
"""
READER: Reader = settings_of(SETTINGS + OWN).reader


@pytest.fixture
def four(database: Database, tmp_path: Path) -> Database:
    """Four people of whom different things are known."""
    bring_in(database, tmp_path / "list.csv", LIST)
    return database


def found(database: Database, rule: str) -> str:
    """The first letters of those whom a rule finds."""
    segment = toml_block(Segment, rule, path="segments/x.toml")
    with database.reading() as connection:
        condition = segment_condition(connection, segment, now=NOW)
        addresses = [one.subscriber.address for one in people(connection, condition) if one.subscriber]
        assert count(connection, condition) == len(addresses)
    return "".join(address[0] for address in addresses)


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("", "abcd"),
        ('tags = "weekly"', "ab"),
        ('tags = ["weekly", "vip"]', "a"),
        ('any_tags = ["vip", "courses"]', "ac"),
        ('without_tags = ["weekly", "courses"]', "d"),
        ('languages = "de"', "ab"),
        ('languages = ["de-at", "EN"]', "bc"),
        ('campaigns = ["autumn", "spring-offer"]', "abc"),
        ('utm.source = "fair"', "a"),
        ('fields.profession = "Nurse"', "ad"),
        ('fields.profession = ["Nurse", "Doctor"]', "abd"),
        ('fields.profession = { none_of = "Nurse" }', "bc"),
        ("fields.profession = { known = false }", "c"),
        ("fields.profession.known = true", "abd"),
        ("fields.beds = 12", "a"),
        ("fields.beds = { at_least = 2.5, at_most = 3 }", "bd"),
        ("fields.born = { at_least = 1985-01-01 }", "b"),
        ('fields.born = { at_most = "1985-01-01" }', "a"),
        ("fields.member = true", "a"),
        ("fields.member = false", "b"),
        ("fields.member = { none_of = [true] }", "bcd"),
        ('fields.name = "Dana"', "d"),
        ("fields.name.known = false", "c"),
        ("signed_up.since = 2026-06-01", "abd"),
        ("signed_up = { since = 2026-01-01, before = 2026-11-01 }", "b"),
        ("signed_up.within_days = 5", "d"),
        ("signed_up.not_within_days = 100", "bc"),
        ("confirmed.since = 2026-11-01T00:00:00Z", "ad"),
        ("active.not_within_days = 30", "bc"),
        ('[[any_of]]\ntags = "vip"\n[[any_of]]\nfields.beds = 3', "ab"),
        ('languages = "de"\n[[any_of]]\nfields.beds = 3\n[[any_of]]\nfields.beds = 2.5', "b"),
        ('status = "unsubscribed"', ""),
    ],
)
def test_a_rule_finds_whom_it_means(four: Database, rule: str, who: str) -> None:
    assert found(four, rule) == who


def test_who_is_not_subscribed_is_in_no_segment_unless_it_says_so(four: Database) -> None:
    with four.writing() as connection:
        unsubscribe(connection, read_address("amina@x.example").digest, now=NOW, origin=ORIGIN, method="link")
        suppress(connection, read_address("bert@x.example").digest, Cause.BY_HAND, now=NOW)
        sign_up(connection, asked("elif@x.example"), now=NOW, ids=ids("5"))
    assert found(four, "") == "cd"
    assert found(four, 'status = ["confirmed", "pending"]') == "cde"
    assert found(four, 'status = "unsubscribed"') == "a"
    assert found(four, 'status = "unsubscribed"\nleft.within_days = 1') == "a"


def test_activity_is_what_people_do_themselves(four: Database) -> None:
    later = NOW - timedelta(days=1)
    joined(four, "5", "elif@x.example")
    with four.writing() as connection:
        person = by_digest(connection, read_address("bert@x.example").digest)
        assert person is not None
        set_preferences(
            connection, person.id, name="B.", lists=("w",), offered=("w",), now=later, origin=ORIGIN
        )
        done = sign_up(connection, asked("cem@x.example"), now=later, ids=ids("6"))
        confirm(connection, done.subscriber, done.request, now=later, origin=ORIGIN, mail="w")
    assert found(four, "active.within_days = 2") == "bce"
    assert found(four, "active = { within_days = 2, before = 2026-11-22T00:00:00Z }") == "bc"


def test_a_field_that_had_another_type_before_fails_nothing(four: Database, tmp_path: Path) -> None:
    """What was kept stays as it was when its declaration changes."""
    bring_in(four, tmp_path / "more.csv", "email,note\namina@x.example,many\nbert@x.example,\n")
    assert found(four, "fields.note = { at_least = 3 }") == ""
    assert found(four, "fields.note = true") == ""
    assert found(four, 'fields.beds = "12"') == ""
    assert found(four, 'fields.note = "many"') == "a"


MANY = [f"of-{number}" for number in range(5000)]


@pytest.mark.parametrize("key", ["any_tags", "campaigns", "utm.source", "fields.note", "fields.profession"])
def test_one_of_thousands_is_found(four: Database, key: str) -> None:
    right = {"any_tags": "vip", "campaigns": "autumn", "utm.source": "fair", "fields.profession": "Doctor"}
    who = {"any_tags": "a", "campaigns": "c", "utm.source": "a", "fields.note": "", "fields.profession": "b"}
    assert found(four, f"{key} = {[*MANY, right.get(key, 'x')]}") == who[key]


def test_none_of_thousands_is_found(four: Database) -> None:
    assert found(four, f"without_tags = {[*MANY, 'weekly', 'courses']}") == "d"
    assert found(four, f"fields.profession = {{ none_of = {[*MANY, 'Nurse']} }}") == "bc"


def test_as_many_rules_as_there_may_be_are_read(four: Database) -> None:
    rules = [f"tags = {MANY[:100]}", f"languages = {['de-AT'] * 100}"]
    assert found(four, "\n".join([*rules, *["[[any_of]]\nfields.beds = { at_least = 2 }"] * 100])) == ""


EVIL = "'; DROP TABLE subscribers; --"


def test_what_a_rule_has_in_it_stays_data(four: Database) -> None:
    assert found(four, f'tags = "{EVIL}"\ncampaigns = "{EVIL}"\nfields.note = "{EVIL}"') == ""
    assert found(four, "") == "abcd"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ('tagz = "x"', '1:1: unknown key "tagz". Did you mean "tags"?'),
        ('status = "confirmd"', "1:1: \"status.0\": must be 'pending', 'confirmed', 'unsubscribed', "),
        ('[fields]\nprofession = "Pilot"',
         '2:1: "Pilot" is none of the options of "profession". Known here: Doctor, Nurse.'),
        ('[fields]\n\n  bedz = 1', '3:3: there is no field "bedz": declare it as [reader.fields.bedz] in c'),
        ('[fields]\nbeds = "many"', "2:1: \"beds\" is a number, and never 'many'. Write 12 or 1.5."),
        ("[fields]\nbeds = true", '2:1: "beds" is a number, and never True. Write 12 or 1.5.'),
        ("[fields]\nborn = 5", '2:1: "born" is a date, and never 5. Write 2026-11-01.'),
        ('[fields]\nborn = "soon"', "2:1: \"born\" is a date, and never 'soon'. Write 2026-11-01."),
        ("[fields]\nmember = 1", '2:1: "member" is a boolean, and never 1. Write true or false.'),
        ("[fields]\nnote = { at_least = 1 }",
         '2:1: "note" is a text, and has no more or less. Write one_of = ["…"].'),
        ("[fields]\nnote = {}", '2:1: nothing is said of "note". Write a value, or known = true.'),
        ("[fields]\nborn = 2026-01-01T10:00:00Z", '2:1: "fields.born.one_of.0": this is no value of a field.'),
        ("[[any_of]]\n[[any_of]]\nfields.beds = false",
         '3:1: "beds" is a number, and never False. Write 12 or 1.5.'),
        (f"fields.beds = {10**20}", f'1:1: "beds" is a number, and never {10**20}. Write 12 or 1.5.'),
        ("fields.beds = { at_least = nan }", '1:1: "beds" is a number, and never nan. Write 12 or 1.5.'),
        ("fields.beds = { at_most = -inf }", '1:1: "beds" is a number, and never -inf. Write 12 or 1.5.'),
        ('fields.note = "a\\u0000b"', "1:1: \"note\" is a text, and never 'a\\x00b'. Write a text, between quotes."),
        (f"tags = {MANY[:101]}", '1:1: "tags": has too many values. Write fewer.'),
        ("[[any_of]]\n" * 101, '1:1: "any_of": has too many values. Write fewer.'),
        ("signed_up.within_days = -1", '1:1: "signed_up.within_days": is too small. Write at least 0.'),
        ("status = [", "1:1: this is no TOML: invalid value"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_told_at_its_place(
    write_files: WriteFiles, rule: str, told: str
) -> None:
    workspace = write_files({"segments/x.toml": rule})
    with pytest.raises(ContentError) as refused:
        read_segment(workspace, "x", READER)
    assert str(refused.value).startswith(f"segments/x.toml:{told}")


def test_a_segment_that_is_not_there_is_told_with_the_nearest_one(write_files: WriteFiles) -> None:
    workspace = write_files({"segments/nurses.toml": "", "segments/vip.toml": ""})
    assert segment_names(workspace) == ("nurses", "vip")
    with pytest.raises(UnknownSegment) as refused:
        read_segment(workspace, "nurse", READER)
    told = 'segments:1:1: there is no segment "nurse". Did you mean "nurses"?'
    assert str(refused.value) == told
    for name in ("../segments/nurses", "/etc/passwd", "", "nurses.toml", "x\0"):
        with pytest.raises(UnknownSegment, match="there is no segment"):
            read_segment(workspace, name, READER)
