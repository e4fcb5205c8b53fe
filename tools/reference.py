"""Writes docs/reference.md: every key of every file, every merge tag and every command, from the code.

Nothing is said twice: the sentences are the descriptions in the schema and the help of the verbs.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import click
from pydantic_core import PydanticUndefined

from campaigner.cli import VERBS, main
from campaigner.content.schema import plain_type, written_name
from campaigner.model import destination, text
from campaigner.model.front_matter import ALIASES, NEWSLETTER_ALIASES, FrontMatter, named, titled
from campaigner.model.moment import as_moment
from campaigner.model.policy import Policy
from campaigner.model.schema import Before
from campaigner.model.segment import Segment, as_field_rule, as_field_value
from campaigner.model.settings import Settings
from campaigner.model.site_path import as_site_path
from campaigner.render.merge_fields import KNOWN
from campaigner.render.merge_tags import DIALECTS, MergeField

PAGE = Path(__file__).parent.parent / "docs" / "reference.md"
#: of the help, whatever the terminal
WIDTH = 80
HEAD = """\
# Reference

<!-- Made by tools/reference.py; change the code and run `make docs`. -->

Every key that may be written, and every command. [Writing an article](writing.md) explains the same in
order, with examples. An unknown key is an error that names the nearest right one, so nothing is
ignored by mistake.
"""
TYPES = """\
## What the types mean

