"""Whether a sentence states something, or only asks, supposes or looks forward to it."""

import re

#: stands before what is only asked or supposed, in the same clause
OPEN = {
    "en": re.compile(
        r"\b(?:if|whether|whatever|whenever|what|which|who|how|where|unless|until|before|once|suppose"
        r"|imagine|should"
        r"|may|might|could|would|when)\b[^.!?;,:]*\Z"
    ),
    "de": re.compile(
        r"\b(?:ob|wenn|falls|was|wer|welche[rsnm]?|wo|sobald|bevor|bis|sofern|stellen|angenommen"
        r"|sollte[n]?|könnte[n]?"
        r"|würde[n]?)\b[^.!?;,:]*\Z"
    ),
}


def stated(pattern: re.Pattern[str], text: str, language: str) -> re.Match[str] | None:
    """Give the first place of a pattern in a sentence that is stated there; None where there is none."""
    for found in pattern.finditer(text):
        # the WHO is nobody who asks
        before = text[: found.start()].replace("WHO", "").lower()
        if not OPEN[language].search(before):
            return found
    return None
