"""The sentences that stand for a text."""

from campaigner.model.sentences import first_sentences, shortened


def test_two_sentences_at_most_stand_for_a_text() -> None:
    assert shortened("One thing. Two things. Three things.") == "One thing. Two things."


def test_an_abbreviation_ends_no_sentence() -> None:
    assert (
        shortened("We asked Dr. Smith. She, e.g. at work, agreed. No more.")
        == "We asked Dr. Smith. She, e.g. at work, agreed."
    )


def test_a_long_sentence_is_cut_at_a_word() -> None:
    text = shortened("word " * 60)
    assert text.endswith(" word…")
    assert len(text) <= 160


def test_a_second_sentence_that_does_not_fit_is_left_out() -> None:
    assert shortened("It is short. " + "word " * 40 + "end.") == "It is short."


def test_a_paragraph_without_a_sentence_is_passed_over() -> None:
    assert first_sentences(["Dear colleague,", "", "Here it begins. And on."]) == "Here it begins. And on."


def test_where_nothing_is_a_sentence_the_first_words_are_taken() -> None:
    assert first_sentences(["", "By Ada", "Berlin"]) == "By Ada"
    assert first_sentences([]) == ""
