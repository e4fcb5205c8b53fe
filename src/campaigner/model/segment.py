"""A segment: some of the audience, as a file of segments/ says who they are."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from campaigner.model.moment import DateOrTime
from campaigner.model.schema import After, Before, block, unwritten
from campaigner.model.text import FieldName, Language, Line, Lines, Tags, Unfit, as_list

StatusName = Literal["pending", "confirmed", "unsubscribed", "bounced", "complained"]
Days = Annotated[int, Field(strict=True, ge=0, le=36_500)]
#: conditions that must hold one beside the other, of which a database takes a thousand; and values of which one must be
MOST_CONDITIONS = 100
MOST_VALUES = 10_000
HOW = 'Write a text, a number, a day or true: profession = "Nurse"'


def as_field_value(value: object) -> object:
    """Give the value of an own field; a day is its text, by which days are compared."""
    if isinstance(value, datetime) or not isinstance(value, str | int | float | date):
        raise Unfit("this is no value of a field", HOW)
    return value.isoformat() if isinstance(value, date) else value


def as_field_rule(value: object) -> object:
    """Take a value, or several, for `{one_of: […]}`."""
    return value if isinstance(value, dict) else {"one_of": value}


def as_values(value: object) -> object:
    """Take one value for a list of one."""
    return (value,) if isinstance(value, date) else as_list(value)


FieldValue = Annotated[Any, After(as_field_value)]
FieldValues = Annotated[tuple[FieldValue, ...], Before(as_values), Field(max_length=MOST_VALUES)]
Languages = Annotated[tuple[Language, ...], Before(as_list), Field(max_length=MOST_CONDITIONS)]
AllTags = Annotated[Tags, Field(max_length=MOST_CONDITIONS)]
OneOfTags = Annotated[Tags, Field(max_length=MOST_VALUES)]
OneOfLines = Annotated[Lines, Field(max_length=MOST_VALUES)]
Statuses = Annotated[tuple[StatusName, ...], Before(as_list)]


@block
class FieldRule:
    """`[fields.NAME]`: what an own field must be; a value alone, or a list of them, is one of which it must be."""

    one_of: FieldValues = Field(default=(), description="One of these.")
    none_of: FieldValues = Field(default=(), description="None of these; or it is not known.")
    at_least: FieldValue = Field(default=None, description="Of a number or a date: this or more.")
    at_most: FieldValue = Field(default=None, description="This or less.")
    known: bool | None = Field(default=None, description="Whether it is known at all.")


@block
class Span:
    """When something was; all that is said must hold."""

    since: DateOrTime | None = Field(default=None, description="Then or later.")
    before: DateOrTime | None = Field(default=None, description="Earlier than then.")
    within_days: Days | None = Field(default=None, description="Not longer ago than so many days.")
    not_within_days: Days | None = Field(default=None, description="Longer ago than so many days.")


@block
class Utm:
    """`[utm]`: how they came to the sign-up page."""

    source: OneOfLines = Field(default=(), description="One of these as utm_source.")
    medium: OneOfLines = Field(default=(), description="One of these as utm_medium.")
    campaign: OneOfLines = Field(default=(), description="One of these as utm_campaign.")
    content: OneOfLines = Field(default=(), description="One of these as utm_content.")
    term: OneOfLines = Field(default=(), description="One of these as utm_term.")


@block
class Rule:
    """`[[any_of]]`: one of these rules must hold too."""

    tags: AllTags = Field(default=(), description="They have all of these.")
    any_tags: OneOfTags = Field(default=(), description="They have one of these at least.")
    without_tags: OneOfTags = Field(default=(), description="They have none of these.")
    languages: Languages = Field(
        default=(), description="One of these; `de` is also `de-AT`, and not the other way round."
    )
    campaigns: OneOfLines = Field(
        default=(), description="They signed up at one of these campaigns, by slug."
    )
    utm: Utm = unwritten("How they came there.")
    fields: dict[FieldName, Annotated[FieldRule, Before(as_field_rule)]] = Field(
        default_factory=dict, description="What own fields must be.", max_length=MOST_CONDITIONS
    )
    signed_up: Span = unwritten("When they signed up first.")
    confirmed: Span = unwritten("When they confirmed.")
    left: Span = unwritten("When they unsubscribed, complained, or could not be reached any more.")
    active: Span = unwritten(
        "When they signed up, confirmed or changed their preferences last; of who never did, when they came."
    )


@block
class Segment(Rule):
    """A segment. All that it says must hold."""

    about: Line = Field(default="", description="What it is for.")
    status: Statuses = Field(
        default=("confirmed",),
        description="Their status is one of these. Who is suppressed is in no segment.",
    )
    any_of: tuple[Rule, ...] = Field(
        default=(), description="Further rules, of which one must hold.", max_length=MOST_CONDITIONS
    )
