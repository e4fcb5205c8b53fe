"""Commands of `campaigner audience` about one subscriber."""

from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click

from campaigner.cli.audience.opening import (
    AddressType,
    NewIds,
    address_argument,
    ask,
    opened,
    operator_option,
    read_words,
    real_now,
    yes_option,
)
from campaigner.cli.console import Verb, format_option, tell_json, workspace_of
from campaigner.errors import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from campaigner.audience.addresses import Address


@click.command(cls=Verb)
@address_argument
@format_option
@click.pass_context
def show(context: click.Context, address: "Address", output_format: str) -> None:
    """Show all that is known of an address, with the trail of consent: the proof that they agreed.

    \b
    Examples:
      campaigner audience show amina@clinic.example
      campaigner audience show amina@clinic.example --format json
    """
    from campaigner.audience.describing import as_object
    from campaigner.audience.subscribers import data_of

    with opened(context) as database, database.reading() as connection:
        known = data_of(connection, address.digest)
    if known is None:
        _nobody(address)
    told = as_object(address.shown, known)
    if output_format == "json":
        tell_json(told)
        return
    from campaigner.cli.audience.telling import tell_person

    tell_person(told)


@click.command(cls=Verb)
@address_argument
@click.option("--consent", metavar="TEXT", required=True, help="How they agreed, for the ledger of consent.")
@click.option("--name", metavar="NAME", default="", help="Their name.")
@click.option("--language", metavar="TAG", default="", help="Their language, such as de.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be given several times.")
@click.option(
    "--field", "fields", metavar="NAME=VALUE", multiple=True, help="An own field; may be given several times."
)
@click.option("--campaign", metavar="SLUG", default="", help="The campaign that they come from.")
@operator_option
@click.pass_context
def add(
    context: click.Context,
    address: "Address",
    consent: str,
    name: str,
    language: str,
    tags: tuple[str, ...],
    fields: tuple[str, ...],
    campaign: str,
    operator: str,
) -> None:
    """Add somebody who agreed elsewhere, or add to what is known of them.

    They are subscribed at once and get no mail. Who left before, or is suppressed, is not brought back: they
    come back by the form.

    \b
    Examples:
      campaigner audience add amina@clinic.example --consent "Asked for it at the fair, 2026-11-12"
      campaigner audience add amina@clinic.example --tag nurses --field profession=Nurse --consent "By phone"
    """
    from campaigner.audience.by_hand import added
    from campaigner.audience.lists.deciding import Outcome
    from campaigner.audience.lists.incoming import said
    from campaigner.audience.own_fields import own_fields
    from campaigner.content.settings import read_settings

    workspace = workspace_of(context)
    own = own_fields(read_settings(workspace).reader)
    try:
        incoming = said(
            address,
            name=name,
            language=language,
            tags=tags,
            fields=[_pair(one) for one in fields],
            campaign=campaign,
            consent=consent,
            own=own,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with opened(context) as database:
        came = database.write(
            partial(added, incoming=incoming, now=real_now(), new_ids=NewIds(), operator=operator)
        )
    if came.outcome is Outcome.KEPT_AWAY:
        raise click.ClickException(f"{came.reason}. Only they themselves can come back, by the form.")
    told = {Outcome.NEW: "is subscribed", Outcome.UPDATED: "has what is new"}
    click.echo(f"{address.shown} {told.get(came.outcome, 'was there already, with all of this')}.")


@click.command(cls=Verb)
@address_argument
@click.argument("tags", metavar="[TAG]...", nargs=-1)
@click.option("--remove", metavar="TAG", multiple=True, help="Take a tag away; may be given several times.")
@operator_option
@click.pass_context
def tag(
    context: click.Context, address: "Address", tags: tuple[str, ...], remove: tuple[str, ...], operator: str
) -> None:
    """Give a subscriber tags, or take them away.

    \b
    Examples:
      campaigner audience tag amina@clinic.example nurses weekly
      campaigner audience tag amina@clinic.example --remove weekly
    """
    from campaigner.audience.by_hand import change_tags
    from campaigner.audience.lists.incoming import read_tag

    if not tags and not remove:
        raise click.UsageError("Name a tag to give, or one to take away with --remove.")
    more, fewer = read_words(tags, read_tag, "TAG"), read_words(remove, read_tag, "--remove")
    with opened(context) as database:
        change = partial(change_tags, address=address, more=more, fewer=fewer, operator=operator)
        person = database.write(partial(change, now=real_now()))
    if person is None:
        _nobody(address)
    click.echo(f"{person.address}: {', '.join(map(one_line, person.tags)) or 'no tags'}")


@click.command(cls=Verb)
@address_argument
@operator_option
@click.pass_context
def unsubscribe(context: click.Context, address: "Address", operator: str) -> None:
    """Write to an address no more, as if they had pressed the button in a mail.

    \b
    Examples:
      campaigner audience unsubscribe amina@clinic.example
    """
    from campaigner.audience.by_hand import METHOD
    from campaigner.audience.consent import Origin
    from campaigner.audience.leaving import unsubscribe as leave

    with opened(context) as database:
        by_hand = partial(leave, origin=Origin(), method=METHOD, operator=operator)
        is_new = database.write(partial(by_hand, digest=address.digest, now=real_now()))
    told = "is unsubscribed" if is_new else "was not subscribed, and is not written to"
    click.echo(f"{address.shown} {told}.")


@click.command(cls=Verb)
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True, type=AddressType())
@click.pass_context
def suppress(context: click.Context, addresses: "tuple[Address, ...]") -> None:
    """Never write to these addresses, whoever imports them; nobody need be subscribed with them.

    Only a hash of each is kept. It holds until its person signs up and confirms.

    \b
    Examples:
      campaigner audience suppress competitor@example.com
    """
    from campaigner.audience.by_hand import keep_away

    def keep_all_away(connection: "Connection") -> None:
        for address in addresses:
            keep_away(connection, address, now=real_now())

    with opened(context) as database:
        database.write(keep_all_away)
    count = len(addresses)
    click.echo(f"{count:,} {'address is' if count == 1 else 'addresses are'} suppressed.")


@click.command(cls=Verb)
@address_argument
@yes_option
@click.pass_context
def forget(context: click.Context, address: "Address", yes: bool) -> None:
    """Erase all that is known of an address, for good: their data, tags, mails and consent.

    What stays is a hash, by which the address is known again, so that no import and no restored backup brings
    it back. Backups that you made have the data still.

    \b
    Examples:
      campaigner audience forget amina@clinic.example
      campaigner audience forget amina@clinic.example --yes
    """
    from campaigner.audience.leaving import erase

    ask(f"Erase all that is known of {address.shown}? There is no way back.", yes=yes)
    with opened(context) as database:
        was_known = database.write(partial(erase, digest=address.digest, now=real_now()))
    told = "All that was known of them is erased." if was_known else "Nothing was known of them."
    click.echo(f"{told} They are not written to, and no import brings them back.")


def _pair(told: str) -> tuple[str, str]:
    name, equals, value = told.partition("=")
    if not equals:
        raise click.BadParameter(f'write NAME=VALUE, not "{one_line(told)}"', param_hint="--field")
    return name.strip(), value


def _nobody(address: "Address") -> NoReturn:
    raise click.ClickException(f"Nothing is known of {one_line(address.shown)}.")
