import pytest

from engine.tables.countries import COUNTRY_NAMES, PRINTED_CODES, country_exists, country_name


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


@pytest.mark.parametrize("code", ["", "<<<", "DE", "ZZZ", "chn", "CH"])
def test_other_codes(code):
    assert not country_exists(code)
    assert country_name(code) == ""


def test_the_table_is_whole():
    assert sum(len(code) == 3 for code in COUNTRY_NAMES) == len(COUNTRY_NAMES) - 1  # all but D
    assert all(len(code) == 3 for code in PRINTED_CODES)
    assert len([c for c in COUNTRY_NAMES if c[0] not in "X"]) >= 249
    assert country_name("DEU") == country_name("D<<") == "Germany"
