"""Which column of a list says what: as somebody told it, or by the names that other programs give theirs."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from campaigner.audience.own_fields import OwnField
from campaigner.errors import AudienceError, Fault, nearest
from campaigner.value import Value

#: begins what a column of an own field is called
OWN = "field."
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
#: what a column can say, and how others call it: small letters without signs. Mailchimp, Brevo, HubSpot, listmonk,
#: Ghost, Substack, Shopify, Salesforce, Outlook, and what people write into spreadsheets
KNOWN: Mapping[str, tuple[str, ...]] = {
    "email": (
        *("mail", "emailaddress", "mailaddress", "emailadresse", "mailadresse", "emailid", "subscriberemail"),
        *("contactemail", "adressemail", "adresseemail", "courriel", "correo", "correoelectronico"),
        # which is a street to some, who have another column then
        *("primaryemail", "emailaddress1", "email1", "address"),
    ),
    "name": (
        *("fullname", "vollername", "vollstandigername", "displayname", "kontaktname", "subscribername"),
        *("nomcomplet", "nombrecompleto", "anzeigename"),
    ),
    f"{OWN}first_name": ("firstname", "vorname", "givenname", "fname", "prenom", "nombre"),
    f"{OWN}last_name": (
        "lastname",
        "nachname",
        "familienname",
        "surname",
        "lname",
        "apellido",
        "apellidos",
        "nom",
    ),
    "language": ("sprache", "lang", "langue", "idioma", "locale"),
    "tags": ("tag", "labels", "schlagworter", "etiquettes"),
    "status": ("emailmarketingstatus", "emailstatus", "memberstatus", "subscriptionstatus", "abostatus"),
    # whether they want mail, which many programs say beside a status or instead of one
    "subscribed": ("subscribedtoemails", "emailsubscribed", "acceptsemailmarketing", "acceptsmarketing"),
    "unsubscribed": (
        *("unsubscribedfromallemail", "emailblacklist", "emailblacklisted", "emailblocklist"),
        *("emailblocklisted", "blacklisted", "blocklisted", "emaildisabled", "emailoptout", "optedout"),
        *("hasoptedoutofemail", "abgemeldet"),
    ),
    "campaign": ("sourcecampaign", "kampagne"),
    "signed_up": (
        *(
            "optintime",
            "signuptime",
            "signupdate",
            "subscribedat",
            "subscribeddate",
            "createdat",
            "dateadded",
        ),
        *("addedtime", "anmeldedatum", "angemeldetam", "created"),
    ),
    "confirmed": ("confirmtime", "confirmedat", "confirmationtime", "bestatigtam"),
    "left": (
        *("unsubtime", "unsubscribedat", "cleantime", "abgemeldetam", "unsubscribedate", "optouttime"),
        "ended",
    ),
    "consent": ("consentsource", "consentbasis", "einwilligung", "optinsource"),
    **dict.fromkeys(UTM, ()),
}


class Columns(Value):
    """Which column says what."""

    #: number of the column from 0, by what it says: a name of KNOWN, or `field.` and the name of an own field
    places: Mapping[str, int]
    #: names of columns that say nothing that is kept
    left_out: tuple[str, ...]


def columns_of(
    header: Sequence[str],
    *,
    told: Sequence[tuple[str, str]],
    fields: Mapping[str, OwnField],
    shown: str,
) -> Columns:
    """Give the columns; `told` has what somebody says each says, and an empty column for what none says.

    Raises AudienceError with all that cannot be, and where no column has addresses.
    """
    places, faults = _told(header, told, fields)
    settled = {what for what, _ in places}
    found = {what: number for what, number in places if number is not None}
    for what, likely in _guessed(header, fields, settled, set(found.values())).items():
        found[what] = likely[0]
        if len(likely) > 1:
            both = " and ".join(f'"{header[number]}"' for number in likely[:2])
            hint = f'Say which with --map {what}="{header[likely[0]]}"'
            faults.append((f"two columns may be {what}: {both}", hint))
    if "email" not in found and not faults:
        faults.append(("no column has addresses", f'Say which with --map email="{header[0]}"'))
    if faults:
        raise AudienceError(Fault(path=shown, message=message, hint=hint) for message, hint in faults)
    taken = set(found.values())
    left_out = tuple(name for number, name in enumerate(header) if number not in taken and name)
    return Columns(places=found, left_out=left_out)


def _told(
    header: Sequence[str], told: Sequence[tuple[str, str]], fields: Mapping[str, OwnField]
) -> tuple[list[tuple[str, int | None]], list[tuple[str, str]]]:
    """Give the columns that somebody told, None where none is meant, and what is wrong with it."""
    known = {*KNOWN, *(f"{OWN}{name}" for name in fields)}
    places: list[tuple[str, int | None]] = []
    faults = []
    for meant, column in told:
        what = meant if meant in known else f"{OWN}{meant}"
        number = _number(header, column) if column else None
        if what not in known:
            names = {name.removeprefix(OWN) for name in known}
            faults.append((f'nothing that is kept is called "{meant}"', nearest(meant, names)))
        elif column and number is None:
            faults.append((f'there is no column "{column}"', nearest(column, header)))
        else:
            places.append((what, number))
    return places, faults


def _guessed(
    header: Sequence[str], fields: Mapping[str, OwnField], settled: set[str], taken: set[int]
) -> dict[str, list[int]]:
    """Give the columns that may say what nobody told, by the strongest of their names."""
    names = {name: (what, strength) for strength, (what, name) in enumerate(_names(fields))}
    found: dict[str, dict[int, list[int]]] = {}
    for number, column in enumerate(header):
        what, strength = names.get(_plain(column), ("", 0))
        if what and what not in settled and number not in taken:
            found.setdefault(what, {}).setdefault(strength, []).append(number)
    return {what: likely[max(likely)] for what, likely in found.items()}


def _names(fields: Mapping[str, OwnField]) -> list[tuple[str, str]]:
    """Give what each plain name of a column says, the weakest first: what is kept of everybody goes before labels."""
    named = [(f"{OWN}{name}", _plain(field.label)) for name, field in fields.items()]
    named += [(what, other) for what, others in KNOWN.items() for other in reversed(others)]
    named += [(f"{OWN}{name}", _plain(name)) for name in fields]
    named += [(what, _plain(what)) for what in KNOWN]
    named += [(f"{OWN}{name}", _plain(f"{OWN}{name}")) for name in fields]
    return named


def _plain(name: str) -> str:
    """Give a name in small letters, without accents and signs: "E-Mail Adresse" is `emailadresse`."""
    text = unicodedata.normalize("NFKD", name.replace("ß", "ss")).casefold()
    return re.sub(r"[\W_]", "", "".join(one for one in text if not unicodedata.combining(one)))


def _number(header: Sequence[str], column: str) -> int | None:
    """Give the column of a name, or else of a number from 1."""
    for number, name in enumerate(header):
        if name == column:
            return number
    for number, name in enumerate(header):
        if _plain(name) == _plain(column) != "":
            return number
    if column.isascii() and column.isdigit() and 0 < int(column[:6]) <= len(header):
        return int(column) - 1
    return None
