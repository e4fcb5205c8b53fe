"""Columns are found by the names that other programs and people give them."""

import pytest

from audience.lists import FIELDS
from campaigner.audience.lists.columns import Columns, columns_of
from campaigner.errors import AudienceError


def found(*header: str, told: tuple[tuple[str, str], ...] = ()) -> Columns:
    return columns_of(header, told=told, fields=FIELDS, shown="readers.csv")


def refusals(*header: str, told: tuple[tuple[str, str], ...] = ()) -> list[str]:
    with pytest.raises(AudienceError) as refused:
        found(*header, told=told)
    return str(refused.value).splitlines()


@pytest.mark.parametrize(
    "name",
    ["email", "E-Mail", "E-Mail Adresse", "e-mail-adresse", "Email Address", "EMAIL_ADDRESS", "Mail", "Courriel",
     "Adresse e-mail", "Correo electrónico", "address", "Subscriber Email"],
)  # fmt: skip
def test_addresses_are_found(name: str) -> None:
    assert found("id", name).places == {"email": 1}


def test_an_export_of_mailchimp_is_understood() -> None:
    header = (
        *("Email Address", "First Name", "Last Name", "Address", "Phone Number", "Birthday", "MEMBER_RATING"),
        *("OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP", "LATITUDE", "LONGITUDE", "LAST_CHANGED"),
        *("LEID", "EUID", "NOTES", "TAGS"),
    )
    columns = found(*header)
    assert {what: header[number] for what, number in columns.places.items()} == {
        "email": "Email Address",
        "field.first_name": "First Name",
        "field.last_name": "Last Name",
        "field.born": "Birthday",
        "signed_up": "OPTIN_TIME",
        "confirmed": "CONFIRM_TIME",
        "tags": "TAGS",
    }
    assert columns.left_out[:2] == ("Address", "Phone Number")


@pytest.mark.parametrize(
    ("header", "what", "column"),
    [
        (("Record ID", "Email", "Unsubscribed from all email"), "unsubscribed", 2),  # HubSpot
        (("CONTACT ID", "EMAIL", "EMAIL_BLACKLIST", "SMS_BLACKLIST"), "unsubscribed", 2),  # Brevo
        (("id", "email", "subscribed_to_emails"), "subscribed", 2),  # Ghost
        (("email", "active_subscription", "email_disabled"), "unsubscribed", 2),  # Substack
        (("Email", "Accepts Email Marketing"), "subscribed", 1),  # Shopify
        (("Email", "Email Opt Out"), "unsubscribed", 1),  # Salesforce
    ],
)
def test_a_column_that_says_who_wants_no_mail_is_found(
    header: tuple[str, ...], what: str, column: int
) -> None:
    assert found(*header).places[what] == column


def test_a_column_of_brevo_that_says_whether_and_not_when_is_no_time() -> None:
    assert "confirmed" not in found("EMAIL", "DOUBLE_OPT-IN").places


def test_own_fields_are_found_by_name_and_by_label() -> None:
    assert found("email", "Birthday", "field.beds", "MEMBER").places == {
        "email": 0,
        "field.born": 1,
        "field.beds": 2,
        "field.member": 3,
    }


def test_what_is_told_goes_before_names() -> None:
    columns = found("email", "second", "Name", told=(("email", "second"), ("name", ""), ("beds", "3")))
    assert columns.places == {"email": 1, "field.beds": 2}
    assert columns.left_out == ("email",)


def test_all_that_cannot_be_is_told_at_once() -> None:
    assert refusals("email", "Name", told=(("emial", "email"), ("name", "Nam"))) == [
        'readers.csv:1:1: nothing that is kept is called "emial". Did you mean "email"?',
        'readers.csv:1:1: there is no column "Nam". Did you mean "Name"?',
    ]


def test_two_columns_for_one_thing_are_told() -> None:
    assert refusals("E-Mail", "email") == [
        'readers.csv:1:1: two columns may be email: "E-Mail" and "email". Say which with --map email="E-Mail".'
    ]


def test_a_list_without_addresses_is_told() -> None:
    assert refusals("Kunde", "Ort") == [
        'readers.csv:1:1: no column has addresses. Say which with --map email="Kunde".'
    ]
