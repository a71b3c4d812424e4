"""A training that can be stopped at any time and goes on from its checkpoint."""

from pathlib import Path
from typing import Any, Final

from models.training.loop.checkpoint import load_checkpoint, save_checkpoint

_PARTS: Final = ("net", "average", "optimiser")


class Resumable:
    """Keeps ``net``, ``average`` (where there is one), ``optimiser``, ``step`` and ``seconds`` of a training."""

    step: int
    seconds: float

    def save(self, path: Path) -> None:
        """Write a checkpoint."""
        state: dict[str, Any] = {name: part.state_dict() for name, part in self._parts().items()}
        save_checkpoint(path, state | {"step": self.step, "seconds": self.seconds})

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint if there is one."""
        state = load_checkpoint(path)
        if state is not None:
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self.step, self.seconds = state["step"], state["seconds"]

    def _parts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _PARTS if hasattr(self, name)}
