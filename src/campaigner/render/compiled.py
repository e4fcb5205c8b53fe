"""Templates compiled by an earlier build, so that a build of one article need not compile them all.

They are kept where Jinja keeps them by itself: in a folder of the system's temporary ones that belongs
to the user and to nobody else. Not in `.campaigner/`: what is compiled is run as it is, so it must not
come along with a workspace that somebody sent.
"""

import pickle
from contextlib import suppress

import jinja2
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

#: counted up when templates are compiled in another way
VERSION = 3


class CompiledTemplates(FileSystemBytecodeCache):
    """Jinja's own, which does without what it cannot read or write."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template as it was compiled from the same text, if it was."""
        with suppress(OSError, EOFError, ValueError, pickle.UnpicklingError):  # somebody damaged it
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled, if there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates() -> BytecodeCache | None:
    """Where compiled templates are kept; None where there is no place that is safe."""
    try:
        return CompiledTemplates(pattern=f"campaigner-{VERSION}-{jinja2.__version__}-%s.cache")
    except (OSError, RuntimeError):
        return None
