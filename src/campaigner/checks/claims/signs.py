"""Phrases by which a sentence leans on evidence, English and German: "studies show", "laut einer Umfrage"."""

import re
from functools import cache

from campaigner.checks.claims.shares import MENSCHEN, PEOPLE
from campaigner.checks.claims.stated import claimed

SHOW = (
    r"(?:show|suggest|indicate|demonstrate|confirm|reveal|emphasi[sz]e|underscore|underline|highlight|conclude"
    r"|estimate|recommend|warn|link|agree|report)(?:s|ed|d)?|shown|proves?|proved|proven|finds?|found"
)
BELEGEN = (
    r"zeigt?e?n?|belegt?e?n?|bestätigt?e?n?|ergeben|ergibt|ergab(?:en)?|beweist|beweisen|weis(?:t"
    r"|en) (?:darauf|nach)"
    r"|deute[nt]|fand(?:en)?|warn(?:t|en)|betont?e?n?|unterstreich(?:t|en)|leg(?:t|en) nahe|gezeigt"
    r"|kommen zu dem"
)
#: from a hundred on; a year is no count
MANY = r"(?<![\w.,])(?:\d{1,3}(?:[.,  ]\d{3})+|(?!(?:19|20)\d\d\b)\d{3,})"
#: words with which something else begins: the number before them counts nothing behind them
SUBORDINATE = r"(?:if|when|whenever|unless|once|because|before|until|while|where|since|so)\b"
UNTERORDNEND = r"(?:wenn|falls|sobald|sofern|weil|bevor|bis|während|ob|solange|an)\b"

