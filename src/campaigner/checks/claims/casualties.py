"""Counts of people who came to harm: "twelve patients fell ill", "19 confirmed cases", "drei Menschen starben"."""

import re
from functools import lru_cache

from campaigner.checks.claims.shares import MENSCHEN, PEOPLE
from campaigner.checks.claims.stated import stated

#: a year is no count, and neither is a price
FIGURE = r"(?<![\w.,£$€/-])(?!(?:19|20)\d\d\b)\d{1,3}(?:[.,]?\d{3})*"
NUMBER = (
    rf"(?:{FIGURE}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    rf"|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|a dozen"
    r"|dozens of))"
)
ZAHL = (
    rf"(?:{FIGURE}|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn"
    rf"|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig|dreißig|vierzig|fünfzig|hundert|dutzende))"
)
WHO = rf"{NUMBER} (?:[\w-]+ ){{0,2}}(?:{PEOPLE}|person|patient|woman|man|child|girls|boys|babies|infants)"
WER = rf"{ZAHL} (?:[\w-]+ ){{0,2}}(?:{MENSCHEN}|kinder|mädchen|babys|säuglinge|gäste)"
#: cases that are something to put things in are not meant
CASES = (
    r"(?:cases?(?! of (?:wine|beer|champagne|glass|vials)\b)|deaths?|injuries|infections|illnesses"
    r"|complaints|complications|poisonings|fatalities|hospitali[sz]ations)\b"
)
FALLZAHL = (
    r"(?:fälle|todesfälle|verletzte|erkrankungen|infektionen|tote|vergiftungen|komplikationen"
    r"|nebenwirkungen)\b"
)
CASUALTIES = {
    "en": (
        (
            rf"{WHO} (?:(?:who|have|had|has|later|since|also) ){{0,2}}(?:fell ill|fallen ill|died|became ill"
            rf"|got sick"
            r"|fell sick|complained|were (?:[\w-]+ )?(?:hospitali[sz]ed|injured|poisoned|infected|harmed"
            r"|killed|diagnosed|blinded"
            r"|taken (?:ill|to hospital)|treated(?! (?:to|like|with a)\b))|been (?:hospitali[sz]ed|injured"
            r"|poisoned|infected|harmed"
            r"|killed)|went to hospital|ended up in hospital|suffered (?!from a lack)"
            r"|needed (?:[\w-]+ )?treatment)"
        ),
        (
            rf"\b(?<!\bwe )(?:confirm|report|record|link|identif|register)(?:s|ed|ies"
            rf"|ied) (?:[\w-]+ ){{0,2}}?{NUMBER} (?:[\w-]+ ){{0,2}}{CASES}"
        ),
        rf"{NUMBER} (?:confirmed|suspected|reported|known|fatal) {CASES}",
        (
            rf"{NUMBER} (?:[\w-]+ )?(?:cases|deaths|infections|injuries|illnesses) (?:were|have been"
            rf"|had been) (?:confirmed|reported|recorded|linked|known)"
        ),
    ),
    "de": (
        (
            rf"{WER} (?:erkrankten|erkrankte|starben|erlitten|klagten|beschwerten sich"
            rf"|mussten (?:[\w-]+ ){{0,3}}krankenhaus"
            r"|kamen ins krankenhaus|(?:sind|waren) (?:[\w-]+ ){0,3}(?:gestorben|erkrankt)"
            r"|wurden (?!wie )(?:[\w-]+ ){0,4}?"
            r"(?:verletzt|vergiftet|infiziert|eingeliefert|getötet|behandelt)(?!e)"
            r"|haben sich (?:[\w-]+ ){0,2}beschwert)\b"
        ),
        (
            rf"\b(?:bestätigte[n]?|meldete[n]?|meldet|verzeichnete[n]?|registrierte[n]?|bestätigt"
            rf"|verzeichnet|registriert) (?:[\w-]+ ){{0,3}}?{ZAHL} (?:[\w-]+ ){{0,2}}{FALLZAHL}"
        ),
        rf"{ZAHL} (?:bestätigte|gemeldete|bekannte|tödliche) {FALLZAHL}",
        (
            rf"{ZAHL} (?:[\w-]+ )?(?:todesfälle|fälle|erkrankungen|infektionen) (?:wurden"
            rf"|sind) (?:[\w-]+ )?(?:bestätigt|gemeldet|bekannt|registriert)"
        ),
    ),
}
#: one of these is in each of them: see finding
TRIGGERS = (
    "ill|died|sick|complained|hospital|injur|poison|infect|harmed|killed|diagnos|blinded|treat|suffered"
    "|case|death|fatal|reaction|patients|complication|complaint|erkrank|starben|gestorben|erlitt|klagten"
    "|beschwer|krankenhaus|verletz|vergift|infi|eingeliefert|getötet|behandel|fälle|tote|patienten"
    "|komplikation|nebenwirkung"
)


def casualties_in(text: str, language: str) -> re.Match[str] | None:
    """Give the first such count that a sentence in small letters states; None where there is none."""
    if language not in CASUALTIES:
        return None
    return stated(_pattern(language), text, language)


@lru_cache(maxsize=2)
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(CASUALTIES[language]))
