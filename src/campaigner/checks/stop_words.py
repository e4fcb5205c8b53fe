"""Words that are in every text and say nothing of its subject, English and German."""

WORDS = """
    a about above after again all also am an and any are as at be because been before being below between both but by
    can could did do does down during each even every few first for from further get had has have he her here hers him
    his how i if in into is it its just like made make many may me might more most much must my never no nor not now of
    off on once one only or other our out over own put same see she should since so some such take than that the their
    them then there these they this those through to too two under until up us very was way we were what when where
    which while who whom whose why will with without would yes yet you your
    aber alle allem allen aller alles als also am an andere auch auf aus bei beim bin bis bist da damit dann das dass
    dein deine dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem
    einen einer eines er es etwas euch euer für gegen hab habe haben hat hatte hier hinter ich ihm ihn ihnen ihr ihre im
    immer in ins ist ja jede jedem jeden jeder jedes kann kein keine können man mehr mein meine mit muss nach nicht
    nichts noch nun nur ob oder ohne schon sehr sein seine sich sie sind so soll sollte sondern um und uns unser unsere
    unter vom von vor war was weil wenn wer werden wie wieder will wir wird wo zu zum zur zwischen über
"""
STOP_WORDS = frozenset(WORDS.split())
