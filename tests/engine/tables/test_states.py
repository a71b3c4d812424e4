import pytest

from engine.tables.states import country_exists, country_name, printed_codes, state_names


@pytest.mark.parametrize(
    "code",
    [
        "D",
        "D<<",
        "UTO",
        "GBR",
        "GBD",
        "GBN",
        "GBO",
        "GBP",
        "GBS",
        "XXA",
        "XXB",
        "XXC",
        "XXX",
        "RKS",
        "EUE",
        "UNO",
        "CHN",
    ],
)
def test_official_codes(code):
    assert country_exists(code)
    assert country_name(code)


@pytest.mark.parametrize("code", ["NTZ", "SUN", "CSK", "DDR", "TMP", "ZAR", "BUR", "YUG", "SCG", "ANT"])
def test_withdrawn_codes_that_old_documents_show(code):
    assert country_exists(code)
    assert code in printed_codes()


@pytest.mark.parametrize("code", ["", "<<<", "IAO", "XAF", "XSM", "DE", "ZZZ", "chn", "CH"])
def test_other_codes(code):
    assert not country_exists(code)
    assert country_name(code) == ""


def test_the_table_is_whole():
    assert sum(len(code) == 3 for code in state_names()) == len(state_names()) - 1  # all but D
    assert all(len(code) == 3 for code in printed_codes())
    assert len([c for c in state_names() if c[0] not in "X"]) >= 249
    assert country_name("DEU") == country_name("D<<") == "Germany"
