"""Superlatives of effect and safety: "it is the safest way", "das wirksamste Mittel".

"Best" alone is everybody's word, and "the safest way to carry it is by the neck" is advice: what counts is said of
something, and not of what is the writer's own.
"""

import re
from functools import lru_cache

from campaigner.checks.claims.stated import stated

#: a turn of speech, or a comparison within the writer's own house
ENGLISH_OWN = (
    r"(?! (?:thing|bet|course|assumption|seat|place|guess|person)\b)"
    r"(?![^.!?;]{0,60}\b(?:(?:in|on|of|at|for|from) (?:our|my|this|your)|reach us|we (?:have|own|sell"
    r"|offer|stock|know)|i know|to (?:be sure|know|ask|say|tell|find out))\b)"
)
GERMAN_OWN = (
    r"(?! (?:platz|wahl|annahme|sache|person)\b)"
    r"(?![^.!?;]{0,60}\b(?:uns zu|(?:in|an|auf|von|aus) (?:unser|ihre|diese|meine)\w*|(?:den|die|das) wir"
    r"|sicher zu sein|zu fragen|zu erfahren)\b)"
)
SUPERLATIVES = {
    "en": (
        (
            r"(?:\b(?:is|are|was|were|remains?|becomes?|be|as|offers?|uses?|meet|try|discover|introducing"
            r"|with|by far|among"
            r"|one of)|['’]s) the (?:very |single )?(?:safest|gentlest|healthiest|most (?:effective"
            r"|efficacious|accurate"
            rf"|potent)|least (?:painful|invasive))\b{ENGLISH_OWN}"
        ),
        rf"\b(?:best[- ]tolerated|fastest[- ]growing)\b(?<!our fastest.growing){ENGLISH_OWN}",
    ),
    "de": (
        (
            r"\b(?:ist|sind|war|waren|bleibt|bleiben|als|bietet|bieten|mit|damit)(?: [\w-]+){0,2}? (?:der"
            r"|die|das|den|dem)"
            r" (?:mit abstand )?(?:(?:sicherste|wirksamste|effektivste|verträglichste|schonendste"
            r"|gesündeste)[nrsm]?"
            rf"|am besten verträgliche[nrsm]?)\b{GERMAN_OWN}"
        ),
        rf"\b(?:bestverträgliche[nrsm]?|am (?:besten verträgliche|schnellsten wachsende)[nrsm]?)\b{GERMAN_OWN}",
    ),
}
#: one of these is in each of them: see finding
TRIGGERS = (
    "safest|gentlest|healthiest|most |least |tolerated|fastest|sicherst|wirksamst|effektivst|verträglich"
    "|schonendst|gesündest|schnellsten"
)


def superlative_in(text: str, language: str) -> re.Match[str] | None:
    """Give the first superlative that a sentence in small letters states; None where there is none."""
    if language not in SUPERLATIVES:
        return None
    return stated(_pattern(language), text, language)


@lru_cache(maxsize=2)
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(SUPERLATIVES[language]))
