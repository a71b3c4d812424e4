"""Where nets are trained: on the GPU that torch sees, else on one thread of the processor."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import torch


def choose_device() -> torch.device:
    """Return the device to train on, and set torch up for it.

    A processor gets one thread: on nets this small more threads cost more than they bring.
    """
    if torch.cuda.is_available():
        torch.backends.cudnn.benchmark = True  # searches the fastest kernels once for each width of pictures
        return torch.device("cuda")
    torch.set_num_threads(1)
    return torch.device("cpu")


def half_precision(device: torch.device) -> AbstractContextManager[None]:
    """Return the context to run a net in: on a GPU its layers compute in bfloat16, elsewhere nothing changes."""
    context: AbstractContextManager[None] = torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")
    return context


def half_where_quicker(device: torch.device) -> AbstractContextManager[None]:
    """The same for a net of wide layers: it gains on a processor too, where that multiplies in bfloat16."""
    able = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()  # torch has no public way to ask
    context: AbstractContextManager[None] = torch.autocast(device.type, torch.bfloat16, enabled=able)
    return context


def clock_of(device: torch.device) -> Callable[[], float]:
    """Return what counts a training's seconds: time of this process on a processor, wall time on a GPU."""
    return time.perf_counter if device.type == "cuda" else time.process_time


def time_spent(device: torch.device, seconds: float) -> dict[str, str | float]:
    """Return how a model's ``config.json`` says what its training took."""
    minutes = round(seconds / 60, 1)
    if device.type == "cuda":
        return {"gpu_minutes": minutes, "gpu": torch.cuda.get_device_name(device)}
    return {"processor_minutes": minutes}
