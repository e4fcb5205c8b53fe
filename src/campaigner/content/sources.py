"""Reads sources.yaml: what several articles cite."""

from campaigner.content.schema import structure
from campaigner.content.workspace import SOURCES_FILE, Workspace, read_text
from campaigner.content.yaml import read_mapping
from campaigner.model.front_matter import SharedSources, Sources

LARGEST = 5_000_000


def read_sources(workspace: Workspace) -> Sources:
    """Give the shared sources by id; none where there is no sources.yaml.

    Raises ContentError for what is wrong in it.
    """
    path = workspace.root / SOURCES_FILE
    if not path.exists():
        return {}
    text, _ = read_text(workspace, path, largest=LARGEST)
    tree = read_mapping(text, path=SOURCES_FILE)
    keys = {f"sources.{name}": place for name, place in tree.keys.items()}
    at = {f"sources.{name}": place for name, place in tree.at.items()}
    return structure(SharedSources, {"sources": tree.values}, path=SOURCES_FILE, keys=keys, at=at).sources
