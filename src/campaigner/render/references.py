"""The sources an article cites, numbered in the order of their first citation."""

from collections.abc import Mapping, Sequence

from campaigner.model.front_matter import Source
from campaigner.model.pages import Reference
from campaigner.render.body.typography import typographic
from campaigner.render.body.web import citation_anchor
from campaigner.render.dates import date_view
from campaigner.value import replace


def numbered(cited: Sequence[str], sources: Mapping[str, Source], language: str) -> dict[str, Reference]:
    """Give the references of an article by source id; `cited` is in the order of citation."""
    return {
        source_id: _reference(number, sources[source_id], language)
        for number, source_id in enumerate(cited, start=1)
    }


def with_returns(references: Mapping[str, Reference], counts: Mapping[str, int]) -> tuple[Reference, ...]:
    """The references that a page cites, each with the places to return to."""
    return tuple(
        replace(
            references[source_id],
            cited_at=tuple(
                citation_anchor(references[source_id].number, time) for time in range(1, count + 1)
            ),
        )
        for source_id, count in sorted(counts.items(), key=lambda item: references[item[0]].number)
    )


def _reference(number: int, source: Source, language: str) -> Reference:
    return Reference(
        number=number,
        anchor=f"source-{number}",
        title=typographic(source.title, language),
        author=source.author,
        publisher=source.publisher,
        date=date_view(str(source.date or ""), language),
        url=source.url or "",
        accessed=date_view(str(source.accessed or ""), language),
        note=typographic(source.note, language),
        cited_at=(),
    )
