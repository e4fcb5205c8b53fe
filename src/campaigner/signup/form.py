"""What somebody filled into the landing page's form, read and judged field by field."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from campaigner.audience.addresses import Address, AddressRefused, read_address
from campaigner.audience.lines import as_kept, is_line
from campaigner.audience.subscribers import FieldValue
from campaigner.model.pages import FieldView, FormView
from campaigner.render.app_pages import FormBack
from campaigner.render.theme import Words
from campaigner.value import Value

LONGEST_NAME = 200
LONGEST_VALUE = 500
LONGEST_TEXT = 4000
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
LONGEST_UTM = 200
#: kept back on the page where a form comes back: more of it was no form of ours
LONGEST_BACK = 5000
#: what may stand in a text of several lines beside text
LINE_ENDS = re.compile(r"\r\n?|\n")
NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,15})?", re.ASCII)


class Filled(Value):
    """A form that is right."""

    address: Address
    name: str
    fields: Mapping[str, FieldValue]
    utm: Mapping[str, str]


def read_form(form: FormView, sent: Mapping[str, str], words: Words) -> Filled | FormBack:
    """Give what a form says, or the form with what is wrong with it; `sent` are its fields by name."""
    errors: dict[str, str] = {}
    address: Address | None = None
    values: dict[str, FieldValue] = {}
    for field in form.fields:
        text = unicodedata.normalize("NFC", sent.get(field.name, ""))
        if field.name == "email":
            try:
                address = read_address(text)
            except AddressRefused as refused:
                errors["email"] = words("error_" + refused.reason.replace("-", "_"))
            continue
        found = _read(field, text, words)
        if isinstance(found, _Wrong):
            errors[field.name] = found.told
        elif found is not None:
            values[field.name] = found
    consent_error = "" if sent.get("consent") else words("error_consent")
    if errors or consent_error or address is None:
        back = {name: sent.get(name, "")[:LONGEST_BACK] for name in (field.name for field in form.fields)}
        return FormBack(
            values={name: _shown(text) for name, text in back.items()},
            errors=errors,
            consent_error=consent_error,
        )
    name = values.pop("name", "")
    utm = {name.removeprefix("utm_"): as_kept(sent[name], LONGEST_UTM) for name in UTM if sent.get(name)}
    return Filled(address=address, name=str(name), fields=values, utm=utm)


def read_name(text: str, words: Words) -> tuple[str, str]:
    """Give a name as it may be kept, and what is wrong with it."""
    name = unicodedata.normalize("NFC", text).strip()
    if len(name) > LONGEST_NAME:
        return _shown(name[:LONGEST_BACK]), words("error_long", count=LONGEST_NAME)
    if not is_line(name, LONGEST_NAME):
        return _shown(name), words("error_control")
    return name, ""


class _Wrong(Value):
    told: str


def _read(field: FieldView, text: str, words: Words) -> "FieldValue | _Wrong | None":
    """Give the value of one field; None where it was left empty."""
    if field.type == "checkbox":
        return _Wrong(told=words("error_missing")) if field.required and not text else bool(text)
    longest = {"name": LONGEST_NAME}.get(field.name, LONGEST_VALUE)
    if field.type == "textarea":
        longest = LONGEST_TEXT
    text = text.strip()
    if not text:
        return _Wrong(told=words("error_missing")) if field.required else None
    if len(text) > longest:
        return _Wrong(told=words("error_long", count=longest))
    lines = LINE_ENDS.split(text) if field.type == "textarea" else [text]
    if not all(is_line(line.replace("\t", " "), longest) for line in lines):
        return _Wrong(told=words("error_control"))
    return _typed(field, "\n".join(lines), words)


def _typed(field: FieldView, text: str, words: Words) -> "FieldValue | _Wrong":
    if field.type == "select" and text not in {unicodedata.normalize("NFC", one) for one in field.options}:
        return _Wrong(told=words("error_choice"))
    if field.type == "number":
        if not NUMBER.fullmatch(text):
            return _Wrong(told=words("error_number"))
        return float(text.replace(",", ".")) if re.search("[.,]", text) else int(text)
    if field.type == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return _Wrong(told=words("error_date"))
    if field.type == "url" and not _is_web_address(text):
        return _Wrong(told=words("error_url"))
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)


def _shown(text: str) -> str:
    """A text as it can stand in a page."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", text)
