"""The program: `campaigner`, or `python -m campaigner`."""

import signal


def program() -> None:
    """Run the command line. While it is loaded, Ctrl-C ends it in silence: nothing was begun."""
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell may have said no
    if is_heard:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from campaigner.cli import program as command_line

    if is_heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    command_line()


if __name__ == "__main__":
    program()
