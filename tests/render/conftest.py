"""One publication, opened once, serves all tests of a process."""

import dataclasses
from collections.abc import Callable

import pytest

from campaigner.content.workspace import find_workspace
from campaigner.model.settings import Content, Site
from campaigner.render.body.markdown import Converter
from campaigner.render.merge_tags import DIALECTS
from campaigner.render.press import open_publication
from campaigner.value import replace
from desk import BASE_URL, SETTINGS, SOURCES, Desk


@pytest.fixture(scope="session")
def session_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("desk")
    (root / "campaigner.toml").write_text("")
    publication = open_publication(
        find_workspace(root), SETTINGS, base_url=BASE_URL, dialect="campaigner", program="tests"
    )
    return Desk(publication=replace(publication, sources=SOURCES), converter=Converter())


@pytest.fixture
def desk(session_desk: Desk) -> Desk:
    """Render single articles."""
    return session_desk


@pytest.fixture
def strict_desk(desk: Desk) -> Desk:
    """The same, of a publication that takes no HTML."""
    return desk.of(settings=dataclasses.replace(SETTINGS, content=Content(raw_html="refuse")))


@pytest.fixture
def german_desk(desk: Desk) -> Desk:
    """The same, of a German publication."""
    return desk.of(
        settings=dataclasses.replace(
            SETTINGS, site=Site(name="The Gazette", url="https://gazette.example", language="de")
        )
    )


DeskOf = Callable[[str], Desk]


@pytest.fixture
def desk_at(desk: Desk) -> DeskOf:
    """Give a function that makes a desk of a site at another address."""
    return lambda base_url: desk.of(base_url=base_url)


@pytest.fixture
def desk_speaking(desk: Desk) -> DeskOf:
    """Give a function that makes a desk whose mail is written in a dialect."""
    return lambda dialect: desk.of(dialect=DIALECTS[dialect])
