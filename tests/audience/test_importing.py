"""A list is brought in once, whoever left stays away, and the ledger says who did it and why."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from audience.conftest import ORIGIN, Place, asked, ids
from audience.lists import bring_in
from audience.test_processes import writer
from audience.test_sign_ups import AMINA, events, joined, kinds, known
from campaigner.audience.addresses import read_address
from campaigner.audience.leaving import erase, erase_stale, unsubscribe
from campaigner.audience.lists.importing import AT_ONCE
from campaigner.audience.lists.preparing import BLOCK
from campaigner.audience.preferences import set_preferences
from campaigner.audience.sign_ups import sign_up
from campaigner.audience.storage.database import Database
from campaigner.audience.storage.schema import consent_ledger, subscribers
from campaigner.audience.subscribers import Status, Subscriber, data_of
from campaigner.audience.suppressions import Cause, suppress
from conftest import NOW

LATER = NOW + timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "readers.csv"


def person(database: Database, address: str = "amina@clinic.example") -> Subscriber:
    found = known(database, address).subscriber
    assert found is not None
    return found


def size(database: Database) -> tuple[int, int]:
    """How many subscribers and entries of the ledger there are."""
    with database.reading() as connection:
        people, entries = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (subscribers, consent_ledger)
        )
    return people, entries


def test_all_that_a_list_says_is_kept(database: Database, file: Path) -> None:
    came = bring_in(
        database,
        file,
        "E-Mail,First name,Last Name,Sprache,Tags,Profession,Beds,Birthday,Member,campaign,utm_source,OPTIN_TIME\n"
        'Amina@Clinic.example,Amina,Ali,de_DE,"weekly, nurses",nurse,"1,5",1.2.1980,ja,spring-offer,fair,'
        "2024-05-01 10:00:00\n",
    )
    assert came.counts == {"new": 1}
    found = person(database)
    assert (found.address, found.status, found.name) == (
        "Amina@clinic.example",
        Status.CONFIRMED,
        "Amina Ali",
    )
    assert (found.language, found.tags) == ("de-DE", ("nurses", "weekly"))
    assert found.fields == {
        "first_name": "Amina",
        "last_name": "Ali",
        "profession": "Nurse",
        "beds": 1.5,
        "born": "1980-02-01",
        "member": True,
    }
    assert (found.campaign, found.utm) == ("spring-offer", {"source": "fair"})
    assert found.created_at == found.confirmed_at == datetime(2024, 5, 1, 10, tzinfo=UTC)


def test_the_ledger_says_who_imported_whom_from_where_and_why(database: Database, file: Path) -> None:
    bring_in(
        database,
        file,
        "email,consent,signed_up\n\namina@clinic.example,Card 17,2024-05-01\n",
        consent="Cards on paper",
    )
    (entry,) = known(database).consent
    assert (entry.event, entry.at, entry.method, entry.operator) == ("imported", NOW, "import", "ruth")
    assert entry.note == "readers.csv:3; Cards on paper; Card 17; signed up 2024-05-01 00:00:00 UTC"
    assert (entry.request or "").startswith("import-")
    assert (entry.wording, entry.box, entry.ip) == (None, None, None)
    assert kinds(known(database)) == []


def test_a_list_that_is_imported_again_changes_nothing(database: Database, file: Path) -> None:
    text = "email,name\namina@clinic.example,Amina\nbert@clinic.example,Bert\n"
    bring_in(database, file, text)
    before = size(database)
    assert bring_in(database, file, text, now=LATER).counts == {"unchanged": 2}
    assert size(database) == before == (2, 2)


def test_an_import_that_was_stopped_is_finished_by_the_next_run(database: Database, file: Path) -> None:
    count = 2 * AT_ONCE * BLOCK + 10
    text = "email\n" + "".join(f"reader-{n}@clinic.example\n" for n in range(count))

    def stop(line: int) -> None:
        if line > AT_ONCE * BLOCK + 2:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bring_in(database, file, text, progress=stop)
    assert size(database) == (2 * AT_ONCE * BLOCK, 2 * AT_ONCE * BLOCK)
    came = bring_in(database, file, text, now=LATER)
    assert came.counts == {"new": 10, "unchanged": count - 10}
    assert size(database) == (count, count)


def test_what_somebody_changed_since_a_killed_import_stays(database: Database, file: Path) -> None:
    text = "email,name\namina@clinic.example,Amina\n"
    bring_in(database, file, text)
    with database.writing() as connection:
        set_preferences(
            connection, person(database).id, name="A.", lists=(), offered=(), now=NOW, origin=ORIGIN
        )
    assert bring_in(database, file, text, now=LATER).counts == {"unchanged": 1}
    assert person(database).name == "A."


def test_an_address_that_stands_twice_is_taken_once(database: Database, file: Path) -> None:
    text = "email,name\nJo@Bücher.example,Jo\nx@clinic.example,X\njo@xn--bcher-kva.example,Joe\nX@CLINIC.example,Y\n"
    came = bring_in(database, file, text)
    assert came.counts == {"new": 2, "repeated": 2}
    assert came.reasons == [(4, "the address of line 2 once more"), (5, "the address of line 3 once more")]
    assert person(database, "jo@bücher.example").name == "Jo"


def test_an_address_that_stands_twice_far_apart_is_taken_once(database: Database, file: Path) -> None:
    rows = [f"reader-{n}@clinic.example" for n in range(AT_ONCE * BLOCK + 5)]
    came = bring_in(database, file, "\n".join(["email", *rows, "READER-3@clinic.example"]))
    assert came.counts == {"new": len(rows), "repeated": 1}
    assert came.reasons == [(len(rows) + 2, "the address of line 5 once more")]


def test_who_is_there_already_gets_what_is_new(database: Database, file: Path) -> None:
    joined(database)
    came = bring_in(
        database,
        file,
        "email,name,tags,beds,campaign\namina@clinic.example,Amina,weekly,3,\n",
    )
    assert came.counts == {"updated": 1}
    found = person(database)
    assert (found.name, found.tags, found.fields) == ("Amina", ("weekly",), {"beds": 3})
    assert (found.campaign, found.status) == ("spring-offer", Status.CONFIRMED)
    assert events(known(database)) == ["signed-up", "confirmed", "imported"]


def test_each_of_many_gets_what_is_new_of_theirs(database: Database, file: Path) -> None:
    head = "email,name,language,beds,tags,status\n"
    names = ("amina", "bert", "cem", "dana")
    bring_in(database, file, head + "".join(f"{name}@x.example,{name},de,,,\n" for name in names))
    came = bring_in(
        database,
        file,
        head + "amina@x.example,Amina,,,,\nbert@x.example,,en,3,,\ncem@x.example,,,,vip,\n"
        "dana@x.example,,,,,unsubscribed\nelif@x.example,,,,,complained\nfay@x.example,,,4,,\n",
        now=LATER,
    )
    assert came.counts == {"updated": 3, "left": 1, "suppressed": 1, "new": 1}
    found = {name: person(database, f"{name}@x.example") for name in (*names, "fay")}
    assert [one.name for one in found.values()] == ["Amina", "bert", "cem", "dana", ""]
    assert [one.language for one in found.values()] == ["de", "en", "de", "de", ""]
    assert [one.fields for one in found.values()] == [{}, {"beds": 3}, {}, {}, {"beds": 4}]
    assert [one.tags for one in found.values()] == [(), (), ("vip",), (), ()]
    assert found["dana"].status == Status.UNSUBSCRIBED
    assert found["dana"].ended_at == LATER
    for name, last in zip(names, ("imported", "imported", "imported", "unsubscribed"), strict=True):
        entry = known(database, f"{name}@x.example").consent[-1]
        assert (entry.event, entry.at, entry.operator) == (last, LATER, "ruth")
    reasons = [known(database, f"{name}@x.example").suppression for name in ("dana", "elif")]
    assert [one and one.reason for one in reasons] == ["unsubscribed", "complained"]


def test_who_says_only_when_they_confirmed_signed_up_then(database: Database, file: Path) -> None:
    bring_in(database, file, "email,CONFIRM_TIME\namina@clinic.example,2021-04-01 12:35:10\n")
    assert person(database).created_at == datetime(2021, 4, 1, 12, 35, 10, tzinfo=UTC)


def test_an_empty_cell_takes_nothing_away(database: Database, file: Path) -> None:
    bring_in(database, file, "email,name,tags\namina@clinic.example,Amina,weekly\n")
    came = bring_in(database, file, "email,name,tags\namina@clinic.example,,\n")
    assert came.counts == {"unchanged": 1}
    assert (person(database).name, person(database).tags) == ("Amina", ("weekly",))


def test_who_waits_for_their_confirmation_is_confirmed_by_a_list(database: Database, file: Path) -> None:
    with database.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))
    assert bring_in(database, file, "email\namina@clinic.example\n").counts == {"updated": 1}
    assert (person(database).status, person(database).asked_at) == (Status.CONFIRMED, None)


def test_who_unsubscribed_is_not_confirmed_again(database: Database, file: Path) -> None:
    joined(database)
    with database.writing() as connection:
        unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="link")
    before = known(database)
    came = bring_in(database, file, "email,name\namina@clinic.example,Amina\n")
    assert came.reasons == [(2, "they unsubscribed on 2026-11-22")]
    assert came.counts == {"kept_away": 1}
    assert known(database) == before


@pytest.mark.parametrize("status", ["confirmed", "pending"])
def test_who_is_suppressed_is_not_even_kept(database: Database, file: Path, status: str) -> None:
    with database.writing() as connection:
        suppress(connection, AMINA.digest, Cause.BY_HAND, now=NOW)
    came = bring_in(database, file, f"email,status\namina@clinic.example,{status}\n")
    assert came.reasons == [(2, "this address is suppressed since 2026-11-22 (by-hand)")]
    assert known(database).subscriber is None
    assert size(database) == (0, 0)


def test_who_was_erased_is_not_brought_back(database: Database, file: Path) -> None:
    text = "email\namina@clinic.example\n"
    bring_in(database, file, text)
    with database.writing() as connection:
        erase(connection, AMINA.digest, now=NOW)
    assert bring_in(database, file, text).counts == {"kept_away": 1}
    assert known(database).subscriber is None


@pytest.mark.parametrize(
    ("word", "status", "event"),
    [
        ("Unsubscribed", "unsubscribed", "unsubscribed"),
        ("cleaned", "bounced", "bounced"),
        ("abuse", "complained", "complained"),
        ("opted-out", "unsubscribed", "unsubscribed"),
        ("disabled", "unsubscribed", "unsubscribed"),
    ],
)
def test_who_left_elsewhere_is_not_written_to_here(
    database: Database, file: Path, word: str, status: str, event: str
) -> None:
    joined(database)
    came = bring_in(
        database,
        file,
        f"email,status\namina@clinic.example,{word}\nnew@clinic.example,{word}\n",
    )
    assert came.counts == {"left": 1, "suppressed": 1}
    assert person(database).status == status
    assert (events(known(database))[-1], known(database).consent[-1].operator) == (event, "ruth")
    assert kinds(known(database)) == []
    new = known(database, "new@clinic.example")
    assert (new.subscriber, new.suppression and new.suppression.reason) == (None, event)
    again = bring_in(database, file, "email\nnew@clinic.example\n")
    assert again.counts == {"kept_away": 1}


def test_a_list_of_those_who_left_confirms_nobody(database: Database, file: Path) -> None:
    """Mailchimp has a file of its own for them, without a status."""
    came = bring_in(database, file, "Email Address,UNSUB_TIME\namina@clinic.example,2025-01-02 03:04:05\n")
    assert came.counts == {"suppressed": 1}
    suppression = known(database).suppression
    assert suppression is not None
    assert suppression.since == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "no_mail", "mail"),
    [
        ("unsubscribed", "TRUE", "FALSE"),
        ("Unsubscribed from all email", "yes", ""),
        ("subscribed_to_emails", "false", "true"),
        ("Accepts Email Marketing", "no", "yes"),
        ("subscribed", "0", "1"),
    ],
)
def test_who_wants_no_mail_elsewhere_gets_none_here(
    database: Database, file: Path, column: str, no_mail: str, mail: str
) -> None:
    """Other programs keep it in a column of its own, beside a status that says nothing of it."""
    joined(database)
    came = bring_in(
        database,
        file,
        f"email,status,{column}\namina@clinic.example,active,{no_mail}\nnew@clinic.example,,{no_mail}\n"
        f"bea@clinic.example,,{mail}\ncy@clinic.example,pending,{mail}\ndi@clinic.example,cleaned,{no_mail}\n",
    )
    assert came.counts == {"new": 2, "left": 1, "suppressed": 2}
    assert person(database).status == Status.UNSUBSCRIBED
    assert person(database, "bea@clinic.example").status == Status.CONFIRMED
    assert person(database, "cy@clinic.example").status == Status.PENDING
    suppression = known(database, "di@clinic.example").suppression
    assert suppression is not None
    assert suppression.reason == Cause.BOUNCED


def test_what_is_neither_yes_nor_no_does_not_subscribe_anybody(database: Database, file: Path) -> None:
    came = bring_in(database, file, "email,unsubscribed\namina@clinic.example,perhaps\n")
    assert came.reasons == [(2, '"unsubscribed": it is neither yes nor no')]


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-12 10:00:00.123456 +0000 UTC",  # listmonk
        "2024-03-12 12:00:00.123456789 +0200 CEST",
        "2024-03-12 10:00:00 +0000 +0000",
        "2024-03-12 10:00:00.5+00",  # PostgreSQL
        "2024-03-12T10:00:00.000Z",
        "2024-03-12 10:00 UTC",
    ],
)
def test_times_of_other_programs_are_understood(database: Database, file: Path, written: str) -> None:
    came = bring_in(database, file, f"email,created_at\namina@clinic.example,{written}\n")
    assert came.reasons == []
    assert person(database).created_at.replace(microsecond=0) == datetime(2024, 3, 12, 10, tzinfo=UTC)


def test_a_zone_that_only_has_a_name_is_not_taken_for_utc(database: Database, file: Path) -> None:
    came = bring_in(database, file, "email,created_at\namina@clinic.example,2024-03-12 10:00 CET\n")
    assert came.counts == {"refused": 1}


def test_who_never_confirmed_elsewhere_waits_and_is_erased(database: Database, file: Path) -> None:
    bring_in(database, file, "email\namina@clinic.example\n", status=Status.PENDING)
    assert (person(database).status, person(database).confirmed_at) == (Status.PENDING, None)
    with database.writing() as connection:
        assert erase_stale(connection, now=NOW + timedelta(days=31)).sign_ups == 1


def test_whoever_was_imported_as_pending_confirms_by_the_form(database: Database, file: Path) -> None:
    bring_in(database, file, "email\namina@clinic.example\n", status=Status.PENDING)
    joined(database)
    assert kinds(known(database)) == ["confirmation", "welcome"]
    assert person(database).status == Status.CONFIRMED


def test_a_trial_tells_the_same_and_keeps_nothing(database: Database, file: Path) -> None:
    joined(database, "1", "old@clinic.example")
    rows = [f"reader-{n}@clinic.example,confirmed" for n in range(AT_ONCE * BLOCK)]
    text = "\n".join(["email,status", *rows, rows[1], "old@clinic.example,unsubscribed", "x,confirmed"])
    before = size(database)
    trial = bring_in(database, file, text, is_trial=True)
    assert size(database) == before
    assert trial == bring_in(database, file, text)
    assert trial.counts == {"new": len(rows), "repeated": 1, "left": 1, "refused": 1}


def test_several_processes_bring_in_the_same(database: Database, file: Path) -> None:
    rows = [f"reader-{n}@clinic.example,Reader {n}" for n in range(3 * BLOCK + 7)]
    rows[BLOCK + 1] = "x,X"
    came = bring_in(database, file, "\n".join(["email,name", *rows]), jobs=3)
    assert came.counts == {"new": len(rows) - 1, "refused": 1}
    assert [line for line, _ in came.reasons] == [BLOCK + 3]
    assert person(database, "reader-7000@clinic.example").name == "Reader 7000"


def test_a_list_without_people_is_no_fault(database: Database, file: Path) -> None:
    assert bring_in(database, file, "email,name\n").counts == {}


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("name", "x" * 201, "it has more than 200 characters"),
        ("name", '"Anna\nBert"', "it has a line break or a control character"),
        ("name", "An\0na", "it has a line break or a control character"),
        ("name", "An\u2028na", "it has a line break or a control character"),
        ("first_name", '"Anna\r\nBcc: x@y.example"', "it has a line break or a control character"),
        ("note", "x" * 4001, "it has more than 4,000 characters"),
        ("note", "a\x07b", "it has a control character"),
        ("beds", "many", "it is no number such as 12 or 1.5"),
        ("beds", '"1.234,5"', "it is no number such as 12 or 1.5"),
        ("beds", "1e999", "it is no number such as 12 or 1.5"),
        ("born", "02/01/1980", "it is no date such as 2026-11-01 or 1.11.2026"),
        ("born", "31.2.2000", "it is no date such as 2026-11-01 or 1.11.2026"),
        ("member", "perhaps", "it is neither yes nor no"),
        ("profession", "Pilot", "it is none of the options. Known here: Doctor, Nurse"),
        ("language", "German!", '"German!" is no language tag'),
        ("tags", "x" * 101, f'the tag "{"x" * 79}…" is too long: it has at most 100 characters'),
        ("status", "VIP", "nobody knows what a status of 'vip' means"),
        ("status", "Non-Subscribed", "they never agreed to get mail"),
        ("signed_up", "2027-01-01", "this time is still to come"),
        ("signed_up", "2024-01-01 25:00", "there is no such time"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_its_reason(
    sqlite: Database, file: Path, column: str, cell: str, reason: str
) -> None:
    came = bring_in(sqlite, file, f"email,{column}\namina@clinic.example,{cell}\n")
    assert came.reasons == [(2, f'"{column}": {reason}')]
    with sqlite.reading() as connection:
        assert data_of(connection, read_address("amina@clinic.example").digest) is None


def test_what_strangers_wrote_into_a_list_stays_data(database: Database, file: Path) -> None:
    evil = "'; DROP TABLE subscribers; --"
    bring_in(
        database, file, f'email,name,tags,note\namina@clinic.example,"{evil}","""{evil}""","a\r\nb\tc"\n'
    )
    found = person(database)
    assert (found.name, found.tags, found.fields["note"]) == (evil, (evil,), "a\nb\tc")


def test_people_sign_up_while_a_list_comes_in(place: Place, tmp_path: Path) -> None:
    """Both bring in the same addresses: each is one subscriber, and nobody who was answered is lost."""
    database = place.open()
    running = writer(place, "writer", 40)
    assert running.stdout is not None
    assert running.stdout.readline()  # it is at work
    addresses = [f"all-{n}@clinic.example" for n in range(40)] + [
        f"list-{n}@clinic.example" for n in range(9000)
    ]
    came = bring_in(database, tmp_path / "list.csv", "\n".join(["email", *addresses]))
    _, errors = running.communicate(timeout=300)
    assert (errors, running.returncode) == ("", 0)
    assert came.tally.rows == len(addresses)
    assert came.counts.keys() <= {"new", "updated", "unchanged"}
    people, entries = size(database)
    assert people == 40 + 40 + 9000
    assert entries == 80 + came.counts["new"] + came.counts.get("updated", 0)
    database.close()
