from engine.visual.items.tagging.words import MOST_WORDS, page_words, split_words
from tests.engine.visual.pages import line


def test_a_word_ends_at_a_blank_and_behind_a_slash() -> None:
    text = "ZAGREB/HRV  PU/ / 7"
    assert [text[a:b] for a, b in split_words(text)] == ["ZAGREB/", "HRV", "PU/", "/", "7"]


def test_words_come_from_the_top_down_and_know_their_line() -> None:
    lower, upper = line("PORT ELLEN", 40, 50.0), line("NOR", 70, 20.0)
    words = page_words([lower, upper])
    assert [(word.text, word.line, word.start, word.stop) for word in words] == [
        ("NOR", 1, 0, 3),
        ("PORT", 0, 0, 4),
        ("ELLEN", 0, 5, 10),
    ]


def test_a_word_stands_where_its_letters_do() -> None:
    port, ellen = page_words([line("PORT ELLEN", 40, 50.0, cap=2.0)])
    assert abs(port.area.left - 40) < 0.1
    assert abs(ellen.area.left - (40 + 5 * 1.4)) < 0.1
    assert (ellen.area.top, ellen.area.bottom) == (48.0, 50.0)


def test_a_word_is_as_sure_as_its_letters() -> None:
    (word,) = page_words([line("KMA", 40, 50.0, certainty=0.7)])
    assert abs(word.certainty - 0.7) < 1e-9
    assert word.weakest == 0.7


def test_a_page_full_of_pattern_is_cut_off() -> None:
    assert len(page_words([line("a b c d e f g h i j", 0, float(y)) for y in range(40)])) == MOST_WORDS
