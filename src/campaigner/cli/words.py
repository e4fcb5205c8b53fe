"""Commands that have commands of their own."""

import click


class Words(click.Group):
    """Commands in the order in which they are used; where there is none of a name, the nearest one is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them."""
        return [*self.commands]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the one that was meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from campaigner.errors import nearest, one_line

            hint = nearest(args[0], self.list_commands(ctx))
            message = f'There is no command "{one_line(args[0])}". {hint}'
            raise click.UsageError(message, ctx) from error
