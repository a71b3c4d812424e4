"""What a drawn page's values are, as the contract has them."""

import pytest

from models.training.draw.pages.sheet import _as_printed


@pytest.mark.parametrize(
    ("name", "printed", "value"),
    [
        pytest.param("PIX", "Pix", "Pix", id="the case of the print"),
        pytest.param("SCHRÖDER", "SCHRODER", "SCHRODER", id="its accents"),
        pytest.param("ANNA MARIA", "ANNA-MARIA", "ANNA-MARIA", id="its marks"),
        pytest.param("ANNA MARIA", "ANNA", "ANNA MARIA", id="the name where a part is printed"),
        pytest.param("PIX", "", "PIX", id="the name where nothing is"),
    ],
)
def test_a_name_is_as_it_is_printed(name: str, printed: str, value: str) -> None:
    assert _as_printed(name, printed) == value
