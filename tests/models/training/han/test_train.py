"""The net, its loss and the weights of its confidence."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.han.calibrate import Outcome, fit  # noqa: E402
from models.training.han.faces import characters  # noqa: E402
from models.training.han.net import HanNet, first_prototypes, han_loss  # noqa: E402
from models.training.han.train import mean_glyphs, plain, shown, sounds_alike  # noqa: E402
from tests.models.training.han.faces import made_up_face  # noqa: E402


def test_the_net_gives_a_logit_a_prototype() -> None:
    net = HanNet(torch.randn(50, 128)).eval()
    with torch.no_grad():
        logits = net(torch.randn(3, 1, 32, 32))
    assert logits.shape == (3, 50)
    assert float(logits.abs().max()) <= 16.001


def test_prototypes_begin_as_alike_as_the_glyphs_are() -> None:
    glyphs = np.random.default_rng(0).normal(0, 1, (400, 1024)).astype(np.float32)
    glyphs[1] = glyphs[0] + 0.1 * glyphs[1]
    first = first_prototypes(glyphs)
    assert first.shape == (400, 128)
    assert torch.allclose(first.norm(dim=1), torch.ones(400), atol=1e-4)
    assert float(first[0] @ first[1]) > 0.9 > 0.5 > float(first[0] @ first[2])


def test_homophones_that_are_mixed_up_cost_more() -> None:
    alike = torch.tensor([[1, 1, 0], [1, 1, 0], [0, 0, 1]], dtype=torch.bool)
    labels = torch.tensor([0])
    homophone, other = torch.tensor([[1.0, 2.0, 0.0]]), torch.tensor([[1.0, 0.0, 2.0]])
    assert float(han_loss(homophone, labels, alike)) > float(han_loss(other, labels, alike))


def test_what_sounds_alike() -> None:
    alike, place = sounds_alike(), characters().index
    assert alike[place("桢"), place("祯")]
    assert alike[place("单"), place("山")]
    assert not alike[place("王"), place("李")]
    assert alike[-1].sum() == 1
    assert bool((alike == alike.T).all())


def test_mean_glyphs_are_of_one_length_but_for_none() -> None:
    lengths = np.linalg.norm(mean_glyphs([made_up_face()]), axis=1)
    assert lengths[0] == pytest.approx(1.0, abs=1e-3)
    assert lengths[-1] == 0.0


def test_each_showing_is_another() -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (44, 44)).astype(np.uint8)
    assert plain(pixels).shape == shown(rng, pixels).shape == (32, 32)
    assert (plain(pixels) == pixels[6:38, 6:38]).all()
    assert (shown(rng, pixels) != shown(rng, pixels)).any()


def test_the_weights_tell_how_often_names_are_right() -> None:
    rng = np.random.default_rng(0)
    outcomes = []
    for _ in range(600):
        odds, ahead = float(rng.normal(3, 3)), float(abs(rng.normal(0, 0.5)))
        right = rng.random() < 1 / (1 + np.exp(-(0.6 * odds - 1.5 * ahead)))
        outcomes.append(Outcome(odds, ahead, bool(right)))
    weights = fit(outcomes)
    assert weights["odds"] == pytest.approx(0.6, abs=0.15)
    assert weights["ahead"] == pytest.approx(1.5, abs=0.6)
    assert weights["most"] == pytest.approx(1 - 1 / 615, abs=1e-4)
    assert fit([])["odds"] >= 0