| type | what may be written |
| --- | --- |
| line | plain text on one line; numbers are taken for text |
| personal line | the same, and it may hold [merge fields](#merge-tags) |
| text | plain text, of several lines if need be |
| date | `2026-11-01`, or `2026-11-01T09:00:00+01:00` with its time zone; a day begins at midnight UTC |
| web address | begins with `https://` or `http://` |
| link | a web address, `mailto:…`, `tel:…`, or a path such as `/privacy/` |
| e-mail address | `name@example.com` |
| folder | its whole path: `/srv/www/site`, `~/site` or `file:///srv/www/site` |
| colour | `#rrggbb` or `#rgb` |
| fonts | names of fonts as CSS has them, parted by commas |
| language | a language tag: `en`, `de`, `en-GB` |
| tag | a word or two, of at most 100 characters |
| slug | letters, digits and hyphens, such as `spring-offer` |
| yes or no | `true` or `false` |
| site path | a path that any host serves and the site has not yet: `/old-name/`, `/2025/spring.html` |
| lines, tags, site paths | a list of them; a single one may be written without the list |
"""
SOURCES = """\
## sources.yaml

Stands beside `campaigner.toml`: sources that any article may cite, by id, with the keys that
`sources.ID` has above. Where an article describes a source of the same id itself, its own counts.
"""
POLICIES = """\
## policies/NAME.toml

A policy pack of your own, in TOML, which `policies = ["NAME"]` under `[check]` switches on.
[Writing an article](writing.md#a-pack-of-your-own) has one. One that is called as a pack that ships takes its place.
"""
SEGMENTS = """\
## segments/NAME.toml

A segment of the audience, in TOML, which `campaigner audience list --segment NAME` and its like take.
[The audience](audience.md#segments) has one. All that it says must hold.
"""
#: what a kind of text is called, by the function that checks it; the last one found counts
KINDS: Mapping[Callable[..., object], str] = {
    text.as_text: "text",
    text.without_control_characters: "personal line",
    text.as_slug: "slug",
    text.as_tag: "tag",
    text.as_web_address: "web address",
    text.as_base_address: "web address that pages can stand below",
    text.as_link: "link",
    text.as_endpoint: "link",
    text.as_colour: "colour",
    text.as_language: "language",
    text.as_font_stack: "fonts",
    text.as_mailbox_address: "e-mail address",
    destination.as_destination: "folder",
    destination.as_storage_endpoint: "web address",
    destination.as_region: "name",
    destination.as_target_name: "name",
    text.as_mail_transport: "`outbox` or mail server",
    text.as_network: "network",
    as_moment: "date",
    as_site_path: "site path",
    as_field_value: "value",
}
#: checks that change nothing about what a text is called
OTHERS: tuple[Callable[..., object], ...] = (text.without_merge_fields, text.as_list, text.as_wording)
#: where a bare word may stand for a block
SHORT: Mapping[Callable[..., object], str] = {titled: "title", named: "name", as_field_rule: "value"}


def reference_page() -> str:
    """Give the whole page."""
    parts = [
        HEAD,
        TYPES,
        "## Front matter\n\nStands at the top of `article.md` between two lines `---`, in YAML.\n",
        *blocks(FrontMatter, yaml_place),
        aliases(),
        "## campaigner.toml\n\nStands in the folder of the workspace, in TOML.\n",
        *blocks(Settings, toml_place),
        SOURCES,
        POLICIES,
        *blocks(Policy, toml_place),
        SEGMENTS,
        *blocks(Segment, toml_place),
        merge_tags(),
        "## Commands\n",
        *commands(),
    ]
    return "\n".join(parts)


def blocks(schema: Any, place: Callable[[str, Any], str], name: str = "") -> Iterator[str]:
    """Give the table of a block, and below it those of the blocks in it; `place` writes their names."""
    yield table(schema)
    for key, annotation, _ in keys(schema):
        inner = block_in(annotation)
        if inner is not None:
            path = f"{name}.{key}" if name else key
            yield f"### {place(path, plain_type(annotation))}\n\n{about(inner)}\n"
            yield from blocks(inner, place, path)


def yaml_place(name: str, annotation: Any) -> str:
    """Where a block of the front matter stands."""
    if get_origin(annotation) is dict:
        return f"`{name}.ID`"
    return f"`{name}`, each" if get_origin(annotation) is tuple else f"`{name}`"


def toml_place(name: str, annotation: Any) -> str:
    """How a table of campaigner.toml begins."""
    if get_origin(annotation) is dict:
        return f"`[{name}.NAME]`"
    return f"`[[{name}]]`" if get_origin(annotation) is tuple else f"`[{name}]`"


def about(schema: Any) -> str:
    """What a block is, by its docstring; the name that some begin with stands in the heading already."""
    first = str(schema.__doc__).split("\n", maxsplit=1)[0]
    told = re.sub(r"^`[^`]*`( and the front matter's `utm:`)?[,:] ", "", first)
    return told[:1].upper() + told[1:]


def table(schema: Any) -> str:
    """The keys of one block."""
    rows = [
        f"| `{key}` | {in_words(annotation)} | {default(info)} | "
        f"{cell(info.description or about(block_in(annotation)))} |"
        for key, annotation, info in keys(schema)
    ]
    return "\n".join(["| key | type | without it | what it says |", "| --- | --- | --- | --- |", *rows, ""])


def keys(schema: Any) -> Iterator[tuple[str, Any, Any]]:
    """Name, type and description of each key, as they are written in a file."""
    hints = get_type_hints(schema, include_extras=True)
    for field in dataclasses.fields(schema):
        yield written_name(field), hints[field.name], schema.__pydantic_fields__[field.name]


def in_words(annotation: Any) -> str:
    """A type in plain words."""
    checks = list(checks_of(annotation))
    plain = plain_type(annotation)
    if get_origin(plain) is Literal:
        return " or ".join(f"`{value}`" for value in get_args(plain))
    if get_origin(plain) is tuple:
        return several(get_args(plain)[0])
    if get_origin(plain) is dict:
        inner = block_in(plain)
        if inner is not None:
            return "blocks by name"
        value = get_args(plain)[1]
        if value is Any:
            return "anything"
        return "files by name" if text_kind(list(checks_of(value))) else f"{in_words(value)} by name"
    if dataclasses.is_dataclass(plain) and text_kind(checks) is None:
        short = next((SHORT[check] for check in checks if check in SHORT), "")
        return f"block, or its {short} alone" if short else "block"
    simple = {bool: "yes or no", int: "whole number"}
    return simple.get(plain) or text_kind(checks) or "text"


def several(item: Any) -> str:
    """A list of `item`, in plain words."""
    if get_origin(item) is Literal:
        return f"list of {in_words(item)}"
    if block_in(item) is None:
        return f"{text_kind(list(checks_of(item)))}s"
    short = next((SHORT[check] for check in checks_of(item) if check in SHORT), "")
    return f"list of blocks, or of {short}s alone" if short else "list of blocks"


def checks_of(annotation: Any) -> Iterator[Any]:
    """The functions that check or change a value of a type, in their order."""
    if get_origin(annotation) is Annotated:
        yield from (one.function for one in annotation.__metadata__ if isinstance(one, Before))
        yield from checks_of(get_args(annotation)[0])
    for one in get_args(annotation) if type(None) in get_args(annotation) else ():
        yield from checks_of(one)


def text_kind(checks: list[Any]) -> str | None:
    """What a text with these checks is called; None where it is no text."""
    unknown = [check.__name__ for check in checks if check not in (*KINDS, *OTHERS, *SHORT)]
    if unknown:
        raise LookupError(f"say in KINDS what a text checked by {unknown[0]} is called")
    found = [KINDS[check] for check in checks if check in KINDS]
    is_plain = text.without_merge_fields in checks and found[-1:] == ["personal line"]
    return "line" if is_plain else next(reversed(found), None)


def block_in(annotation: Any) -> Any:
    """The block that a type is, or is a list or a collection of; None where it is plain text."""
    plain = plain_type(annotation)
    if get_origin(plain) is tuple:
        return block_in(get_args(plain)[0])
    if get_origin(plain) is dict:
        return block_in(get_args(plain)[1])
    is_block = dataclasses.is_dataclass(plain) and hasattr(plain, "__pydantic_fields__")
    return plain if is_block else None


def default(info: Any) -> str:
    """What a key is where it is not written."""
    if info.is_required():
        return "**needed**"
    value = info.default
    if value is PydanticUndefined or value is None or value in ("", ()):
        return "–"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return f"`{value}`"


def aliases() -> str:
    """Names that are taken for ours."""
    rows = [f"| `{name}` | `{ours}` |" for name, ours in sorted(ALIASES.items())]
    rows += [
        f"| `newsletter.{name}` | `newsletter.{ours}` |" for name, ours in sorted(NEWSLETTER_ALIASES.items())
    ]
    head = ["### Names of other programs", "", "They mean the same. Each thing may be said once only.", ""]
    return "\n".join([*head, "| you may write | for |", "| --- | --- |", *rows, ""])


def merge_tags() -> str:
    """How each dialect writes what is filled in for a reader."""
    field = MergeField(name="first_name", fallback="there")
    rows = []
    for name, dialect in DIALECTS.items():
        written = (dialect.field(field, html=True), dialect.unsubscribe_url, dialect.preferences_url)
        cells = [
            *map(code, written),
            code(dialect.web_version) if dialect.web_version else "the site's",
            code(dialect.address) if dialect.address else "yours",
        ]
        rows.append(f"| `{name}` | {' | '.join(cells)} |")
    known = ", ".join(f"`{name}`" for name in KNOWN)
    return "\n".join(
        [
            "## Merge tags",
            "",
            'A merge field is written `{{ reader.NAME | default("…") }}`. The names are',
            f"{known} and those of `[reader.fields]`.",
            'This is what `--merge-tags` makes of `{{ reader.first_name | default("there") }}` in the HTML of a',
            "mail, and of its links. Where a dialect has no tag, the mail links to the web version on your site",
            "and shows the postal address of campaigner.toml.",
            "",
            "| dialect | first name | unsubscribe | preferences | web version | postal address |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def commands() -> Iterator[str]:
    """The help of the program and of each verb."""
    context = click.Context(
        main, info_name="campaigner", terminal_width=WIDTH, color=False, **main.context_settings
    )
    yield help_text("campaigner", main, context)
    for verb in VERBS:
        command = main.get_command(context, verb)
        assert command is not None
        if isinstance(command, click.Group):
            own = click.Context(command, info_name=verb, parent=context)
            for word, inner in command.commands.items():
                # what a verb itself does has no word of its own
                above, name = (context, verb) if word == verb else (own, f"{verb} {word}")
                yield help_text(
                    f"campaigner {name}", inner, click.Context(inner, info_name=word, parent=above)
                )
        else:
            yield help_text(
                f"campaigner {verb}", command, click.Context(command, info_name=verb, parent=context)
            )


def help_text(name: str, command: click.Command, context: click.Context) -> str:
    """The help of one command."""
    lines = [line.rstrip() for line in command.get_help(context).split("\n")]
    return "\n".join([f"### `{name}`", "", "```text", *lines, "```", ""])


def code(written: str) -> str:
    """Text as code in a table."""
    return f"`{cell(written)}`"


def cell(written: str) -> str:
    """Text in a table, which a bar would end."""
    return written.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(reference_page(), encoding="utf-8")
