import pytest

from models.training.draw.type.fonts import is_fetched


@pytest.fixture(scope="session")
def fonts() -> None:
    """Skips where the fonts have not been fetched; a test never fetches them."""
    if not is_fetched():
        pytest.skip("the generator's fonts are not there: run `make fonts` (needs apt-get and a network)")
