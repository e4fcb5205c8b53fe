"""Whether a mail program keeps a feature of caniemail.com, with what is particular about the program."""

from functools import lru_cache

from campaigner.clients.programs import Program
from campaigner.clients.support import Answer, support_data


@lru_cache(maxsize=8192)
def is_kept(slug: str, program: Program) -> bool:
    """Whether a program does something with a feature; what nobody tested counts as kept."""
    support = support_data().features[slug].in_client(program.client)
    if program.denied_by and any(map(program.denied_by.match, support.notes)):
        return False
    return support.answer is not Answer.NO
