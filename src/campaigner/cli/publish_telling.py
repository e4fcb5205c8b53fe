"""How plans, releases and their ways back are told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from campaigner.errors import one_line
from campaigner.publish.releases import ASSETS

if TYPE_CHECKING:
    from campaigner.publish.changes import Changes
    from campaigner.publish.host import Host
    from campaigner.publish.publishing import Plan, Return
    from campaigner.publish.releases import Release
    from campaigner.publish.targets import Chosen

#: of each kind of change; more than a screen helps nobody
MOST_LINES = 15
#: of a commit, as git shortens it
SHORT = 10
DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def tell_plan(plan: "Plan", *, diff: bool) -> None:
    """Say what publishing will do."""
    _tell_target(plan.chosen, plan.host)
    if not plan.is_due:
        click.echo("Nothing changed since it was published.")
        return
    if diff and plan.before:
        from campaigner.publish.diffing import differences

        for line in differences(plan.changes, plan.host, plan.site):
            click.echo(click.style(one_line(line), fg=DIFF_COLOURS.get(line[:1])))
    _tell_changes(plan.changes)
    if plan.before and plan.is_taking_over:
        count, size = _files(plan.before), _size(plan.before.size)
        click.echo(
            f"  Somebody else put there what stands there now ({count}, {size}). All of it becomes a release that "
            "`campaigner publish rollback` brings back."
        )
    if plan.before and plan.before.compression != plan.compression:
        was, comes = (
            one.replace(" ", ", ") or "nothing" for one in (plan.before.compression, plan.compression)
        )
        click.echo(f"  Compressed ahead: {comes}; {was} before.")
    click.echo(f"{_counts(plan.changes)}; {_size(plan.size)} to bring there.")


def plan_as_json(plan: "Plan", release: str | None) -> dict[str, Any]:
    """What publishing did or will do, for programs."""
    return {
        "target": plan.chosen.name,
        "release": release,
        **_changes_as_json(plan.changes),
        "unchanged": plan.settled or len(plan.changes.unchanged),
        "bytes": plan.size,
    }


def tell_return(plan: "Return") -> None:
    """Say what going back will do."""
    _tell_target(plan.chosen, plan.host)
    before, after = one_line(plan.before.name), one_line(plan.after.name)
    if not plan.is_due:
        click.echo(f"Readers see {after} already.")
        return
    _tell_changes(plan.changes)
    way = f"From {before} to {after}" if before else f"To {after}"
    if before == after:
        way = f"To all of {after}, which was not brought whole"
    click.echo(f"{way}: {_counts(plan.changes)}.")


def return_as_json(plan: "Return") -> dict[str, Any]:
    """What going back did or will do, for programs."""
    return {
        "target": plan.chosen.name,
        "release": plan.after.name,
        "before": plan.before.name,
        **_changes_as_json(plan.changes),
        "bytes": 0,
    }


def tell_status(chosen: "Chosen", host: "Host") -> None:
    """Say which releases there are, and which one readers see."""
    _tell_target(chosen, host)
    current = host.current()
    if not current:
        click.echo("  Nothing was published yet.")
    for name in reversed(host.releases()):
        release = host.live() if name == current else host.release(name)
        mark = click.style("live", fg="green") if name == current else "    "
        since = f", since {host.since():%Y-%m-%d %H:%M} UTC" if name == current else ""
        commit = f", commit {one_line(_shortened(release.commit))}" if release.commit else ""
        broken = _brokenness(host) if name == current else ""
        size = f"{_files(release)}, {_size(release.size)}{', taken over' if release.is_taken_over else ''}"
        click.echo(f"  {mark}  {one_line(name)}: {size}{commit}{since}{broken}")


def tell_no_status(chosen: "Chosen") -> None:
    """Say that nobody knows what is at a target; why is told elsewhere."""
    click.echo(click.style(f"{chosen.name}: this cannot be told", bold=True))


def status_as_json(chosen: "Chosen", host: "Host") -> dict[str, Any]:
    """The releases of a target, for programs; the newest first."""
    current = host.current()
    return {
        "target": chosen.name,
        "to": host.where,
        "url": chosen.url,
        "release": current or None,
        "whole": host.is_whole,
        "since": f"{host.since():%Y-%m-%dT%H:%M:%SZ}" if current else None,
        "releases": [_release_as_json(host.release(name)) for name in reversed(host.releases())],
    }


def _release_as_json(release: "Release") -> dict[str, Any]:
    return {
        "release": release.name,
        "made": release.made,
        "url": release.url,
        "commit": release.commit or None,
        "files": len(release.files),
        "bytes": release.size,
    }


def _brokenness(host: "Host") -> str:
    if host.is_whole:
        return ""
    return f"; not whole, {'`campaigner publish rollback` finishes it' if host.is_returning else 'publish again'}"


def _tell_target(chosen: "Chosen", host: "Host") -> None:
    click.echo(click.style(f"{chosen.name}: {one_line(host.where)}, {chosen.url}", bold=True))


def _tell_changes(changes: "Changes") -> None:
    _tell_some("new", "green", changes.new)
    _tell_some("changed", "yellow", changes.changed)
    _tell_some("removed", "red", changes.removed)


def _tell_some(what: str, colour: str, paths: Sequence[str]) -> None:
    told = click.style(f"{what:8}", fg=colour)
    # pages before what they need
    for path in sorted(paths, key=lambda path: path.startswith(ASSETS))[:MOST_LINES]:
        click.echo(f"  {told} {one_line(path)}")
    if len(paths) > MOST_LINES:
        click.echo(f"  {told} … and {len(paths) - MOST_LINES:,} more")


def _counts(changes: "Changes") -> str:
    return (
        f"{len(changes.new):,} new, {len(changes.changed):,} changed, {len(changes.removed):,} removed, "
        f"{len(changes.unchanged):,} unchanged"
    )


def _files(release: "Release") -> str:
    return "1 file" if len(release.files) == 1 else f"{len(release.files):,} files"


def _changes_as_json(changes: "Changes") -> dict[str, Any]:
    return {
        "new": changes.new,
        "changed": changes.changed,
        "removed": changes.removed,
        "unchanged": len(changes.unchanged),
    }


def _size(size: int) -> str:
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} bytes"


def _shortened(commit: str) -> str:
    return commit[:SHORT] + ("+" if commit.endswith("+") else "")
