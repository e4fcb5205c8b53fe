"""Makes a Markdown text that was written for another program one that builds here.

A draft begins with it, so it must show at once what it says. What only the program that it comes from
could make of it stands there as it was written, and nothing of it is lost.
"""

from collections.abc import Collection

from campaigner.content.articles import campaign_of
from campaigner.errors import ContentError, Fault
from campaigner.render.body.article import read_body
from campaigner.render.body.characters import misfits
from campaigner.render.body.markdown import Converter
from campaigner.render.body.tangles import tangles
from campaigner.render.foreign.pictures import with_pictures
from campaigner.render.foreign.signs import with_plain_blocks, with_plain_signs
from campaigner.value import Value

#: what is taken out may bring together what means something again
MOST_ROUNDS = 10


class Settled(Value):
    """A text in which everything means what it may mean here, or itself."""

    text: str
    #: addresses of pictures that it showed and that are not beside it; their words stand in their places
    missing_pictures: tuple[str, ...] = ()
    #: ids of sources that it cited and that nobody described
    unknown_sources: tuple[str, ...] = ()


def settled(
    text: str, *, pictures: Collection[str], reader_fields: Collection[str], source_ids: Collection[str]
) -> Settled:
    """Give `text` without pictures, braces, citations and blocks that a build would refuse.

    `pictures` are the files beside it, `reader_fields` the names of [reader.fields], `source_ids` the
    sources that may be cited. A text that Markdown could not read stays as it is, for `refuse_unreadable`.
    """
    if next(misfits(text), None) or next(tangles(text), None):
        return Settled(text=text)
    missing: dict[str, None] = {}
    unknown: dict[str, None] = {}
    plain = text
    for _ in range(MOST_ROUNDS):
        before = plain
        try:
            plain = with_plain_blocks(plain)
            plain, cited = with_plain_signs(plain, reader_fields=reader_fields, source_ids=source_ids)
            plain, shown = with_pictures(plain, pictures)
        except RecursionError:
            return Settled(text=text)
        unknown |= dict.fromkeys(cited)
        missing |= dict.fromkeys(shown)
        if plain == before:
            break
    return Settled(text=plain, missing_pictures=tuple(missing), unknown_sources=tuple(unknown))


def refuse_unreadable(
    article: bytes,
    *,
    folder: str,
    shown: str,
    largest: int,
    reader_fields: Collection[str],
    source_ids: Collection[str],
) -> None:
    """Raise ContentError, naming the document as `shown`, where a build could not read its `article`.

    HTML that a workspace refuses is told by its build, with the line to be mended.
    """
    if len(article) > largest:
        message = f"its text has {len(article):,} bytes, more than the {largest:,} that an article may have"
        hint = "Split it, or raise content.largest_article in campaigner.toml"
        raise ContentError(Fault(path=shown, message=message, hint=hint))
    try:
        campaign = campaign_of(article.decode(), folder=folder, path=shown)
        read_body(
            campaign,
            language=campaign.front_matter.lang or "en",
            converter=Converter(),
            reader_fields=reader_fields,
            source_ids={*source_ids, *campaign.front_matter.sources},
        )
    except ContentError as error:
        raise ContentError(
            Fault(path=shown, message=f"no article can be made of it: {fault.message}", hint=fault.hint)
            for fault in error.faults
        ) from None
