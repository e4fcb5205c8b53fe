"""Shares and counts by which a sentence claims something, in figures and in words, English and German.

"40% of vials", "cuts the risk in half" and "ten million people" ask for a source. The strength of a vinegar, what
a recipe needs, a discount and a tax do not; where the two look alike it is taken for no claim.
"""

import re
from functools import lru_cache

from campaigner.checks.claims.stated import claimed

PEOPLE = (
    "people|patients|users|customers|clients|companies|businesses|clinics|practices|hospitals|doctors|nurses|women"
    "|men|children|adults|readers|subscribers|members|cases|deaths|injuries|complaints|procedures|treatments"
    "|complications|respondents|participants|clinicians|practitioners|professionals"
)
MENSCHEN = (
    "menschen|personen|patient(?:en|innen)|kund(?:en|innen)|nutzer(?:n|innen)?|firmen|unternehmen|kliniken|praxen"
    "|ärzte|ärztinnen|frauen|männer|kinder|erwachsenen?|leser(?:n|innen)?|mitglieder|fälle|todesfälle|verletzungen"
    "|beschwerden|eingriffe|behandlungen|komplikationen|befragten?|teilnehmer(?:innen)?|fachkräfte"
)
#: what is claimed to become more or less
EFFECT = (
    "risks?|odds|likelihood|probability|incidence|rates?|sales|revenue|turnover|costs|errors|mistakes|infections?"
    "|deaths|injuries|accidents|complications|symptoms|pain|demand|conversions?|clicks|emissions|consumption|traffic"
    "|wrinkles|breakages?|productivity|complaints|recovery|healing|waiting times?|number of (?:[\\w-]+ )?"
    f"(?:{PEOPLE})"
)
WIRKUNG = (
    r"\w*risik(?:o|en)|\w*rate|wahrscheinlichkeit|umsatz|umsätze|\w*kosten|\w*fehler|infektionen|todesfälle"
    r"|verletzungen|unfälle|komplikationen|symptome|schmerz(?:en)?|nachfrage|klicks|emissionen"
    r"|\w*verbrauch|falten"
    rf"|produktivität|heilungszeit|wartezeit|gefahr|(?:an)?zahl der (?:\w+ )?(?:{MENSCHEN})"
)
ALMOST = r"(?:(?:about|around|roughly|almost|nearly|more than|less than|over|up to|at least) )?"
FAST = r"(?:(?:rund|etwa|fast|knapp|gut|mehr als|weniger als|über|bis zu|mindestens) )?"
PART = r"(?:half|a third|two[- ]thirds|a quarter|three[- ]quarters|a fifth|a tenth)"
TEIL = r"(?:die hälfte|ein drittel|zwei drittel|ein viertel|drei viertel|dreiviertel|ein fünftel|ein zehntel)"
PERCENT = r"(?<![\d.,])(?!100\b)\d+(?:[.,]\d+)?\s?(?:%|per ?cent\b|prozent\b)"
#: what belongs to the writer, or to a recipe
OWN_THING = (
    r"(?:price|fee|total|cost|sum|amount|order|bill|proceeds|profit|revenue|takings|sale|purchase|income"
    r"|rent|flour"
    r"|water|sugar|butter|dough|weight|liquid|mixture|batter|milk|volume|places|seats|tickets|royalties)s?"
)
EIGENES = (
    r"(?:\w*preis\w*|\w*gebühr\w*|\w*summe|\w*betrag\w*|kosten|mehls?|wassers?|zuckers?|butter|teig\w*"
    r"|milch|erlös\w*"
    r"|\w*gewinn\w*|einnahmen|umsatz\w*|\w*menge|\w*gewicht\w*|plätze|karten)"
)
ENGLISH = "|".join(
    (
        # counts in words
        (
            r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty"
            r"|forty|fifty|sixty"
            r"|seventy|eighty|ninety|several|many|some|half a|hundred)[ -](?:hundred|thousand|million|billion)"
            rf" (?:[\w-]+ ){{0,2}}(?:{PEOPLE})\b"
        ),
        (
            r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half a) (?:million|billion)\b"
            r"(?! (?:thanks|pounds|euros?|dollars)\b)"
        ),
        rf"\b(?:hundreds|thousands|millions|billions) of (?:[\w-]+ ){{0,2}}(?:{PEOPLE})\b",
        r"\b(?:used|trusted|loved|read|recommended) by (?:(?:hundreds|tens) of )?(?:thousands|millions)\b",
        # parts and multiples
        rf"\b{PART} of (?:all )?(?:the |our |their )?(?:[\w-]+ )?(?:{PEOPLE})\b",
        rf"\b(?:{EFFECT})\b[^.!?;]{{0,40}}?\b(?:in half|by {ALMOST}{PART})\b",
        rf"\b(?:fell|fallen|rose|grew|declined) by {ALMOST}{PART}\b",
        (
            rf"\b(?:halves|halved|doubles|doubled|triples|tripled|quadruples|quadrupled)"
            rf" (?:the |your |our |their |its )?(?:[\w-]+ ){{0,2}}(?:{EFFECT})\b"
        ),
        (
            r"\b(?:can|could|will|would|may|might|to|helps?|you|you['’]ll) (?:halve|double|triple|quadruple)"
            rf" (?:the |your |our |their |its )?(?:[\w-]+ ){{0,2}}(?:{EFFECT})\b"
        ),
        rf"\b(?:{EFFECT})\b[^.!?;]{{0,40}}?\b(?:halved|doubled|tripled|quadrupled)\b",
        (
            r"\b(?:twice|half|double|triple|(?:three|four|five|ten|\d+) times) (?:the|their) (?:[\w-]+ )?"
            rf"(?:{EFFECT})\b"
        ),
        # percentages
        (
            rf"{PERCENT}\s(?:of (?!(?:(?:the|your|our|its|this|every|each|all|any) )?(?:[\w-]+ )?{OWN_THING}\b)"
            r"|(?:more|fewer|less|higher|lower|better|faster|slower|safer|stronger|longer|shorter|smaller"
            r"|larger|greater"
            r"|increase|rise|growth|drop|fall|decrease|reduction|decline|improvement|chance|risk"
            r"|probability|likelihood"
            r"|success|satisfaction|accura\w+|effective\w*|said|say|agreed?|reported|have|had|are|were|would"
            rf"|{PEOPLE})\b)"
        ),
        (
            r"\b(?:rose|risen|fell|fallen|grew|grown|dropp?\w*|increas\w+|decreas\w+|reduc\w+|cuts?"
            r"|lower\w*|improv\w+"
            rf"|declin\w+|boost\w*|up|down)\b[^.!?;]{{0,60}}?\bby (?:[\w-]+ ){{0,2}}{PERCENT}"
        ),
        (
            r"\b(?:rate|share|risk|chance|proportion|probability|accuracy|success)\b[^.!?;]{0,40}?"
            rf"{PERCENT}"
        ),
    )
)
GERMAN = "|".join(
    (
        (
            r"\b(?:eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|zwanzig|dreißig|vierzig"
            r"|fünfzig|hundert"
            r"|mehrere|viele|einige|eine halbe) (?:tausend|million(?:en)?|milliarden?)"
            rf" (?:[\w-]+ ){{0,2}}(?:{MENSCHEN})\b"
        ),
        rf"\b\w*(?:hunderte?|tausende?|millionen) (?:von )?(?:[\w-]+ )?(?:{MENSCHEN})\b",
        rf"\b{TEIL} (?:aller |der |unserer |von )?(?:[\w-]+ )?(?:{MENSCHEN})\b",
        rf"\b(?:{WIRKUNG})\b[^.!?;]{{0,60}}?\bum {FAST}{TEIL}\b",
        rf"\b(?:sank|sinkt|sanken|stieg|steigt|stiegen|fiel|fielen)\b[^.!?;]{{0,60}}?\bum {FAST}{TEIL}\b",
        (
            r"\b(?:halbier(?:t|en|te|ten)|verdoppel(?:t|n|te|ten)|verdreifach(?:t|en|te|ten)"
            r"|vervierfach(?:t|te))\b"
            rf"[^.!?;]{{0,60}}?\b(?:{WIRKUNG})\b"
        ),
        rf"\b(?:{WIRKUNG})\b[^.!?;]{{0,60}}?\b(?:halbiert|verdoppelt|verdreifacht|vervierfacht)(?:e|en)?\b",
        rf"\b(?:halbe|doppelte|dreifache)[sn]? (?:\w+ )?(?:{WIRKUNG})\b",
        (
            rf"{PERCENT}\s(?:(?:aller|der|des|von|unserer)"
            rf" (?!(?:(?:ihrer|der|den|dem|allen) )?(?:\w+ )?{EIGENES}\b)"
            r"|(?:mehr|weniger|höher\w*|niedriger\w*|besser\w*|schneller\w*|größer\w*|kleiner\w*"
            r"|länger\w*|kürzer\w*"
            r"|gaben|geben|stimmen|stimmten|sagen|sagten|haben|hatten|sind|waren|würden"
            rf"|{MENSCHEN})\b)"
        ),
        rf"\bum (?:[\w-]+ ){{0,2}}{PERCENT}",
        rf"\b(?:\w*rate|anteil|\w*risiko|wahrscheinlichkeit|genauigkeit)\b[^.!?;]{{0,40}}?{PERCENT}",
    )
)
#: prices, offers, taxes and recipes, in which a share is no claim
ENGLISH_OFFER = (
    r"\b(?:prices?|priced|discount\w*|off|voucher|coupon|code|deposit|vat|tax(?:es)?|refund\w*|pay|pays"
    r"|offer|fees?"
    r"|interest|save|heat|oven|dough|simmer|sauce|stir|flour|whisk|alcohol|vinegar|solution|battery)\b"
)
GERMAN_OFFER = (
    r"\b(?:\w*preise?n?s?|\w*rabatt\w*|nachlass|gutschein\w*|code|anzahlung|mwst|\w*steuer|ust|ermäßig\w*"
    r"|\w*angebot\w*"
    r"|aktion|skonto|zahlen|zahlt|sparen|spart|zinsen|zins|hitze|ofen|temperatur|teig|soße|sauce|mehl"
    r"|rühren|alkohol"
    r"|essig|lösung|akku|günstiger|billiger)\b"
)
#: of all other languages: a hundred per cent is a way to say all
ANY = PERCENT
CLAIMS = {"en": ENGLISH, "de": GERMAN}
OFFERS = {"en": ENGLISH_OFFER, "de": GERMAN_OFFER}
#: one of these is in each of them: see finding
TRIGGERS = (
    "%|percent|per cent|prozent|hundred|thousand|million|billion|half|third|quarter|fifth|tenth|halve|doubl|tripl"
    "|twice| times|quadrupl|hundert|tausend|hälfte|drittel|viertel|fünftel|zehntel|halb|doppel|fach"
)


def share_in(text: str, language: str) -> re.Match[str] | None:
    """Give the first share that a sentence in small letters claims; None where there is none."""
    if offers(text, language):
        return None
    return claimed(_compiled(CLAIMS.get(language, ANY)), text, language)


def offers(text: str, language: str) -> bool:
    """Whether a text in small letters is about prices, offers or a recipe."""
    return language in OFFERS and bool(_compiled(OFFERS[language]).search(text))


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that is compiled when it is first wanted: few runs want all."""
    return re.compile(pattern)
