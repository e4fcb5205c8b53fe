"""Reads sources.yaml: what several articles cite."""

import os

from campaigner.content.schema import structure
from campaigner.content.workspace import SOURCES_FILE, Workspace, read_text
from campaigner.content.yaml import read_tree
from campaigner.errors import ContentError
from campaigner.model.front_matter import SharedSources, Sources

KEY = "sources"
LARGEST = 5_000_000


def read_sources(workspace: Workspace) -> Sources:
    """Give the shared sources by id; none where there is no sources.yaml.

    Raises ContentError for what is wrong in it, with all sources that can be understood.
    """
    path = workspace.root / SOURCES_FILE
    if not os.path.lexists(path):
        return {}
    text, _ = read_text(workspace, path, largest=LARGEST)
    tree = read_tree(text, path=SOURCES_FILE)
    keys = {f"{KEY}.{name}": place for name, place in tree.keys.items()}
    at = {f"{KEY}.{name}": place for name, place in tree.at.items()}
    try:
        shared = structure(SharedSources, {KEY: tree.values}, path=SOURCES_FILE, keys=keys, at=at)
    except ContentError as error:
        rest = error.rest.sources if error.rest else None
        raise ContentError([*tree.faults, *error.faults], rest=rest, without=error.without) from None
    if tree.faults:
        raise ContentError(tree.faults, rest=shared.sources)
    return shared.sources
