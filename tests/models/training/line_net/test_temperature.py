from models.training.line_net.temperature import choose


def test_doubt_is_cheaper_than_error() -> None:
    assert choose({0.8: 0.12, 1.0: 0.10, 1.2: 0.11, 1.5: 0.114, 2.0: 0.2}) == 1.5


def test_without_losses_nothing_changes() -> None:
    assert choose({}) == 1.0
