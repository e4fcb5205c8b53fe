"""Witnesses, casualties and superlatives of safety, English and German: claims, and what only looks like one."""

from pathlib import Path

import pytest

from checks.seeded import article, assert_clean, assert_found, fault
from checks.test_claims_in_prose import told

CLAIM = "claim-without-source"
CLAIMS = {
    "en": """\
The WHO reports that it is rare.
Dr. Smith reports 5 cases.
A BBC report claims it.
Twelve patients fell ill.
Officials confirmed 19 cases.
It is the safest way.
The FDA warned of it in 2024.
Regulators have warned of such kits.
Doctors recommend it.
The NHS says that it is rare.
The report from the guild claims it.
In 2024 two patients died.
Nine people were hospitalised after the party.
19 confirmed cases are known.
Three women were treated in hospital.
Seven customers complained within a week.
It's the most effective cream of all.
It is one of the fastest-growing markets.
This is a best-tolerated filler.
Professor Ada Glass found that necks break first.
The health ministry confirmed it.
22 people fell ill, and 11 went to hospital.
A report shows that it is rare.
""",
    "de": """\
Die WHO berichtet, dass es selten ist.
Dr. Schmidt berichtet von 5 Fällen.
Ein Bericht der BBC behauptet das.
Zwölf Patienten erkrankten.
Behörden bestätigten 19 Fälle.
Es ist der sicherste Weg.
Die FDA warnte 2024 davor.
Ärzte empfehlen es.
Wie das RKI berichtet, ist es selten.
2024 warnte die FDA davor.
Drei Menschen starben.
Neun Kunden beschwerten sich.
Neun Frauen wurden im Krankenhaus behandelt.
Zwei Patientinnen sind daran gestorben.
Das ist die wirksamste Salbe.
Es ist eine der am schnellsten wachsenden Branchen.
Die Polizei meldete 12 Verletzte.
Bekannt sind 19 bestätigte Fälle.
Das ist das verträglichste Mittel.
Stiftung Warentest empfiehlt es.
83 % stimmen zu.
""",
}
NO_CLAIMS = {
    "en": """\
The best way to start is with a letter.
Here is our best offer of the year.
It takes at least an hour.
Read the latest news about glass.
Most readers begin at the top.
The safest way to carry it is by the neck.
If in doubt, ask which way is the safest.
Ask your doctor what the NHS recommends.
Our doctors recommend a second visit.
The report lies on the table.
A weekly report shows who opened your letter.
The report shows you how many people came.
She reports to the board.
Dr. Smith reports to you each Monday.
Dr. Smith says hello.
Twelve patients can be treated in a day.
Two guests were treated to a cake.
Ten members came to the first evening.
Six people can sit at the table.
In any case, bring two cases of glass.
We packed 12 cases of wine.
Call us if the police warn you.
The police station is next door.
It is the safest bet.
It is the safest shelf in our shop.
He is the fastest runner in our club.
This is our most effective letter yet.
Send the most recent invoice.
The most important thing is to begin.
Confirm your address within 7 days.
The CEO said thank you.
Officials may visit the shop on Monday.
We report on it in the next letter.
What the regulator says is what counts.
The doctors in our team have 20 years of experience.
Three patients wrote to us last week.
The WHO and the BBC are on our reading list.
Half a dozen people helped.
Five cases of vials stand in the hall.
Tell us if you have found a mistake.
A report is due on Friday.
Anna is one of the most reliable people I know.
The hall is the safest place for your coat.
A report shows the new rooms.
Our post had 12 reactions by noon.
The practice registered 12 patients in its first week.
The hotel treated two women like queens.
""",
    "de": """\
Am besten beginnen Sie mit einem Brief.
Das ist unser bestes Angebot des Jahres.
Es dauert mindestens eine Stunde.
Lesen Sie die neuesten Nachrichten über Glas.
Die meisten Leser beginnen oben.
Am sichersten tragen Sie es am Hals.
Der sicherste Weg, es zu tragen, ist am Hals.
Fragen Sie Ihren Arzt, was das RKI empfiehlt.
Unsere Ärzte empfehlen einen zweiten Besuch.
Der Bericht liegt auf dem Tisch.
Ein Bericht zeigt Ihnen, wer den Brief geöffnet hat.
Sie berichtet dem Vorstand.
Dr. Schmidt berichtet am Montag aus der Werkstatt.
Dr. Schmidt sagt Danke.
Zwölf Patienten können am Tag behandelt werden.
Zehn Mitglieder kamen zum ersten Abend.
Sechs Personen passen an den Tisch.
Auf alle Fälle bringen Sie zwei Koffer mit.
Wir packten 12 Kisten Wein.
Rufen Sie an, wenn die Polizei warnt.
Die Polizei ist nebenan.
Es ist der sicherste Platz.
Es ist das sicherste Regal in unserem Laden.
Er ist der schnellste Läufer im Verein.
Das ist unser wirksamster Brief.
Das Wichtigste ist, anzufangen.
Bestätigen Sie Ihre Adresse innerhalb von 7 Tagen.
Die Chefin sagt Danke.
Im nächsten Brief berichten wir davon.
Was die Behörde sagt, zählt.
Drei Patienten schrieben uns letzte Woche.
Wir melden es der Behörde.
Drei Kunden haben uns geschrieben.
Fünf Fälle stehen im Buch.
Die WHO und die BBC stehen auf unserer Liste.
Sagen Sie es uns, wenn Sie einen Fehler finden.
Ein Bericht ist am Freitag fällig.
Wir raten zu einem frühen Termin.
Unsere Fachleute beraten Sie gern.
Es war das reinste Vergnügen.
Zwölf Gäste wurden wie Könige behandelt.
Ein Bericht zeigt die neuen Räume.
Die Praxis hat in der ersten Woche zwölf Patienten aufgenommen.
""",
}
ASIDES = [
    ("| 83 % agree | x |", "83 % agree"),
    ("| asked | said |\n| --- | --- |\n| women | 83 % agree |", "83 % agree"),
    ("> Studies show it.", "Studies show it."),
    ("> A quiet day.\n> Studies show\n> it.", "Studies show"),
]
CLEAN_ASIDES = [
    "| women | 83 % agree [@glass-2025] |",
    "| asked [@glass-2025] | 83 % agree |",
    "| plan | subscribers |\n| --- | --- |\n| small | up to 5,000 subscribers |",
    "| members pay | 20 % less than others |",
    "| discount | for whom |\n| --- | --- |\n| 20 % less | members |",
    "> Studies show it [@glass-2025].",
    "> Studies show it.\n>\n> — Ada Vetro, glazier",
    "> Studies show it. — Ada Vetro",
    "> Studies show it.\n> <cite>Ada Vetro</cite>",
    "> Studies show it.\n\n— Ada Vetro",
    "Ada Vetro said:\n\n> Studies show it.",
    "> The glass is cold, and the vial is dark.",
]


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_claim_is_found(language: str, tmp_path: Path) -> None:
    assert told(tmp_path, language, CLAIMS[language]) == CLAIMS[language].splitlines()


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_no_claim_is_let_be(language: str, tmp_path: Path) -> None:
    assert told(tmp_path, language, NO_CLAIMS[language]) == []


@pytest.mark.parametrize(("text", "line"), ASIDES)
def test_a_claim_of_a_table_or_an_unsigned_quotation_is_found(text: str, line: str, tmp_path: Path) -> None:
    assert_found(tmp_path, fault(CLAIM, line, article(text)))


@pytest.mark.parametrize("text", CLEAN_ASIDES)
def test_a_table_of_prices_and_a_signed_quotation_are_let_be(text: str, tmp_path: Path) -> None:
    assert_clean(tmp_path, article(text))
