"""Words of links that fit any link."""

WORDS = frozenset(
    {
        *(
            "click",
            "click here",
            "click here now",
            "click this",
            "click this link",
            "click me",
            "tap here",
            "press here",
        ),
        *(
            "here",
            "right here",
            "see here",
            "look here",
            "over here",
            "more",
            "read more",
            "see more",
            "view more",
        ),
        *(
            "learn more",
            "find out more",
            "more info",
            "more information",
            "more details",
            "read on",
            "show more",
        ),
        *(
            "link",
            "this link",
            "the link",
            "follow this link",
            "this",
            "this page",
            "this site",
            "website",
            "go",
            "url",
        ),
        *(
            "hier",
            "hier klicken",
            "klick hier",
            "klicke hier",
            "klicken sie hier",
            "bitte hier klicken",
            "genau hier",
        ),
        *(
            "mehr",
            "mehr lesen",
            "mehr erfahren",
            "erfahren sie mehr",
            "lesen sie mehr",
            "mehr infos",
            "mehr dazu",
        ),
        *(
            "mehr informationen",
            "weitere informationen",
            "weitere infos",
            "weiterlesen",
            "weiter",
            "weiter lesen",
        ),
        *(
            "dieser link",
            "diesem link",
            "diesen link",
            "der link",
            "diese seite",
            "siehe hier",
            "hier entlang",
        ),
    }
)
AROUND = " \t.…!?:;,>»›→↗–—-()[]\"'“”„"


def is_vague(words: str) -> bool:
    """Whether the words of a link say nothing of where it leads."""
    return words.strip(AROUND).lower() in WORDS
