"""Turns a trained line net into one of limited or lower ranks: less work, and nearly the same answers.

Some training then mends what is lost.
"""

from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn

from models.training.line_net.low_rank import split
from models.training.line_net.net import LineNet, Separated

_SAMPLES = 20_000
"""Places in a batch that a layer's second moments are taken from, at most."""


def factorise(full: LineNet, slim: LineNet, batches: Iterable[Tensor]) -> None:
    """Give ``slim`` the weights of ``full``; ``batches`` are pictures N×1×height×W that show what layers see."""
    weights, state = full.state_dict(), slim.state_dict()
    state.update({key: weights[key] for key in state if key in weights and weights[key].shape == state[key].shape})
    for name, seen in _seen(full, _separated(slim), batches).items():
        rank = state[f"{name}.0.weight"].shape[0]
        parts = split(_kernel(weights, name).double().numpy(), seen.numpy(), rank)
        state.update({f"{name}.{i}.weight": torch.from_numpy(part).float() for i, part in enumerate(parts)})
    slim.load_state_dict(state)


def _separated(net: LineNet) -> list[str]:
    return [name for name, module in net.named_modules() if isinstance(module, Separated)]


def _kernel(weights: Mapping[str, Tensor], name: str) -> Tensor:
    """The weights O×I×R×C of a convolution, put together where it is of limited rank already."""
    if f"{name}.weight" in weights:
        return weights[f"{name}.weight"]
    down, along = weights[f"{name}.0.weight"], weights[f"{name}.1.weight"]
    return torch.einsum("kir,okc->oirc", down[..., 0], along[:, :, 0])


def _seen(net: LineNet, names: list[str], batches: Iterable[Tensor]) -> dict[str, Tensor]:
    """Second moments of what the named convolutions see: for each place, its inputs down the kernel's rows."""
    sums: dict[str, Tensor] = {}

    def watch(name: str, module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        patches = _patches(module, inputs[0]).double()
        sums[name] = sums.get(name, 0) + patches.T @ patches

    modules = dict(net.named_modules())
    for name in names:
        modules[name].register_forward_pre_hook(lambda module, inputs, name=name: watch(name, module, inputs))
    net.eval()
    with torch.no_grad():
        for pictures in batches:
            net(pictures)
    return sums


def _patches(module: nn.Module, inputs: Tensor) -> Tensor:
    down = module[0] if isinstance(module, Separated) else module
    rows, step, room = down.kernel_size[0], down.stride[0], down.padding[0]
    padded = nn.functional.pad(inputs, (0, 0, room, room))
    patches = padded.unfold(2, rows, step).permute(0, 2, 3, 1, 4).flatten(0, 2).flatten(1)
    return patches[:: 1 + len(patches) // _SAMPLES]
