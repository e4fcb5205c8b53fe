"""Who is named as a witness: "the FDA warned", "Dr. Smith reports 5 cases", "ein Bericht der BBC behauptet".

Only names that everybody knows count as authorities: any other capitals may be a product, or the writer's own house.
"""

import re
from functools import lru_cache

from campaigner.checks.claims.stated import stated

KNOWN = (
    "WHO|FDA|CDC|NHS|NICE|MHRA|EMA|EFSA|ECDC|ASA|UN|EU|UNICEF|UNESCO|OECD|NIH|EPA|FTC|CMA|FCA|ICO|GMC|NMC|CQC|HSE|ONS|BMA"
    "|BMJ|IPCC|NASA|IMF|FBI|UKHSA|HMRC|BAAPS|Interpol|Europol|Eurostat|Ofcom|BBC|CNN|Reuters|RKI|PEI|BfArM|BZgA|BAuA|BSI"
    "|ADAC|Destatis|World Health Organi[sz]ation|Red Cross|European Commission|United Nations|Robert[- ]Koch-Institut"
    "|Paul-Ehrlich-Institut|Stiftung Warentest|Weltgesundheitsorganisation|Verbraucherzentrale|Bundesregierung"
    "|Europäische Kommission"
)
ENGLISH_VERB = (
    "(?:report|warn|confirm|recommend|estimate|advise|conclude|claim)(?:s|ed|d)?"
    "|says|said|stated|announced|finds|found"
)
#: what else may follow such a verb, or what looks like one: "the NHS reports are free"
NO_WORDS = r"(?! (?:are|were|is|was|to you|hello|goodbye|yes|no|nothing|so|form|department|team|process)\b)"
ENGLISH_PERSON = (
    r"\b(?:Dr|Prof|Professor|Doctor)\b\.? (?:[A-Z][\w.’'-]* ){1,3}(?:(?:has|have|also|recently) ){0,2}"
)
#: "a weekly report shows who opened": a report that is sold, and no witness
SOLD = (
    r"(?:[\w-]+ )?(?:weekly|monthly|daily|yearly|quarterly|simple|short|printed|live|click|sales|traffic"
    r"|progress|status|test)\b"
)
GERMAN_VERB = (
    "berichte(?:t|te|ten)|warn(?:t|te|ten|en)|melde(?:t|te|ten)|bestätig(?:t|te|ten|en)|empfiehlt|empfehlen"
    "|empfahl(?:en)?|sagt(?:e|en)?|erklärt(?:e|en)?|schätz(?:t|te|ten|en)|rät|raten|behauptet(?:e|en)?|stellte fest"
)
GERMAN_MANY = (
    r"(?<!nsere )(?<!hre )\b(?:(?:Gesundheits|Aufsichts|Zulassungs)?[Bb]ehörden|Ärzte|Ärztinnen|Mediziner"
    r"|Wissenschaftler|Forscher|Fachleute|Experten|Polizei)\b"
)
NUMBER = r"(?:\d+|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|mehreren)"
WITNESSES = {
    "en": (
        # an authority
        (
            rf"\b(?:{KNOWN})\b(?:['’]s)?(?: (?:has|have|had|also|recently|again|now|already|later|itself"
            rf"|experts?|officials?"
            r"|scientists|researchers|report|guidance|advice|guidelines|figures)\b){0,3}"
            rf" (?:{ENGLISH_VERB})\b{NO_WORDS}"
        ),
        (
            r"(?<!our )(?<!your )(?<!Our )(?<!Your )\b(?:[Oo]fficials|[Aa]uthorities|[Rr]egulators"
            r"|[Ee]pidemiologists"
            r"|[Dd]octors|[Pp]hysicians|[Pp]olice|[Tt]he (?:[\w-]+ )?(?:regulator|ministry|government"
            r"|watchdog|coroner)"
            r"|[Hh]ealth (?:agency|ministry|department))(?: (?:has|have|had|also|recently|again|now|already)){0,2}"
            rf" (?!found (?!that|no\b|evidence|\d))(?:{ENGLISH_VERB})\b{NO_WORDS}"
        ),
        # a person
        (
            rf"{ENGLISH_PERSON}(?:reports?|reported) (?!to\b|for\b|back\b|from\b|on\b|at\b|live\b|every|each"
            rf"|about|in\b)"
        ),
        (
            rf"{ENGLISH_PERSON}(?:found (?:that|no|evidence|\d)|(?:confirms|confirmed|estimates|estimated"
            rf"|concludes|concluded|shows|showed|shown) that\b|warn(?:s|ed) (?:that|of|against)\b)"
        ),
        # a report
        (
            rf"\b[Aa]n? (?!{SOLD})(?:[\w’'.-]+ ){{0,3}}report (?:has |that )?(?:claims?|claimed|finds|found"
            rf"|says|said|warns"
            r"|warned|concludes|concluded|estimates|estimated|suggests|suggested|reveals|revealed|confirms"
            r"|confirmed|(?:shows"
            r"|showed) that)\b(?! (?:you|your|who|which|what|how|where|when|whether|all|each|every|nothing|in"
            r"|on|at|by|up)\b)"
        ),
    ),
    "de": (
        rf"\b(?:{KNOWN})\b(?: (?:selbst|auch|hat|haben|bereits|kürzlich)){{0,2}} (?:{GERMAN_VERB})\b",
        rf"{GERMAN_MANY} (?:{GERMAN_VERB})\b",
        rf"\b(?:{GERMAN_VERB}) (?:auch )?(?:(?:die|das|der) (?:{KNOWN})\b|{GERMAN_MANY})",
        (
            r"\b(?:Dr|Prof)\. (?:[\w.’'-]+ ){1,3}(?:berichtete?(?:, dass| (?:von|über) "
            rf"{NUMBER}\b)|(?:bestätigte?|schätzte?|warnte?),? dass\b|warnte? (?:vor|davor)\b|fand heraus)"
        ),
        (
            r"\b[Ee]in (?:[\w-]+ ){0,2}Bericht (?:(?:der|des|von|im|aus) (?:[\w-]+ ){1,3})?(?:behauptet"
            r"|besagt|zeigt, dass|belegt|kommt zu|stellt fest|ergab|nennt|warnt|schätzt|bestätigt)e?\b"
            r"(?! (?:Ihnen|Ihre|wer|was|wie|welche|wo|alle)\b)"
        ),
    ),
}
#: one of these is in each of them: see finding
TRIGGERS = (
    "report|warn|confirm|recommend|estimate|advise|conclude|claim|say|said|state|announce|found|find|show"
    "|suggest|reveal|bericht|meld|bestätig|empf|sagt|erklärt|schätz|rät|rate|behaupte|stellte|fand"
)


def witness_in(written: str, language: str) -> re.Match[str] | None:
    """Give the first witness that a sentence names, as it is written; None where it names none."""
    if language not in WITNESSES:
        return None
    return stated(_pattern(language), written, language)


@lru_cache(maxsize=2)
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(WITNESSES[language]))
