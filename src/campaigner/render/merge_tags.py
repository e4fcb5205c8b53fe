"""Merge fields in the words of whoever sends the mail.

A mail is built once and personalised by its sender: by campaigner itself, or by a platform that it
is pasted into. Each platform has a dialect. Here is what each one writes, with the page that says so.

A fallback may hold anything. Where a dialect's string literals are known to take a text as it is
they are used; where not, the fallback stands as plain text in the dialect's conditional form, so
so that there is nothing to quote and nothing to break.

In an address all is percent-encoded: the fallback here, the value by the sender where it is known to have
a way. A tag there holds no double quote, which would end the attribute that it stands in.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from urllib.parse import quote

from campaigner.value import Value

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: a fallback that every string literal of every dialect takes as it is
SIMPLE = re.compile(r"[A-Za-z0-9 ,.!-]+")
#: in a text part, where there are no character references, this invisible space parts two braces
APART = "\u200b"


class MergeField(Value):
    """A blank that is filled in for each reader."""

    #: "email", "first_name", "last_name", "name" or an own field: letters, digits, underscores
    name: str
    #: what a reader sees who has no such value
    fallback: str
    #: whether it stands in an address
    in_address: bool = False

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f'"{self.name}" is no name of a merge field')


class Dialect(Value):
    """How one sender writes a merge field, its links and its address."""

    #: as `--merge-tags` takes it
    name: str
    #: gives the tag for a field; `literal` makes a plain text safe where the tag is to stand
    write: Callable[[MergeField, "Literal", bool], str]
    #: characters without which no tag can be opened or closed
    marks: str
    #: in plain text: after what a tag would open, or could together with what stands beside the text
    opening: re.Pattern[str]
    #: stands in href attributes and in the text part, as it is
    unsubscribe_url: str
    preferences_url: str
    #: empty where it has none, and the web version of the site is linked
    web_version: str = ""
    #: empty where it has none
    address: str = ""
    #: last thing that is done to a whole HTML document
    document: Callable[[str], str] = str

    def field(self, field: MergeField, html: bool) -> str:
        """Give the tag for `field`, for HTML (text or address) or for plain text."""
        literal = encoded if field.in_address else lambda text: self.literal(text, html)
        return self.write(field, literal, html)

    def literal(self, text: str, html: bool) -> str:
        """Give a plain `text` so that this sender finds no tag in it: as HTML in ASCII, or as text."""
        if not html:
            return self.opening.sub(lambda opening: opening[0] + APART, text)
        marked = escape(text).translate({ord(mark): f"&#{ord(mark)};" for mark in self.marks})
        return marked.encode("ascii", "xmlcharrefreplace").decode("ascii")


Literal = Callable[[str], str]


def encoded(text: str) -> str:
    """Give `text` as a part of an address; an @ may stand in all of them (RFC 3986 section 3.3, RFC 6068)."""
    return quote(text, safe="@")


def quoted(text: str, html: bool, quote: str = '"') -> str:
    r"""Give `text` as a string between quotes, with an escape for all but letters and simple signs.

    So it holds nothing that HTML, a tag or the string itself could end at. `\uNNNN` and `\UNNNNNNNN`
    mean the same in Python, which Jinja follows
    (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences), and in Go
    (https://go.dev/ref/spec#String_literals).
    """

    def escaped(character: re.Match[str]) -> str:
        code = ord(character[0])
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"

    kept = r"[^A-Za-z0-9 ,.!-]" if html else r"[^\w ,.!-]"
    return quote + re.sub(kept, escaped, text) + quote


def campaigner(field: MergeField, _literal: Literal, html: bool) -> str:
    """Keep the field as it is written in the article; campaigner's own delivery fills it in.

    https://jinja.palletsprojects.com/en/stable/templates/#jinja-filters.urlencode
    """
    if field.in_address:
        fallback = quoted(field.fallback, True, "'")
        return f"{{{{ reader.{field.name} | default({fallback}) | urlencode }}}}"
    return "{{ reader." + field.name + " | default(" + quoted(field.fallback, html) + ") }}"


def mailchimp(field: MergeField, literal: Literal, _html: bool) -> str:
    """Mailchimp: `*|FNAME|*`; a fallback in the mail itself needs a condition.

    https://mailchimp.com/developer/marketing/docs/merge-fields/ (tags, FNAME and LNAME)
    https://mandrill.zendesk.com/hc/en-us/articles/360039278713 (IF, ELSE, END:IF)
    A tag has at most ten characters, so a longer name is cut. Conditions are not nested: a whole name
    depends on the first. No page says how to percent-encode a value.
    """
    known = {"email": "EMAIL", "first_name": "FNAME", "last_name": "LNAME", "name": "FNAME"}
    tag = known.get(field.name, field.name.upper()[:10])
    shown = f"*|FNAME|*{literal(' ')}*|LNAME|*" if field.name == "name" else f"*|{tag}|*"
    return f"*|IF:{tag}|*{shown}*|ELSE:|*{literal(field.fallback)}*|END:IF|*"


def brevo(field: MergeField, literal: Literal, _html: bool) -> str:
    """Brevo's template language: `{{ contact.FIRSTNAME|default:'there' }}`.

    https://help.brevo.com/hc/en-us/articles/4402386448530 (variables)
    https://help.brevo.com/hc/en-us/articles/4405381108626 (default; it lists no filter for addresses)
    https://help.brevo.com/hc/en-us/articles/360001030599 (if)
    """
    known = {"first_name": "FIRSTNAME", "last_name": "LASTNAME"}
    return _django(field, literal, lambda name: "contact." + known.get(name, name.upper()))


def klaviyo(field: MergeField, literal: Literal, _html: bool) -> str:
    """Klaviyo, which is Django's: `{{ first_name|default:'there' }}`, own as `{{ person.NAME }}`.

    https://help.klaviyo.com/hc/en-us/articles/4408802648731 (tags)
    https://developers.klaviyo.com/en/docs/glossary-of-variable-filters (default; Django's others, too)
    https://docs.djangoproject.com/en/stable/ref/templates/builtins/#urlencode
    https://developers.klaviyo.com/en/docs/use-conditionals-in-messages (if)
    """
    known = {"email", "first_name", "last_name"}
    encoding = "|urlencode" if field.in_address else ""
    return _django(field, literal, lambda name: name if name in known else "person." + name, encoding)


def _django(field: MergeField, literal: Literal, variable: Callable[[str], str], encoding: str = "") -> str:
    """Django's filter for a plain fallback, its condition for one that would need quoting.

    https://docs.djangoproject.com/en/stable/ref/templates/builtins/#default
    """
    if field.name == "name":
        first, last = variable("first_name"), variable("last_name")
        whole = (
            f"{{{{ {first}{encoding} }}}}"
            f"{{% if {last} %}}{literal(' ')}{{{{ {last}{encoding} }}}}{{% endif %}}"
        )
        return f"{{% if {first} %}}{whole}{{% else %}}{literal(field.fallback)}{{% endif %}}"
    value = variable(field.name)
    if SIMPLE.fullmatch(field.fallback) and not field.in_address:
        return f"{{{{ {value}|default:'{field.fallback}' }}}}"
    return f"{{% if {value} %}}{{{{ {value}{encoding} }}}}{{% else %}}{literal(field.fallback)}{{% endif %}}"


def sendgrid(field: MergeField, literal: Literal, html: bool) -> str:
    """SendGrid, which is Handlebars: `{{#if first_name}}{{first_name}}{{else}}there{{/if}}`.

    https://www.twilio.com/docs/sendgrid/for-developers/sending-email/using-handlebars
    https://www.twilio.com/docs/sendgrid/ui/sending-email/editor (names of fields)
    Two braces escape for HTML, three do not (https://handlebarsjs.com/guide/#html-escaping); nothing
    percent-encodes.
    """

    def value(name: str) -> str:
        return f"{{{{{name}}}}}" if html else f"{{{{{{{name}}}}}}}"

    if field.name == "name":
        whole = f"{value('first_name')}{{{{#if last_name}}}}{literal(' ')}{value('last_name')}{{{{/if}}}}"
        return f"{{{{#if first_name}}}}{whole}{{{{else}}}}{literal(field.fallback)}{{{{/if}}}}"
    return f"{{{{#if {field.name}}}}}{value(field.name)}{{{{else}}}}{literal(field.fallback)}{{{{/if}}}}"


def hubspot(field: MergeField, literal: Literal, _html: bool) -> str:
    r"""HubSpot's HubL: `{{ personalization_token('contact.firstname', 'there') }}`.

    https://developers.hubspot.com/docs/reference/cms/hubl/functions (personalization_token)
    https://developers.hubspot.com/docs/cms/reference/hubl/variables (contact)
    HubL escapes nothing for HTML, so the fallback is HTML there; `\\` and `\'` are its strings' escapes.
    No page says whether its filters see what is put in when a mail is sent, so values are not percent-encoded.
    """

    def token(name: str, fallback: str) -> str:
        safe = literal(fallback).replace("\\", "\\\\").replace("'", "\\'")
        # two braces in the string must not look like the end of the tag
        safe = safe.replace("}", "}" + APART)
        return f"{{{{ personalization_token('contact.{name}', '{safe}') }}}}"

    known = {"first_name": "firstname", "last_name": "lastname"}
    if field.name == "name":
        return f"{token('firstname', field.fallback)}{literal(' ')}{token('lastname', '')}"
    return token(known.get(field.name, field.name.lower()), field.fallback)


def listmonk(field: MergeField, literal: Literal, html: bool) -> str:
    """Write Go's templates with Sprig: `{{ .Subscriber.FirstName | default "there" }}`.

    https://listmonk.app/docs/templating/ (fields), https://masterminds.github.io/sprig/defaults.html
    Go escapes for HTML by itself (https://pkg.go.dev/html/template), which takes `urlquery` at the end for its
    own (https://pkg.go.dev/text/template#hdr-Functions).
    """
    known = {"email": "Email", "first_name": "FirstName", "last_name": "LastName", "name": "Name"}
    value = known.get(field.name, f"Attribs.{field.name}")
    if field.in_address:
        filled = f"{{{{ .Subscriber.{value} | urlquery }}}}"
        return f"{{{{ if .Subscriber.{value} }}}}{filled}{{{{ else }}}}{literal(field.fallback)}{{{{ end }}}}"
    return f"{{{{ .Subscriber.{value} | default {quoted(field.fallback, html)} }}}}"


def with_comments_kept(html: str) -> str:
    """Give `html` with its comments as values, since Go's templates drop them, and Outlook's with them.

    https://listmonk.app/docs/templating/ (Safe), https://pkg.go.dev/html/template (comments)
    """
    return re.sub(r"<!--.*?-->", lambda comment: "{{ Safe `" + comment[0] + "` }}", html, flags=re.DOTALL)


def liquid(field: MergeField, literal: Literal, html: bool) -> str:
    """Write Liquid as Customer.io speaks it: `{{ customer.first_name | default: "there" }}`.

    https://docs.customer.io/messaging/liquid/tag-list/
    Liquid escapes nothing by itself (https://shopify.github.io/liquid/filters/escape/) and its strings
    know no escapes (https://shopify.github.io/liquid/basics/types/#string).
    https://shopify.github.io/liquid/filters/url_encode/
    """
    safe = " | url_encode" if field.in_address else " | escape" if html else ""

    def value(name: str) -> str:
        return f"{{{{ customer.{name}{safe} }}}}"

    def known(name: str) -> str:
        # in Liquid an empty text counts as true
        return f"{{% if customer.{name} and customer.{name} != '' %}}"

    if field.name == "name":
        whole = f"{value('first_name')}{known('last_name')}{literal(' ')}{value('last_name')}{{% endif %}}"
        return f"{known('first_name')}{whole}{{% else %}}{literal(field.fallback)}{{% endif %}}"
    if SIMPLE.fullmatch(field.fallback) and not field.in_address:
        return f'{{{{ customer.{field.name} | default: "{field.fallback}"{safe} }}}}'
    return f"{known(field.name)}{value(field.name)}{{% else %}}{literal(field.fallback)}{{% endif %}}"


BRACES = re.compile(r"\{(?=[{%#]|\Z)")

#: by the name that `--merge-tags` takes; the first is what is written without it
DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        dialect.name: dialect
        for dialect in (
            Dialect(
                name="campaigner",
                write=campaigner,
                marks="{}",
                opening=BRACES,
                unsubscribe_url="{{ unsubscribe_url }}",
                preferences_url="{{ preferences_url }}",
            ),
            # https://mailchimp.com/help/all-the-merge-tags-cheat-sheet/
            Dialect(
                name="mailchimp",
                write=mailchimp,
                marks="|",
                opening=re.compile(r"(?:\A|\*)(?=\|)"),
                unsubscribe_url="*|UNSUB|*",
                preferences_url="*|UPDATE_PROFILE|*",
                web_version="*|ARCHIVE|*",
                address="*|LIST:ADDRESSLINE|*",
            ),
            # https://help.brevo.com/hc/en-us/articles/360000946299: links, and no tag for an address
            Dialect(
                name="brevo",
                write=brevo,
                marks="{}",
                opening=BRACES,
                unsubscribe_url="{{ unsubscribe }}",
                preferences_url="{{ update_profile }}",
                web_version="{{ mirror }}",
            ),
            # https://www.twilio.com/docs/sendgrid/ui/sending-email/editor
            # https://www.twilio.com/docs/sendgrid/ui/sending-email/weblink
            Dialect(
                name="sendgrid",
                write=sendgrid,
                marks="{}",
                opening=re.compile(r"\{(?=\{|\Z)|<(?=%|\Z)"),
                unsubscribe_url="{{{unsubscribe}}}",
                preferences_url="{{{unsubscribe_preferences}}}",
                web_version="{{Weblink}}",
                address="{{Sender_Address}}, {{Sender_City}}, {{Sender_State}} {{Sender_Zip}}",
            ),
            # https://help.klaviyo.com/hc/en-us/articles/4408802648731
            Dialect(
                name="klaviyo",
                write=klaviyo,
                marks="{}",
                opening=BRACES,
                unsubscribe_url="{% unsubscribe_link %}",
                preferences_url="{% manage_preferences_link %}",
                web_version="{% web_view_link %}",
                address="{{ organization.full_address }}",
            ),
            # https://developers.hubspot.com/docs/cms/reference/hubl/variables: `unsubscribe_link` is the
            # page of preferences, `unsubscribe_link_all` leaves everything
            Dialect(
                name="hubspot",
                write=hubspot,
                marks="{}",
                opening=BRACES,
                unsubscribe_url="{{ unsubscribe_link_all }}",
                preferences_url="{{ unsubscribe_link }}",
                web_version="{{ view_as_page_url }}",
                address=(
                    "{{ site_settings.company_street_address_1 }}, {{ site_settings.company_city }}, "
                    "{{ site_settings.company_state }}"
                ),
            ),
            # https://listmonk.app/docs/templating/
            Dialect(
                name="listmonk",
                write=listmonk,
                marks="{}",
                opening=BRACES,
                unsubscribe_url="{{ UnsubscribeURL }}",
                preferences_url="{{ UnsubscribeURL }}?manage=true",
                web_version="{{ MessageURL }}",
                document=with_comments_kept,
            ),
            # https://docs.customer.io/messaging/liquid/tag-list/
            Dialect(
                name="liquid",
                write=liquid,
                marks="{}",
                opening=BRACES,
                unsubscribe_url="{% unsubscribe_url %}",
                preferences_url="{% manage_subscription_preferences_url %}",
                web_version="{% view_in_browser_url %}",
            ),
        )
    }
)
