"""A training goes on where it was stopped, and begins with the net it starts from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.line_net import train as module  # noqa: E402
from models.training.line_net.recipes import RECIPES  # noqa: E402
from models.training.line_net.train import Trainer, train  # noqa: E402
from tests.models.training.line_net.test_batches import plain_line  # noqa: E402

FIRST = replace(RECIPES["latin_line_v3_stage1"], channels=(2, 2, 2, 2, 4), draw=plain_line, batch=2)
SECOND = replace(FIRST, name="second", ranks=(2,) * 9, starts_from=FIRST.name)


def test_it_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    stopped = Trainer(FIRST, 3, tmp_path)
    train(stopped, 0)
    resumed = Trainer(FIRST, 5, tmp_path)
    assert resumed.resume()
    assert (resumed.step, resumed.drawn, resumed.seconds) == (3, 3, stopped.seconds)
    weights = zip(resumed.net.parameters(), stopped.net.parameters(), strict=True)
    assert all(torch.equal(mine, theirs) for mine, theirs in weights)
    train(resumed, 0)
    assert resumed.work_done()["steps"] == 5


def test_a_finished_training_learns_no_more(tmp_path: Path) -> None:
    train(Trainer(FIRST, 2, tmp_path), 0)
    again = Trainer(FIRST, 2, tmp_path)
    again.resume()
    before = [weight.clone() for weight in again.net.parameters()]
    train(again, 0)
    assert all(torch.equal(a, b) for a, b in zip(before, again.net.parameters(), strict=True))


def test_the_same_run_gives_the_same_net(tmp_path: Path) -> None:
    nets = []
    for name in ("one", "two"):
        trainer = Trainer(FIRST, 3, tmp_path / name)
        train(trainer, 0)
        nets.append(trainer.net)
    assert all(torch.equal(a, b) for a, b in zip(*(net.parameters() for net in nets), strict=True))


def test_it_begins_with_the_weights_of_another_net(tmp_path: Path) -> None:
    train(Trainer(FIRST, 2, tmp_path), 0)
    second = Trainer(SECOND, 4, tmp_path / "second")
    second.start_from(tmp_path / "last.pt")
    assert second.frame_steps == 0
    assert second.work_done()["began_with"]["steps"] == 2
    kept = torch.load(tmp_path / "last.pt", weights_only=True)["average"]
    assert torch.equal(second.net.out.weight, kept["out.weight"])


def test_the_net_it_starts_from_must_have_been_trained(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=FIRST.name):
        Trainer(SECOND, 4, tmp_path).start_from(tmp_path / "last.pt")


def test_a_net_that_goes_on_keeps_its_statistics_of_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on = replace(FIRST, name="on", starts_from=FIRST.name)
    seen = {}
    for recipe in (FIRST, on):
        trainer = Trainer(recipe, 4, tmp_path)
        before = trainer.net.rows[0][1].running_mean.clone()
        trainer.learn(module.draw_pack(FIRST, 1, 0, 1.0)[0])
        seen[recipe.name] = torch.equal(before, trainer.net.rows[0][1].running_mean)
    assert seen == {FIRST.name: False, "on": True}


def test_a_training_by_the_clock_expects_the_steps_of_its_pace(tmp_path: Path) -> None:
    trainer = Trainer(FIRST, 100, tmp_path, minutes=2)
    assert trainer.steps_in_all == 100
    trainer.step, trainer.waited = 10, 30.0
    assert trainer.steps_in_all == 40
    trainer.waited = 120.0
    assert trainer.steps_in_all == 10


def test_the_time_waited_is_kept(tmp_path: Path) -> None:
    trainer = Trainer(FIRST, 100, tmp_path)
    trainer.waited = 77.0
    trainer.save()
    again = Trainer(FIRST, 100, tmp_path)
    assert again.resume()
    assert again.waited == 77.0


def test_a_batch_is_learnt(tmp_path: Path) -> None:
    trainer = Trainer(replace(FIRST, rate=0.01), 400, tmp_path)
    batch = module.draw_pack(FIRST, 1, 0, 1.0)[0]
    losses = [float(trainer.learn(batch)) for _ in range(40)]
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])
