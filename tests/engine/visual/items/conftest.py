import pytest

from engine.visual.items import page_text


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules without the network, whose part is tested elsewhere."""
    monkeypatch.setattr(page_text, "tag_page", lambda lines, fields: None)
