"""A sentence that leans on evidence says where the evidence is.

"Studies show", "according to", a percentage, a count of people and "the UK's largest" ask to be believed. A
reader, a regulator and a search engine want to look it up: cite a source, `[@id]`, in the sentence or in the
one right behind it, or link to it. Advertising codes want the proof to exist before the claim is made.

Source: CAP Code, rule 3.7, https://www.asa.org.uk/type/non_broadcast/code_section/03.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.claims.shares import MENSCHEN, PEOPLE, share_in
from campaigner.checks.prose import Sentence
from campaigner.checks.spots import Passage
from campaigner.model.finding import Severity
from campaigner.model.text import shortened

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\nStudies show that most breaks begin at the neck.\n")
GOOD = Example(of="article", text="\nStudies show that most breaks begin at the neck [@glass-2025].\n")
#: nobody writes so long a sentence; what is longer is looked at as far as this
LONGEST = 1_000
#: a citation, a footnote, or a link to somewhere else
SUPPORT = re.compile(r"\[@|\[\^|\]\(https?://|<https?://|\]\[[^\]\n]")

SHOW = (
    r"(?:show|suggest|indicate|demonstrate|confirm|reveal|emphasi[sz]e|underscore|underline|highlight|conclude"
    r"|estimate|recommend|warn|link|agree|report)(?:s|ed|d)?|shown|proves?|proved|proven|finds?|found"
)
BELEGEN = (
    r"zeigt?e?n?|belegt?e?n?|bestätigt?e?n?|ergeben|ergibt|ergab(?:en)?|beweist|beweisen|weis(?:t|en) (?:darauf|nach)"
    r"|deute[nt]|fand(?:en)?|warn(?:t|en)|betont?e?n?|unterstreich(?:t|en)|leg(?:t|en) nahe|gezeigt|kommen zu dem"
)
#: from a hundred on; a year is no count
MANY = r"(?<![\w.,])(?:\d{1,3}(?:[.,  ]\d{3})+|(?!(?:19|20)\d\d\b)\d{3,})"

#: what each sign of a claim is called, what is in every one of them, and how it is found; all in small letters
Sign = tuple[str, tuple[str, ...], re.Pattern[str]]
ENGLISH: tuple[Sign, ...] = tuple(
    (name, tuple(triggers.split("|")), re.compile(pattern))
    for name, triggers, pattern in (
        (
            "studies",
            "stud|research|scientist|expert|survey|trial|data |statistic|evidence|analys|literature|poll|finding",
            (
                r"\b(?:stud(?:y|ies)|researchers|scientists|experts|surveys?|trials?|data|statistics|evidence|polls?"
                rf"|(?:meta-)?analys[ie]s|literature|findings)\b[^.!?;]{{0,120}}?\b(?:{SHOW})\b"
            ),
        ),
        (
            "research",
            "research",
            (
                r"\bresearch\b[^.!?;]{0,120}?\b(?:shows|showed|has shown|suggests|suggested"
                r"|indicates|demonstrates|confirms"
                r"|confirmed|reveals|revealed|emphasi[sz]es|underscores|underlines|highlights"
                r"|concludes|proves|finds|found)\b"
            ),
        ),
        (
            "reports",
            "report",
            (
                r"\breports? (?:from|by|published|of the)\b[^.!?;]{0,120}?\b(?:"
                rf"{SHOW}|says?|said)\b|\breports (?:suggest|indicate|show|claim|say)\b|\breported that\b"
            ),
        ),
        (
            "a source that is only named",
            "according to",
            (
                r"\baccording to (?!(?:your|our|my|their|its|his|her|plan|schedule|size|taste|need"
                r"|what|how|whether|the"
                r" (?:rules?|instructions?|label|leaflet|manual|plan|schedule|recipe|list|terms|law))\b)"
            ),
        ),
        (
            "proof",
            "proven|proved|tested|shown|demonstrated|peer-reviewed|journal",
            (
                r"\b(?:clinically|scientifically|medically) (?:proven|proved|tested|shown)\b|\bproven to\b"
                r"|\b(?:has|have) been (?:shown|proven|proved|demonstrated) to\b|\bpeer-reviewed\b"
                r"|\bpublished in (?:the )?[^.!?;]{0,40}\bjournal\b"
            ),
        ),
        (
            "a count",
            "1|2|3|4|5|6|7|8|9|million|billion| in | out of |twice| times |majority",
            (
                rf"{MANY}\+? (?:[\w-]+ ){{0,2}}(?:{PEOPLE})\b"
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
        (
            "a superlative",
            (
                "best|largest|leading|first|only|biggest|fastest|safest|cheapest|highest|oldest|most|number one|no. 1"
                "|no 1|award"
            ),
            (
                r"\b(?:world|uk|country|industry|market|nation|europe|germany|britain|america)['’]s (?:[\w-]+ )?"
                r"(?:best|largest|leading|first|only|biggest|fastest|safest|cheapest|oldest|most)\b"
                r"|\b(?:best|largest|biggest|leading|fastest|safest|cheapest|oldest|most (?:popular"
                r"|trusted|effective|advanced"
                r"|successful|experienced|used|sold))\b[^.!?;]{0,40}\b(?:in|on) (?:the )?(?:world"
                r"|uk|country|market|industry"
                r"|europe|germany|britain|england|us|usa|nation)\b|\b(?:the|our|uk['’]s) (?:number one|no\.? ?1)\b"
                r"|\baward[- ]winning\b|\bmarket[- ]lead(?:er|ing)\b"
            ),
        ),
    )
)
GERMAN: tuple[Sign, ...] = tuple(
    (name, tuple(triggers.split("|")), re.compile(pattern))
    for name, triggers, pattern in (
        (
            "Studien",
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
        (
            "eine nur genannte Quelle",
            "laut |nach angaben|zufolge|gemäß|nach einer",
            (
                r"^laut \w|\blaut (?:einer|einem|eines|der|dem|den|aktuellen?|neuen?)\b|\bnach angaben\b|\bzufolge\b"
                r"|\b(?:gemäß|nach) einer (?:\w+ )?(?:studie|umfrage|untersuchung|erhebung)\b"
            ),
        ),
        (
            "ein Nachweis",
            "erwiesen|belegt|bewiesen|getestet|nachweislich",
            (
                r"\b(?:wissenschaftlich|klinisch|medizinisch) (?:erwiesen|belegt|bewiesen|bestätigt|getestet)\b"
                r"|\bnachweislich\b|\berwiesenermaßen\b"
            ),
        ),
        (
            "eine Zahl",
            "1|2|3|4|5|6|7|8|9|million|milliarde|jede|von zehn|mehrheit|doppelt|dreimal",
            (
                rf"{MANY} (?:[\w-]+ ){{0,2}}(?:{MENSCHEN})\b"
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
        (
            "ein Superlativ",
            "best|größt|führend|schnellst|sicherst|meist|marktführer|nummer eins|nr. 1|preisgekrönt",
            (
                r"\b(?:größte|beste|führende|schnellste|sicherste|günstigste|beliebteste"
                r"|meistverkaufte)[nrs]?\b[^.!?;]{0,40}"
                r"\b(?:deutschlands|europas|der welt|des landes|weltweit|bundesweit|am markt|im land)\b"
                r"|\b(?:deutschlands|europas|welt\w*) (?:[\w-]+ )?(?:größte|beste|führende"
                r"|schnellste|sicherste)[nrs]?\b"
                r"|\bmarktführer(?:in)?\b|\b(?:die|der|unsere) (?:nummer eins|nr\. ?1)\b|\bpreisgekrönte?[nrs]?\b"
            ),
        ),
    )
)
SIGNS: dict[str, tuple[Sign, ...]] = {"en": ENGLISH, "de": GERMAN}
#: one of these is in each of them; looked for first, since most sentences have none
TRIGGERS = {
    language: re.compile("|".join(re.escape(trigger) for _, triggers, _ in signs for trigger in triggers))
    for language, signs in SIGNS.items()
}


def check(article: Article) -> Iterator[Problem]:
    """Yield each sentence that claims and does not say from where."""
    body, said, language = article.campaign.body, article.sentences, article.language
    for number, sentence in enumerate(said):
        found = _sign(sentence, language)
        if found and not _is_supported(body, said[number : number + 2]):
            yield Problem(
                message=f'"{found}" leans on evidence, and no source is cited',
                hint="Cite the source in the sentence, as in [@id], or say it without the claim",
                at=Passage(start=sentence.start, end=sentence.end),
            )


def _sign(sentence: Sentence, language: str) -> str:
    """The words by which a sentence claims something; empty where it does not."""
    written = " ".join(sentence.text[:LONGEST].split()).lstrip("*_(\"'“„«»")
    text = written.lower()
    if text.rstrip("*_)\"'”“»«").endswith("?"):
        return ""
    found = _phrase(text, language) or share_in(text, language)
    if not found:
        return ""
    same = len(written) == len(text)  # some letters grow when they are made small
    return shortened((written if same else text)[found.start() : found.end()].strip())


def _phrase(text: str, language: str) -> re.Match[str] | None:
    if language not in SIGNS or not TRIGGERS[language].search(text):
        return None
    for _, triggers, pattern in SIGNS[language]:
        if any(trigger in text for trigger in triggers):
            found = pattern.search(text)
            if found:
                return found
    return None


def _is_supported(body: str, pair: tuple[Sentence, ...]) -> bool:
    """Whether a sentence, or the one right behind it in its paragraph, has a source.

    A list whose first line ends in a colon is one piece with what it introduces.
    """
    first, *following = pair
    if SUPPORT.search(body, first.start, first.end):
        return True
    behind = following[0] if following else None
    goes_on = behind and (behind.block == first.block or first.text.rstrip().endswith(":"))
    return bool(behind and goes_on and SUPPORT.search(body, behind.start, behind.end))
