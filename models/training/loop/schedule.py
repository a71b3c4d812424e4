"""How the learning rate rises and falls."""

import math


def learning_rate(peak: float, step: int, steps: int, *, warm_up: int, least: float) -> float:
    """Return the rate of a step: up to ``peak`` within ``warm_up`` steps, then half a cosine to ``least`` of it."""
    share = min(1.0, step / max(1, steps))
    return peak * min(1.0, (step + 1) / warm_up) * (least + (1 - least) * (0.5 + 0.5 * math.cos(math.pi * share)))
