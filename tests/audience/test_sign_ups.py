"""The journey: sign-up, confirmation, preferences, unsubscribing; the same on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from audience.conftest import ORIGIN, WORDING, asked, ids
from campaigner.audience import outgoing
from campaigner.audience.addresses import read_address
from campaigner.audience.consent import Origin, wording_hash
from campaigner.audience.leaving import erase, unsubscribe
from campaigner.audience.outgoing import Kind
from campaigner.audience.preferences import set_preferences
from campaigner.audience.sign_ups import Outcome, confirm, sign_up
from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import Known, Status, data_of
from campaigner.audience.suppressions import Cause, suppress
from conftest import NOW

HOUR = timedelta(hours=1)
AMINA = read_address("amina@clinic.example")


def joined(database: Database, name: str = "1", address: str = "amina@clinic.example") -> None:
    """Sign up and confirm."""
    with database.writing() as connection:
        done = sign_up(connection, asked(address), now=NOW, ids=ids(name))
        confirm(connection, done.subscriber, done.request, now=NOW, origin=ORIGIN, mail=f"welcome-{name}")


def known(database: Database, address: str = "amina@clinic.example") -> Known:
    with database.reading() as connection:
        found = data_of(connection, read_address(address).digest)
    assert found is not None
    return found


def status(database: Database) -> Status:
    person = known(database).subscriber
    assert person is not None
    return person.status


def kinds(found: Known) -> list[str]:
    return [mail.kind for mail in found.mails]


def events(found: Known) -> list[str]:
    return [entry.event for entry in found.consent]


def test_who_signs_up_is_pending_and_is_owed_a_confirmation(database: Database) -> None:
    with database.writing() as connection:
        done = sign_up(
            connection, asked("Amina@Clinic.example", name="Amina", tags=("weekly",)), now=NOW, ids=ids("1")
        )
    assert done.mail == Kind.CONFIRMATION
    found = known(database)
    assert found.subscriber is not None
    assert found.subscriber.status == Status.PENDING
    assert found.subscriber.address == "Amina@clinic.example"
    assert (found.subscriber.name, found.subscriber.tags) == ("Amina", ("weekly",))
    assert (found.subscriber.created_at, found.subscriber.utm) == (NOW, {"source": "poster"})
    (mail,) = found.mails
    assert (mail.recipient, mail.request, mail.message) == ("Amina@clinic.example", done.request, None)


def test_the_ledger_proves_what_was_agreed_to(database: Database) -> None:
    joined(database)
    signed_up, confirmed = known(database).consent
    assert (signed_up.event, signed_up.at, signed_up.address) == ("signed-up", NOW, "amina@clinic.example")
    assert (signed_up.wording, signed_up.wording_hash) == (WORDING, wording_hash(WORDING))
    assert (signed_up.page, signed_up.form) == ("https://gazette.example/spring-offer/join/", "join")
    assert (signed_up.language, signed_up.policy, signed_up.box) == ("en", "2026-11", "ticked")
    assert (signed_up.ip, signed_up.agent, signed_up.method) == ("192.0.2.7", "Firefox/140", "form")
    assert (confirmed.event, confirmed.request, confirmed.ip) == (
        "confirmed",
        signed_up.request,
        "192.0.2.7",
    )


def test_a_second_sign_up_within_the_hour_is_kept_and_sends_nothing(database: Database) -> None:
    with database.writing() as connection:
        first = sign_up(connection, asked(), now=NOW, ids=ids("1"))
        second = sign_up(connection, asked(), now=NOW + HOUR / 2, ids=ids("2"))
    assert second.mail is None
    assert (second.subscriber, second.request) == (first.subscriber, first.request)
    assert events(known(database)) == ["signed-up", "signed-up"]
    assert kinds(known(database)) == ["confirmation"]


def test_after_an_hour_the_same_link_is_sent_again(database: Database) -> None:
    with database.writing() as connection:
        first = sign_up(connection, asked(), now=NOW, ids=ids("1"))
        again = sign_up(connection, asked(), now=NOW + HOUR, ids=ids("2"))
    assert again.mail == Kind.CONFIRMATION
    assert again.request == first.request


def test_an_address_in_another_spelling_is_the_same_subscriber(database: Database) -> None:
    with database.writing() as connection:
        first = sign_up(connection, asked("Jo@bücher.example"), now=NOW, ids=ids("1"))
        second = sign_up(connection, asked("jo@xn--bcher-kva.example"), now=NOW, ids=ids("2"))
    assert second.subscriber == first.subscriber


def test_confirming_makes_a_subscriber_and_owes_one_welcome(database: Database) -> None:
    joined(database)
    assert status(database) == Status.CONFIRMED
    with database.writing() as connection:
        again = confirm(connection, "subscriber-1", "request-1", now=NOW, origin=ORIGIN, mail="welcome-2")
    assert again == Outcome.ALREADY
    assert kinds(known(database)) == ["confirmation", "welcome"]
    assert events(known(database)) == ["signed-up", "confirmed"]


@pytest.mark.parametrize(
    ("subscriber", "request_id"), [("nobody", "request-1"), ("subscriber-1", "request-2")]
)
def test_a_link_of_nobody_confirms_nothing(database: Database, subscriber: str, request_id: str) -> None:
    with database.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))
        done = confirm(connection, subscriber, request_id, now=NOW, origin=ORIGIN, mail="welcome")
    assert done == Outcome.OVER
    assert status(database) == Status.PENDING


def test_who_has_confirmed_gets_a_mail_that_says_so_and_stays_as_they_are(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        done = sign_up(connection, asked(name="Mallory", tags=("spam",)), now=NOW + 2 * HOUR, ids=ids("2"))
        at_once = sign_up(connection, asked(), now=NOW + 2 * HOUR, ids=ids("3"))
    assert (done.mail, at_once.mail) == (Kind.ALREADY, None)
    person = known(database).subscriber
    assert person is not None
    assert (person.status, person.name, person.tags) == (Status.CONFIRMED, "", ())


def test_who_unsubscribed_must_confirm_anew_and_is_not_on_the_list_before(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        assert unsubscribe(connection, AMINA.digest, now=NOW + HOUR, origin=ORIGIN, method="one-click")
        again = sign_up(connection, asked(), now=NOW + 2 * HOUR, ids=ids("2"))
    assert again.mail == Kind.CONFIRMATION
    assert status(database) == Status.UNSUBSCRIBED
    assert known(database).suppression is not None
    with database.writing() as connection:
        old = confirm(connection, "subscriber-1", "request-1", now=NOW, origin=ORIGIN, mail="welcome-a")
        new = confirm(connection, "subscriber-1", "request-2", now=NOW, origin=ORIGIN, mail="welcome-b")
    assert (old, new) == (Outcome.OVER, Outcome.CONFIRMED)
    assert status(database) == Status.CONFIRMED
    assert known(database).suppression is None


def test_an_old_confirmation_link_brings_nobody_back(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="link")
        done = confirm(connection, "subscriber-1", "request-1", now=NOW, origin=ORIGIN, mail="welcome-2")
    assert done == Outcome.OVER
    person = known(database).subscriber
    assert person is not None
    assert (person.status, person.request) == (Status.UNSUBSCRIBED, None)


@pytest.mark.parametrize("ended", ["bounced", "complained"])
def test_who_could_not_be_reached_needs_a_new_link_too(database: Database, ended: str) -> None:
    joined(database)
    with database.writing() as connection:
        connection.execute(text(f"UPDATE subscribers SET status = '{ended}'"))
        again = sign_up(connection, asked(), now=NOW + HOUR, ids=ids("2"))
        old = confirm(connection, "subscriber-1", "request-1", now=NOW, origin=ORIGIN, mail="welcome-a")
    assert (again.mail, again.request, old) == (Kind.CONFIRMATION, "request-2", Outcome.OVER)


def test_the_first_reason_of_a_suppression_stays_while_it_holds(database: Database) -> None:
    with database.writing() as connection:
        suppress(connection, AMINA.digest, Cause.COMPLAINED, now=NOW)
        unsubscribe(connection, AMINA.digest, now=NOW + HOUR, origin=ORIGIN, method="one-click")
    suppression = known(database).suppression
    assert suppression is not None
    assert (suppression.reason, suppression.since) == ("complained", NOW)


def test_unsubscribing_twice_is_told_once(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        first = unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="link")
        second = unsubscribe(connection, AMINA.digest, now=NOW + HOUR, origin=ORIGIN, method="one-click")
    assert (first, second) == (True, False)
    found = known(database)
    assert events(found) == ["signed-up", "confirmed", "unsubscribed"]
    assert (found.consent[-1].method, found.consent[-1].at) == ("link", NOW)


def test_a_welcome_that_has_not_left_goes_to_nobody_who_unsubscribed(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="link")
    assert known(database).mails == ()


def test_the_link_of_an_old_mail_unsubscribes_who_is_not_known_any_more(database: Database) -> None:
    with database.writing() as connection:
        assert not unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="one-click")
    found = known(database)
    assert found.subscriber is None
    assert found.suppression is not None


def test_who_is_suppressed_may_sign_up_and_confirm(database: Database) -> None:
    with database.writing() as connection:
        suppress(connection, AMINA.digest, Cause.BY_HAND, now=NOW)
    joined(database)
    assert known(database).suppression is None


def test_a_sign_up_that_fails_leaves_nothing(database: Database) -> None:
    def fail_halfway() -> None:
        with database.writing() as connection:
            sign_up(connection, asked(), now=NOW, ids=ids("1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with database.reading() as connection:
        assert data_of(connection, AMINA.digest) is None


def test_preferences_change_name_and_lists_and_nothing_else(database: Database) -> None:
    with database.writing() as connection:
        sign_up(connection, asked(tags=("weekly", "nurses")), now=NOW, ids=ids("1"))
        person = set_preferences(
            connection,
            "subscriber-1",
            name="Amina",
            lists=("monthly", "secret"),
            offered=("weekly", "monthly"),
            now=NOW,
            origin=ORIGIN,
        )
    assert person is not None
    assert (person.name, person.tags, person.status) == ("Amina", ("monthly", "nurses"), Status.PENDING)
    assert known(database).consent[-1].note == "+monthly -weekly"


def test_the_preferences_of_nobody_are_not_there(database: Database) -> None:
    with database.writing() as connection:
        found = set_preferences(connection, "nobody", name="", lists=(), offered=(), now=NOW, origin=ORIGIN)
    assert found is None


def test_after_an_erasure_only_the_suppressed_hash_is_left(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        assert erase(connection, AMINA.digest, now=NOW)
        assert not erase(connection, AMINA.digest, now=NOW)
    found = known(database)
    assert (found.subscriber, found.consent, found.mails) == (None, (), ())
    assert found.suppression is not None
    assert (found.suppression.reason, found.suppression.erased) == ("erased", NOW)
    assert AMINA.key not in str(found.suppression)


def test_who_was_erased_can_sign_up_again_by_a_new_link(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        erase(connection, AMINA.digest, now=NOW)
        sign_up(connection, asked(), now=NOW, ids=ids("2"))
        old = confirm(connection, "subscriber-1", "request-1", now=NOW, origin=ORIGIN, mail="welcome-a")
        new = confirm(connection, "subscriber-2", "request-2", now=NOW, origin=ORIGIN, mail="welcome-b")
    assert (old, new) == (Outcome.OVER, Outcome.CONFIRMED)


def test_what_strangers_send_stays_data(database: Database) -> None:
    evil = "'; DROP TABLE subscribers; --"
    with database.writing() as connection:
        sign_up(connection, asked(name=evil, tags=(evil,)), now=NOW, ids=ids("1"))
        confirm(
            connection,
            "subscriber-1",
            "request-1",
            now=NOW,
            origin=Origin(ip="::1%\x00\r\n", agent="\ud800Evil\r\nBcc: x\u2028" + "x" * 5000),
            mail="welcome",
        )
    found = known(database)
    assert found.subscriber is not None
    assert (found.subscriber.name, found.subscriber.tags) == (evil, (evil,))
    confirmed = found.consent[-1]
    assert confirmed.ip == "::1%"
    assert confirmed.agent is not None
    assert confirmed.agent.startswith("Evil Bcc: x x")
    assert len(confirmed.agent) <= 400


def test_a_mail_that_left_is_told_in_the_ledger(database: Database) -> None:
    with database.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))
        outgoing.claim(connection, holder="worker", now=NOW, hold=HOUR)
        assert outgoing.sent(connection, "mail-1", holder="worker", now=NOW + HOUR / 60)
    sent = known(database).consent[-1]
    assert (sent.event, sent.at, sent.request) == ("confirmation-sent", NOW + HOUR / 60, "request-1")
