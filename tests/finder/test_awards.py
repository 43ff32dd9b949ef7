import pytest

from finder.awards import award_size


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("Certificate (16<30 semester units)", "16 to 29 college units"),
        ("Certificate (60+ semester units)", "60 college units or more"),
        ("Other credit award (<6 semester units)", "Fewer than 6 college units"),
        ("Noncredit award (48<96 hours)", "48 to 95 hours"),
        ("Noncredit award (48 hours)", "48 hours"),
        ("Associate Degree", ""),
        ("", ""),
    ],
)
def test_the_size_of_an_award_is_said_in_words(level, words):
    assert award_size(level) == words
