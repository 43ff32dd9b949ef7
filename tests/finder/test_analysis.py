"""From text to terms: accents, word forms, and words tied together."""

import pytest

from finder.analysis import analyse, content_words, fold, keys, query_terms, stems


def found(query, text, language):
    """Whether some form of the one-word query is among the terms of the text."""
    return bool(set(query_terms(query)) & set(analyse(text, language).split()))


@pytest.mark.parametrize("word", ["weld", "welds", "welder", "Welders", "WELDING"])
def test_english_word_forms_meet(word):
    assert found(word, "Welding Technology", "en")


@pytest.mark.parametrize("word", ["enfermería", "enfermeria", "ENFERMERÍA"])
def test_spanish_words_are_found_with_and_without_their_accents(word):
    assert found(word, "Enfermería", "es")


def test_a_tilde_is_an_accent_too():
    assert fold("NIÑOS") == "ninos"
    assert found("ninos", "Cuidado de niños", "es")


def test_spanish_stems_stay_away_from_english_words():
    """Snowball's Spanish stems `care` to `car`: nobody who asks for cars wants health care."""
    assert not found("car", "Health Care", "en")


@pytest.mark.parametrize(("query", "text"), [("ROP", "Ropa"), ("mes", "Mesa")])
def test_what_is_left_of_a_short_spanish_word_is_no_word(query, text):
    assert not found(query, text, "es")
    assert found(f"{text}s", text, "es")


@pytest.mark.parametrize(
    ("query", "text"), [("ley", "Leyes"), ("niña", "Niños"), ("gato", "Gatas")]
)
def test_short_spanish_words_are_found_in_their_forms(query, text):
    assert found(query, text, "es")


def test_an_agent_is_found_by_what_it_does_but_a_career_is_not_care():
    assert "weld" in stems("welder", "en")
    assert "care" not in stems("career", "en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CAD/CAM", {"cad", "cam", "cadcam"}),
        ("X-ray", {"x", "ray", "xray"}),
        ("O’Farrell", {"o", "farrell", "ofarrell"}),
        ("C++ and C#", {"c++", "c#"}),
        ("Bachelor's", {"bachelor"}),
        ("48.0508", {"48", "0508", "480508"}),
        ("095650", {"095650"}),
    ],
)
def test_tied_words_are_found_in_pieces_and_as_one(text, words):
    assert words <= set(analyse(text, "en").split())


def test_words_that_name_nothing_are_dropped_unless_nothing_else_is_left():
    assert content_words("How to become a nurse") == ["nurse"]
    assert content_words("Quiero ser enfermera") == ["enfermera"]
    assert content_words("Me gustan las uñas") == ["uñas"]
    assert content_words("what is this") == ["what", "is", "this"]


def test_a_phrase_has_the_same_key_in_all_its_forms():
    assert keys("Car mechanics", "en") == keys("car mechanic", "en")


def test_a_phrase_with_small_words_is_also_known_in_full():
    assert keys("La Mesa", "es") == ("es:mes-", "es:la-_mes-")
