"""Whether a sentence states something, or only asks, supposes, looks forward to it, or tells somebody to do it."""

import re
from functools import lru_cache

#: stands before what is only asked or supposed, in the same clause
OPEN = {
    "en": re.compile(
        r"\b(?:if|whether|whatever|whenever|what|which|who|how|where|unless|until|before|once|suppose"
        r"|imagine|should"
        r"|may|might|could|would|when|in case|as soon as)\b[^.!?;,:]*\Z"
    ),
    "de": re.compile(
        r"\b(?:ob|wenn|falls|was|wer|welche[rsnm]?|wo|sobald|bevor|bis|sofern|stellen|angenommen"
        r"|sollte[n]?|könnte[n]?"
        r"|würde[n]?)\b[^.!?;,:]*\Z"
    ),
}
#: the same before a share or a count, of which much is stated behind such words: what is only the condition of
#: something. English goes on without a comma, "if you use it sales double", so that few words may stand between
CONDITIONS = {
    "en": (
        r"\b(?:if|unless|in case|as soon as|suppose|\Ashould)(?: there (?:are|is|were|was))?"
        r"(?: (?:you|we|they) (?:have|get|see|lose))?(?: [\w’'-]+){0,2} \Z"
    ),
    "de": (
        r"(?:\b(?:wenn|falls|sofern|sobald|angenommen|(?:im|für den) falle?)\b|\Asollten?\b)[^.!?;,:–—()]*\Z"
    ),
}
#: what somebody is told to do: with so many, or at a number that counts nobody ("Call 112"). Most else that is
#: told claims all the same: "Join 10,000 readers", "See how 500 clinics save"
INSTRUCTIONS = {
    "en": (
        r"\A(?:(?:please|then|always|never|just|first|or|and|so) )?(?:call|ring|dial|phone|text|telephone|write|send"
        r"|ask|tell|invite|e-?mail|mail|print|imagine|show|stop|wait)"
        r"(?:(?: (?:us|me|it|them|this|one|to|on|at|up|for|from|first|now|only|about|directly|until|till))*"
        r"|\b[^.!?;:–—]*\b(?:when|whenever|once|before|until)(?: [\w’'-]+){0,2}) \Z"
    ),
    "de": (
        r"\A(?:(?:bitte|dann|oder|und|immer|nie|nur) )?(?:ruf|rufe|rufen|wähl|wähle|wählen|schreib|schreibe|schreiben"
        r"|schick|schicke|schicken|send|sende|senden|frag|frage|fragen|lad|lade|laden|zeig|zeige|zeigen|warte|warten)"
        r"(?: (?:sie|uns|mich|es|ihn|ihnen|das|diesen?|die|der|den|nummer|an|zuerst|erst|nur|jetzt|gleich|sofort|etwa"
        r"|rund|bis))* \Z"
    ),
}


def claimed(pattern: re.Pattern[str], text: str, language: str) -> re.Match[str] | None:
    """Give the first place of a pattern in a sentence in small letters that is no condition, and no instruction."""
    unclaimed = _unclaimed(language)
    for found in pattern.finditer(text):
        if not (unclaimed and unclaimed.search(text[: found.start()])):
            return found
    return None


@lru_cache(maxsize=8)
def _unclaimed(language: str) -> re.Pattern[str] | None:
    """Finds what stands before that which a sentence does not claim; None where nobody knows the language."""
    if language not in CONDITIONS:
        return None
    return re.compile(f"{CONDITIONS[language]}|{INSTRUCTIONS[language]}")


def stated(pattern: re.Pattern[str], text: str, language: str) -> re.Match[str] | None:
    """Give the first place of a pattern in a sentence that is stated there; None where there is none."""
    for found in pattern.finditer(text):
        # the WHO is nobody who asks
        before = text[: found.start()].replace("WHO", "").lower()
        if not OPEN[language].search(before):
            return found
    return None
