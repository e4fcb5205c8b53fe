"""Reads policy packs: those that come with the program, and a workspace's own in policies/."""

from collections.abc import Iterable
from pathlib import Path

from campaigner.content.settings import settings_position, toml_block
from campaigner.content.workspace import POLICIES_FOLDER, SETTINGS_FILE, Workspace, is_text, read_text
from campaigner.errors import ContentError, Fault, nearest
from campaigner.model.policy import Policy

SHIPPED = Path(__file__).with_name("policies")
SETTING = "check.policies"
LARGEST = 1_000_000


def read_policies(workspace: Workspace, names: Iterable[str]) -> tuple[Policy, ...]:
    """Give the packs of these names; one of the workspace takes the place of a shipped one.

    Raises ContentError for every name that no pack has, and for every pack that cannot be read.
    """
    own, faults, packs = _packs_in(workspace.root / POLICIES_FOLDER), list[Fault](), list[Policy]()
    for name in dict.fromkeys(names):
        try:
            if name in own:
                path = own[name]
                text, _ = read_text(workspace, path, largest=LARGEST)
                packs.append(toml_block(Policy, text, path=workspace.shown(path)))
            elif name in shipped_packs():
                packs.append(shipped_pack(name))
            else:
                faults.append(_unknown(workspace, name, known_packs(workspace)))
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    return tuple(packs)


def known_packs(workspace: Workspace) -> frozenset[str]:
    """Names of all packs that a workspace may switch on: its own, and those that come with the program."""
    return frozenset((*_packs_in(workspace.root / POLICIES_FOLDER), *shipped_packs()))


def shipped_packs() -> tuple[str, ...]:
    """Names of the packs that come with the program, sorted."""
    return tuple(_packs_in(SHIPPED))


def shipped_pack(name: str) -> Policy:
    """Give one of them."""
    path = SHIPPED / f"{name}.toml"
    return toml_block(Policy, path.read_text(encoding="utf-8"), path=f"{POLICIES_FOLDER}/{path.name}")


def _packs_in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.toml")) if is_text(path.name)}


def _unknown(workspace: Workspace, name: str, known: Iterable[str]) -> Fault:
    place = settings_position(workspace, SETTING)
    return Fault(
        path=SETTINGS_FILE,
        line=place.line,
        column=place.column,
        message=f'there is no policy pack "{name}"',
        hint=nearest(name, known),
    )