#: what is in every sign of one kind, and how one is found; all in small letters
Sign = tuple[tuple[str, ...], str]
ENGLISH: tuple[Sign, ...] = tuple(
    (tuple(triggers.split("|")), pattern)
    for triggers, pattern in (
        # studies
        (
            "stud|research|scientist|expert|survey|trial|data |statistic|evidence|analys|literature|poll|finding",
            (
                r"\b(?:stud(?:y|ies)|researchers|scientists|experts|surveys?|trials?|data|statistics"
                r"|evidence|polls?"
                rf"|(?:meta-)?analys[ie]s|literature|findings)\b[^.!?;]{{0,120}}?\b(?:{SHOW})\b"
            ),
        ),
        # research
        (
            "research",
            (
                r"\bresearch\b[^.!?;]{0,120}?\b(?:shows|showed|has shown|suggests|suggested"
                r"|indicates|demonstrates|confirms"
                r"|confirmed|reveals|revealed|emphasi[sz]es|underscores|underlines|highlights"
                r"|concludes|proves|finds|found)\b"
            ),
        ),
        # reports
        (
            "report",
            (
                r"\breports? (?:from|by|published|of the)\b[^.!?;]{0,120}?\b(?:"
                rf"{SHOW}|says?|said|claims?|claimed)\b|\breports (?:suggest|indicate|show|claim|say)\b"
                rf"|\breported that\b"
            ),
        ),
        # a source that is only named
        (
            "according to",
            (
                r"\baccording to (?!(?:your|our|my|their|its|his|her|plan|schedule|size|taste|need"
                r"|what|how|whether|the"
                r" (?:rules?|instructions?|label|leaflet|manual|plan|schedule|recipe|list|terms|law))\b)"
            ),
        ),
        # proof
        (
            "proven|proved|tested|shown|demonstrated|peer-reviewed|journal",
            (
                r"\b(?:clinically|scientifically|medically) (?:proven|proved|tested|shown)\b|\bproven to\b"
                r"|\b(?:has|have) been (?:shown|proven|proved|demonstrated) to\b|\bpeer-reviewed\b"
                r"|\bpublished in (?:the )?[^.!?;]{0,40}\bjournal\b"
            ),
        ),
        # a count
        (
            "1|2|3|4|5|6|7|8|9|million|billion| in | out of |twice| times |majority",
            (
                rf"{MANY}\+? (?:(?!{SUBORDINATE})[\w-]+ ){{0,2}}(?:{PEOPLE})\b"
                r"|(?<![\w.,£$€])\d+(?:\.\d+)? (?:million|billion)\b(?! (?:pounds|euros?|dollars|gbp|eur))"
                r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:every )?"
                r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred)\s(?!minutes"
                r"|hours|days|weeks|months)"
                rf"(?:of (?:all )?|[\w-]+ )?(?:{PEOPLE})\b|\b(?:twice|three times|four times"
                r"|\d+ times) (?:as (?!big|large|thick|much (?:water|flour|milk|sugar|rice|oil))"
                r"|(?:more|less) [\w-]+)\b"
                rf"|\b(?:vast |great )?majority of (?:all |the )?(?:[\w-]+ )?(?:{PEOPLE})\b"
            ),
        ),
        # a superlative
        (
            (
                "best|largest|leading|first|only|biggest|fastest|safest|cheapest|highest|oldest|most|number one|no. 1"
                "|no 1|award"
            ),
            (
                r"\b(?:world|uk|country|industry|market|nation|europe|germany|britain"
                r"|america)['’]s (?:[\w-]+ )?"
                r"(?:best|largest|leading|first|only|biggest|fastest|safest|cheapest|oldest|most)\b"
                r"|\b(?:best|largest|biggest|leading|fastest|safest|cheapest|oldest|most (?:popular"
                r"|trusted|effective|advanced"
                r"|successful|experienced|used|sold))\b[^.!?;]{0,40}\b(?:in|on) (?:the )?(?:world"
                r"|uk|country|market|industry"
                r"|europe|germany|britain|england|us|usa|nation)\b|\b(?:the|our|uk['’]s) (?:number one"
                r"|no\.? ?1)\b"
                r"|\baward[- ]winning\b|\bmarket[- ]lead(?:er|ing)\b"
            ),
        ),
    )
)
GERMAN: tuple[Sign, ...] = tuple(
    (tuple(triggers.split("|")), pattern)
    for triggers, pattern in (
        # Studien
        (
            (
                "studie|untersuchung|umfrage|forsch|wissenschaftler|experten|fachleute|daten|statistik|erhebung|analyse"
                "|bericht"
            ),
            (
                r"\b(?:studien?|untersuchung(?:en)?|umfragen?|forsch(?:er|erinnen|ung)"
                r"|wissenschaftler(?:innen)?|experten"
                r"|fachleute|daten|statistik(?:en)?|erhebung(?:en)?|analysen?|berichte)\b[^.!?;]{0,120}?"
                rf"\b(?:{BELEGEN})\b|\b(?:zeigen|belegen|zeigt|belegt) (?:\w+ )?(?:studien?"
                rf"|untersuchungen|umfragen|daten)\b"
            ),
        ),
        # eine nur genannte Quelle
        (
            "laut |nach angaben|zufolge|gemäß|nach einer",
            (
                r"^laut \w|\blaut (?:einer|einem|eines|der|dem|den|aktuellen?|neuen?)\b|\bnach angaben\b"
                r"|\bzufolge\b"
                r"|\b(?:gemäß|nach) einer (?:\w+ )?(?:studie|umfrage|untersuchung|erhebung)\b"
            ),
        ),
        # ein Nachweis
        (
            "erwiesen|belegt|bewiesen|getestet|nachweislich",
            (
                r"\b(?:wissenschaftlich|klinisch|medizinisch) (?:erwiesen|belegt|bewiesen|bestätigt|getestet)\b"
                r"|\bnachweislich\b|\berwiesenermaßen\b"
            ),
        ),
        # eine Zahl
        (
            "1|2|3|4|5|6|7|8|9|million|milliarde|jede|von zehn|mehrheit|doppelt|dreimal",
            (
                rf"{MANY} (?:(?!{UNTERORDNEND})[\w-]+ ){{0,2}}(?:{MENSCHEN})\b"
                r"|(?<![\w.,€$])\d+(?:,\d+)? (?:millionen|milliarden)\b(?! (?:euro|franken|dollar))"
                rf"|\bjede[rsn]? (?:zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte)n?\b"
                r"(?! (?:\w*tag|montag|abend|morgen|mittwoch|samstag"
                r"|woche|monat|jahr|wochenende|stunde|mal|kunde|platz|seite)\w*)"
                rf"|\b(?:\d+|neun|acht|sieben|sechs|fünf|vier|drei) von (?:\d+|zehn|fünf|vier"
                rf"|drei) (?:[\w-]+ )?(?:{MENSCHEN})\b"
                rf"|\b(?:doppelt|dreimal|\d+-mal) so\b"
                r"(?! (?:groß|dick|breit|hoch|viel (?:wasser|mehl|milch|zucker|reis|öl)))"
                rf"|\bmehrheit der (?:[\w-]+ )?(?:{MENSCHEN})\b"
            ),
        ),
        # ein Superlativ
        (
            "best|größt|führend|schnellst|sicherst|meist|marktführer|nummer eins|nr. 1|preisgekrönt",
            (
                r"\b(?:größte|beste|führende|schnellste|sicherste|günstigste|beliebteste"
                r"|meistverkaufte)[nrs]?\b[^.!?;]{0,40}"
                r"\b(?:deutschlands|europas|der welt|des landes|weltweit|bundesweit|am markt|im land)\b"
                r"|\b(?:deutschlands|europas|welt\w*) (?:[\w-]+ )?(?:größte|beste|führende"
                r"|schnellste|sicherste)[nrs]?\b"
                r"|\bmarktführer(?:in)?\b|\b(?:die|der|unsere) (?:nummer eins|nr\. ?1)\b"
                r"|\bpreisgekrönte?[nrs]?\b"
            ),
        ),
    )
)
SIGNS: dict[str, tuple[Sign, ...]] = {"en": ENGLISH, "de": GERMAN}


def phrase_in(pattern: str, text: str, language: str) -> re.Match[str] | None:
    """Give where a sign's pattern is claimed in a sentence in small letters; None where it is not."""
    return claimed(_compiled(pattern), text, language)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that is compiled when it is first wanted: most runs want few."""
    return re.compile(pattern)
