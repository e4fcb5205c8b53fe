"""What marketing says in its own words, English and German: claims, and what only looks like one."""

from pathlib import Path

import pytest

from checks.seeded import article, front, told_in

CLAIMS = {
    "en": """\
The new neck cuts the risk in half.
It is used by ten million people.
More than two hundred clinics work with it.
Half of all patients never read the label.
A third of customers leave after the first mail.
Two-thirds of women said that they would come again.
Complaints fell by a third within a year.
The new form doubles conversions.
Our letters have doubled open rates for small shops.
It can double your sales in a month.
Smokers have twice the risk of a broken vial.
Thin glass has three times the breakage.
Slow cooling halves breakages.
The number of patients has tripled since then.
Thousands of people cut themselves each year.
Trusted by millions.
Hundreds of clinics have changed already.
About 40% of vials break at the neck.
It breaks 30% less than other glass.
Sales rose by 12% after that.
The method reduces infections by 25 per cent.
The failure rate is 3%.
It has a success rate of 97%.
There is a 20% chance that it breaks.
85% said that they would buy it again.
Seventy thousand users write with it.
Half a million people read this letter.
Waiting times fell by half.
The cream reduces wrinkles by almost a third.
Three quarters of doctors agree.
Studies show that it works.
According to the guild, it works.
You will be twice as likely to be read.
Nine out of ten patients would come again.
It is the best clinic in the country.
Readers open such mails 20% more often.
The number of deaths has halved.
Costs fall by half when you plan.
One billion mails are sent each hour.
A quarter of readers never scroll.
""",
    "de": """\
Das halbiert das Risiko.
Zehn Millionen Menschen nutzen es.
Mehrere tausend Kunden vertrauen uns.
Die Hälfte der Patienten liest nie das Etikett.
Ein Drittel aller Kunden geht nach der ersten Mail.
Zwei Drittel der Frauen würden wiederkommen.
Die Zahl der Beschwerden sank um ein Drittel.
Das neue Formular verdoppelt den Umsatz.
Die Öffnungsrate hat sich verdoppelt.
Raucher haben das doppelte Risiko.
Langsames Kühlen senkt die Kosten um die Hälfte.
Tausende Menschen schneiden sich jedes Jahr.
Hunderttausende Nutzer schreiben damit.
Millionen von Menschen lesen so.
Rund 40 Prozent der Fläschchen brechen am Hals.
Es bricht 30 % weniger als anderes Glas.
Danach stieg der Absatz um 12 Prozent.
Das Verfahren verringert Infektionen um 25 %.
Die Fehlerrate liegt bei 3 %.
85 % sagten, sie würden es wieder kaufen.
60 % aller Briefe bleiben ungelesen.
Die Wartezeit hat sich halbiert.
Die Salbe mindert Falten um fast ein Drittel.
Drei Viertel der Ärzte stimmen zu.
Studien zeigen, dass es wirkt.
Laut einer Umfrage wirkt es.
Sie werden doppelt so oft gelesen.
Neun von zehn Patienten kämen wieder.
Wir sind Marktführer.
Jeder zehnte Patient kennt das.
Das Risiko halbiert sich dadurch.
Zwei Millionen Kinder leiden daran.
Über 5.000 Kliniken arbeiten damit.
Mehr als die Hälfte der Leser blättert nie.
Der Energieverbrauch sinkt um ein Viertel.
Ein Viertel der Befragten lehnt das ab.
70 Prozent Frauen lesen das, sagt man.
Die Mehrheit der Kunden bleibt.
Die Wirkung ist klinisch erwiesen.
Nachweislich hilft es.
""",
}
NO_CLAIMS = {
    "en": """\
Stir in a tablespoon of 5% vinegar.
Clean it with 70% alcohol.
The serum has 10% niacinamide.
Take a 2% solution and wait.
A bar with 70% cocoa is best.
The shirt is 60% cotton and 40% linen.
Members get 20% off.
Use the code GLASS for a 15% discount.
We cut our prices by 20%.
We cut our prices in half.
All prices include 20% VAT.
A deposit of 30% is due when you book.
We give 5% of our profits to the school.
Pay 50% of the fee now and the rest in May.
Charge the battery to 80% before you fly.
The battery shows 100 %.
Keep the room at 40% humidity.
Cut the lemon in half.
Reduce the sauce by half.
Leave the dough until it has doubled in size.
Double the cream if you like it rich.
Add 10% of the flour at a time.
Take twice as much water as rice.
It takes half an hour.
Come ten minutes early.
We meet twice a week.
Half of us went by train.
We open at half past nine.
A third of a cup is enough.
The course is for up to twelve people.
Ten people can sit at the table.
Children under twelve pay half.
The second half of the book is shorter.
The house is two hundred years old.
The tour costs 30 pounds for two people.
It is open from 9 to 17 on all days but Sunday.
In March 2027 we move to 120 High Street.
She is 45, and has worked here for ten years.
Every third Tuesday we stay open late.
You get a refund of 90% until a week before.
A thousand thanks to all of you.
Give it 110%.
""",
    "de": """\
Dann kommt ein Löffel Essig mit 5 % Säure dazu.
Mit 70 % Alkohol reinigen.
Das Serum enthält 10 % Niacinamid.
Eine Schokolade mit 70 % Kakao passt gut.
Das Hemd ist aus 60 % Baumwolle und 40 % Leinen.
Mitglieder erhalten 20 % Rabatt.
Mit dem Code GLAS sparen Sie 15 %.
Wir haben alle Preise um 20 % gesenkt.
Alle Preise enthalten 19 % MwSt.
Eine Anzahlung von 30 % ist bei der Buchung fällig.
Wir spenden 5 % des Gewinns an die Schule.
Laden Sie den Akku auf 80 %.
Der Akku steht bei 100 %.
Halten Sie den Raum bei 40 % Luftfeuchte.
Schneiden Sie die Zitrone in zwei Hälften.
Die Soße um die Hälfte einkochen.
Der Teig soll doppelt so groß werden.
Verdoppeln Sie die Sahne nach Geschmack.
Nehmen Sie doppelt so viel Wasser wie Reis.
Es dauert eine halbe Stunde.
Kommen Sie zehn Minuten früher.
Wir treffen uns zweimal in der Woche.
Die Hälfte von uns fuhr mit der Bahn.
Wir öffnen um halb zehn.
Ein Drittel einer Tasse genügt.
Der Kurs ist für bis zu zwölf Personen.
Zehn Personen passen an den Tisch.
Kinder unter zwölf zahlen die Hälfte.
Die zweite Hälfte des Buches ist kürzer.
Das Haus ist zweihundert Jahre alt.
Die Führung kostet 30 Euro für zwei Personen.
Geöffnet ist von 9 bis 17 Uhr, außer sonntags.
Im März 2027 ziehen wir in die Lange Straße 120.
Sie ist 45 und arbeitet seit zehn Jahren hier.
Jeden zweiten Dienstag haben wir länger offen.
Jeder zehnte Kunde bekommt ein Fläschchen geschenkt.
Bis eine Woche vorher erstatten wir 90 % des Preises.
Tausend Dank an alle.
Geben Sie 100 Prozent.
Die Heizung braucht Temperaturen um 20 Grad.
""",
}
#: what somebody is told to do, and on what condition; and claims that look like it
NO_STATEMENTS = {
    "en": """\
Call 112 if two people fall ill.
If three guests cancel, ring us.
Call 112 at once when 12 people fall ill.
Please call 999 when two patients fall ill.
Ring 999 if 200 people are there.
If 200 people come, ring us.
In case 300 people come, open the gate.
Should 300 people come, open the gate.
Call 116 117 people answer day and night.
Dial 112 before 200 people stand there.
You should call 112 once people fall ill.
Ring us if more than 100 guests cancel.
Tell us if 40% of vials break.
If there are more than 200 people, close the door.
If half of customers leave, ask them why.
Ask us when the failure rate is 3%.
Stop as soon as 5% of patients complain.
Write to 1,000 readers first.
Send it to 500 people and see what happens.
If two patients fell ill, tell their doctor.
If studies show that it works, we will say so.
""",
    "de": """\
Rufen Sie 112, wenn zwei Menschen erkranken.
Rufen Sie die 112 an wenn zwei Menschen erkranken.
Wenn drei Gäste absagen, rufen Sie uns an.
Rufen Sie die 112 an, falls 200 Menschen kommen.
Ruf 112 Menschen an.
Wählen Sie 116117 Ärzte gehen dort ans Telefon.
Falls 40 Prozent der Fläschchen brechen, schreiben Sie uns.
Schreiben Sie uns, wenn mehr als 100 Mitglieder absagen.
Sollten 300 Menschen kommen, öffnen Sie das Tor.
Sollten zwei Menschen erkranken, wählen Sie 112.
Sobald 5 % der Patienten klagen, hören Sie auf.
Wenn die Hälfte der Kunden geht, fragen Sie nach.
Schicken Sie es zuerst an 500 Leser.
Falls Studien zeigen, dass es wirkt, sagen wir es.
Wenn die Fehlerrate bei 3 % liegt, sagen Sie es uns.
""",
}
CLAIMS_ALL_THE_SAME = {
    "en": """\
Join 10,000 readers.
See how 500 clinics save time.
If you use our glass you cut the risk in half.
If you plan ahead, costs fall by half.
Costs fall by half if you plan ahead.
If you consider that 40% of vials break at the neck, this one is cheap.
We call 112 patients every week.
Ask the 10,000 customers who trust us.
Call us: 40% of vials break at the neck.
Call now, since 85% said that they would buy it again.
When it rains, 112 people come.
""",
    "de": """\
Wenn Sie planen, sinken die Kosten um die Hälfte.
Die Kosten sinken um die Hälfte, wenn Sie planen.
Wenn man bedenkt, dass 40 Prozent der Fläschchen brechen, ist es billig.
Wir rufen jede Woche 112 Patienten an.
Rufen Sie an: 40 Prozent der Fläschchen brechen am Hals.
Schreiben Sie uns, denn 85 % sagten, sie würden es wieder kaufen.
Lesen Sie, wie 500 Kliniken damit arbeiten.
""",
}


def told(folder: Path, language: str, texts: str) -> list[str]:
    """Those of the lines, each a paragraph of an article in a language, that are told to need a source."""
    lines = texts.splitlines()
    in_language = [front("lang: de")] if language == "de" else []
    found = told_in(folder, *in_language, article("\n\n".join(lines)))
    claims = {line for check, line, _ in found if check == "claim-without-source"}
    return [line for line in lines if line in claims]


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_claim_is_found(language: str, tmp_path: Path) -> None:
    assert told(tmp_path, language, CLAIMS[language]) == CLAIMS[language].splitlines()


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_no_claim_is_let_be(language: str, tmp_path: Path) -> None:
    assert told(tmp_path, language, NO_CLAIMS[language]) == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_instruction_and_a_condition_state_nothing(language: str, tmp_path: Path) -> None:
    assert told(tmp_path, language, NO_STATEMENTS[language]) == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_claimed_beside_a_condition_or_to_be_joined_is_found(language: str, tmp_path: Path) -> None:
    claims = CLAIMS_ALL_THE_SAME[language]
    assert told(tmp_path, language, claims) == claims.splitlines()
