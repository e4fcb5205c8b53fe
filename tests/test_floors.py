"""Arrows point down: what a package may import of ours, floor by floor."""

import ast
from pathlib import Path

import pytest

import campaigner

PACKAGE = Path(campaigner.__file__).parent
FLOORS = {
    "value": -1,
    **dict.fromkeys(("__init__", "model", "errors", "resources"), 0),
    **dict.fromkeys(("content", "audience"), 1),
    **dict.fromkeys(("clients", "render", "transport"), 2),
    "checks": 3,
    **dict.fromkeys(("build", "delivery", "signup", "report"), 4),
    **dict.fromkeys(("preview", "publish"), 5),
    "cli": 6,
    "__main__": 7,
}


def imported(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and name of everything that a module imports: `from a import b` may mean the module `a.b`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.lineno, f"{'.' * node.level}{node.module}.{alias.name}") for alias in node.names]
    return found


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix()
)
def test_arrows_point_down(file: Path) -> None:
    here = file.relative_to(PACKAGE).with_suffix("").parts[0]
    for line, name in imported(ast.parse(file.read_bytes())):
        assert not name.startswith("."), f"line {line}: an import says in full where it comes from"
        package, _, rest = name.partition(".")
        there = rest.partition(".")[0]
        if package != "campaigner" or there == here or there.startswith("__"):
            continue
        assert FLOORS[there] < FLOORS[here], f"line {line}: {here} must not import {there}"


def test_every_room_has_a_floor() -> None:
    assert {file.stem for file in PACKAGE.iterdir() if file.suffix == ".py" or file.is_dir()} <= {
        *FLOORS,
        "__pycache__",
    }
