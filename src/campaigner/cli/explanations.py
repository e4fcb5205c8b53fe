"""What `campaigner check --explain` tells: why a check is there, and what a policy pack holds."""

from collections.abc import Collection
from textwrap import fill, indent

import click

from campaigner.checks.check import Check
from campaigner.checks.packs import known_packs, read_policies
from campaigner.checks.rules import Rule, rules_of, shipped_rules
from campaigner.content.workspace import Workspace
from campaigner.errors import nearest

#: characters of a line of an example
LONGEST_LINE = 160
#: characters of a line of explanation
WIDTH = 90


def explain_check(check: Check) -> None:
    """Say why a check is there, with its examples and, where it holds policy packs, the rules that ship."""
    click.echo(f"{click.style(check.name, bold=True)}  ({check.severity.value}, {check.group})\n")
    click.echo(f"{check.summary}.\n\n{check.why}\n")
    for label, colour, example in (("Bad", "red", check.bad), ("Good", "green", check.good)):
        click.echo(f"{click.style(label, fg=colour)}, in the {example.of}:")
        lines = (
            line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …"
            for line in example.text.splitlines()
        )
        click.echo("".join(f"  {line}\n" for line in lines))
    _tell_shipped_rules(check)


def _tell_shipped_rules(check: Check) -> None:
    """Say which rules of the packs that ship a check holds, if it holds any."""
    held = shipped_rules(check.name)
    if held:
        click.echo("Rules of the policy packs that ship. None of them is legal advice.\n")
    for name, rule in held:
        click.echo(f"  {click.style(name, bold=True)}  {rule.name}")
        _tell_rule(rule)


def _tell_rule(rule: Rule) -> None:
    for line in (*rule.says, rule.url):
        click.echo(indent(_filled(line), "    "))
    click.echo()


def _filled(text: str) -> str:
    # no address is broken
    return fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def explain_pack(workspace: Workspace, name: str, checks: Collection[str]) -> None:
    """Say what a policy pack holds; raises ContentError where it cannot be read."""
    packs = known_packs(workspace)
    if name not in packs:
        hint = (
            nearest(name, {*checks, *packs})
            or f"Packs are {', '.join(sorted(packs))}; --list has the checks."
        )
        raise click.BadParameter(f'there is no check and no policy pack "{name}". {hint}')
    (pack,) = read_policies(workspace, [name])
    click.echo(f"{click.style(name, bold=True)}  (policy pack: {pack.name})\n")
    click.echo(f"{_filled(pack.about)}\n")
    for rule in rules_of(pack):
        click.echo(f"  {click.style(rule.name, bold=True)}  ({rule.check})")
        _tell_rule(rule)
    click.echo("No pack is legal advice.")
