"""Who is first of all, and who says so: "the leading provider", "number one in Europe", "experts say it works".

"Number one on the list" and "the road leading into the city" boast of nothing: what counts is said of somebody who
sells something, or of a whole country. What the writer's own experts say is the writer's own word.
"""

import re
from functools import lru_cache

from campaigner.checks.claims.stated import stated

NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty)"
ZAHL = r"(?:\d+|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwanzig)"
SELLERS = (
    "provider|supplier|maker|manufacturer|producer|company|companies|brand|clinic|firm|agency|agencies|expert|specialist"
    "|authority|authorities|platform|school|academy|academies|institute|centre|center|hospital|practice|retailer|seller"
    "|developer|vendor|publisher|consultancy|name in"
)
ANBIETER = (
    r"\w*(?:anbieter|hersteller|lieferant|produzent|unternehmen|marke|klinik|firma|firmen|agentur|experte|spezialist"
    r"|plattform|schule|akademie|institut|zentrum|zentren|krankenhaus|praxis|praxen|händler|verlag|adresse)"
)
EXPERTS = (
    "experts|scientists|researchers|doctors|dentists|physicians|dermatologists|pharmacists|specialists|professionals"
    "|clinicians|surgeons|vets|therapists|nutritionists"
)
FACHLEUTE = (
    r"(?:experten|expertinnen|wissenschaftlern?|forschern?|fachleuten?|(?:zahn|haut|fach|tier)?ärzten?"
    r"|(?:zahn|haut|fach|tier)?ärztinnen|apothekern?|medizinern?|spezialisten|therapeuten|hebammen)"
)
ENGLISH_PLACE = (
    r"in (?:the )?(?:world|uk|us|usa|country|nation|market|industry|field|region|city|europe|germany|britain|england"
    r"|scotland|wales|ireland|austria|switzerland|america|canada|australia|london|berlin)\b"
)
GERMAN_PLACE = (
    r"(?:in (?:der (?:welt|branche|region|schweiz|stadt)|ganz \w+|europa|deutschland|österreich|bayern|berlin|hamburg)"
    r"|im (?:land|markt|norden|süden|osten|westen)|am markt|weltweit|europaweit|bundesweit)\b"
)
BOASTS = {
    "en": (
        rf"(?<!\w)(?:number (?:one|1)|no\.? ?1|#1) {ENGLISH_PLACE}",
        r"\b(?:voted|rated|ranked) (?:as )?(?:the )?(?:number (?:one|1)|no\.? ?1|#1)(?!\w)",
        (
            rf"\b(?:the|an?|our|as) (?:[\w-]+ )?(?:(?:world|market|industry)[- ])?leading (?:[\w-]+ )?(?:{SELLERS})s?\b"
            r"|\bworld[- ]leading\b"
        ),
        (
            rf"\b{NUMBER} (?:in|out of) (?:every )?{NUMBER} (?:[\w-]+ ){{0,2}}?"
            r"(?:recommend|prefer|agree|say|said|trust|choose|would|love|swear)\b"
        ),
        (
            rf"(?<!our )(?<!the )(?<!these )\b(?:{EXPERTS}) (?:say|believe|recommend|agree|advise|swear by"
            r"|trust|prefer)\b(?! (?:hello|goodbye|yes|no|nothing|so|thank\w*|to you)\b)"
        ),
        (
            r"\b(?:recommended|trusted|approved|endorsed|preferred) by (?:(?:leading|many|most|top|independent) )?"
            rf"(?:{EXPERTS})\b(?! (?:in|on|of|at) (?:our|my|this))"
        ),
    ),
    "de": (
        rf"\b(?:nummer (?:eins|1)|nr\. ?1) {GERMAN_PLACE}",
        (
            r"\b(?:der|die|das|den|dem|ein|eine[nrsm]?|als|unser|unsere) (?:(?:welt|europa|bundes)weit )?"
            rf"führende[nrsm]? (?:[\w-]+ )?{ANBIETER}(?:en|n|in|innen|s|e)?\b"
        ),
        (
            rf"\b{ZAHL} von {ZAHL} (?:[\w-]+ ){{0,2}}?"
            r"(?:empfehlen|bevorzugen|vertrauen|sagen|sagten|stimmen zu|würden|schwören|lieben)\b"
        ),
        (
            rf"(?<!unsere )(?<!ihre )(?<!die )(?<!diese )\b{FACHLEUTE} (?:sagen|glauben|empfehlen|schwören auf"
            r"|vertrauen|meinen)\b(?! (?:guten|danke|hallo|ja|nein|nichts|ihnen)\b)"
        ),
        rf"\bvon (?:(?:führenden|vielen|unabhängigen) )?{FACHLEUTE} empfohlen\b",
    ),
}
#: one of these is in each of them: see finding
TRIGGERS = (
    "number|no 1|no1|no. 1|no.1|#1|leading| in | out of |by |nummer|nr.|führend|von |say|believe"
    "|recommend|agree|advise|swear|trust|prefer|sagen|glauben|empfehlen|schwören|vertrauen|meinen"
)


def boast_in(text: str, language: str) -> re.Match[str] | None:
    """Give the first boast that a sentence in small letters states; None where there is none."""
    if language not in BOASTS:
        return None
    return stated(_pattern(language), text, language)


@lru_cache(maxsize=2)
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(BOASTS[language]))
