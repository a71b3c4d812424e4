"""A training that was stopped goes on as it was, with averaged weights or without."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.loop.resumable import Resumable  # noqa: E402


class Run(Resumable):
    """One layer, taught one step."""

    def __init__(self, *, averaged: bool, seed: int) -> None:
        torch.manual_seed(seed)
        self.net = torch.nn.Linear(2, 1)
        self.optimiser = torch.optim.AdamW(self.net.parameters())
        if averaged:
            self.average = torch.nn.Linear(2, 1)
        self.step, self.seconds = 0, 0.0


@pytest.mark.parametrize("averaged", [True, False])
def test_what_was_saved_comes_back(averaged: bool, tmp_path: Path) -> None:
    saved, other = (Run(averaged=averaged, seed=seed) for seed in (1, 2))
    saved.net(torch.ones(1, 2)).sum().backward()
    saved.optimiser.step()
    saved.step, saved.seconds = 7, 3.5
    saved.save(tmp_path / "last.pt")
    other.resume(tmp_path / "last.pt")
    assert (other.step, other.seconds) == (7, 3.5)
    parts = ("net", "average") if averaged else ("net",)
    for part in parts:
        assert torch.equal(getattr(other, part).weight, getattr(saved, part).weight)
    assert other.optimiser.state_dict()["state"].keys() == saved.optimiser.state_dict()["state"].keys() != set()


def test_without_a_checkpoint_it_begins(tmp_path: Path) -> None:
    run = Run(averaged=True, seed=1)
    run.resume(tmp_path / "last.pt")
    assert run.step == 0
