"""Runs cases in a process of their own, so that a crash or a hang in native code is a finding and not the end."""

import faulthandler
import multiprocessing
import os
import resource
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, Protocol

from tests.fuzz.targets import Case, Targets

HANG_SECONDS: Final = 30.0
OPEN_SECONDS: Final = 300.0
MEMORY_BYTES: Final = 3 * 1024**3


class CaseMaker(Protocol):
    """What a process needs of `Targets`."""

    def case(self, seed: int, number: int) -> Case:
        """The case of this number."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


@dataclass
class Tally:
    """How far a run is: cases by target, findings by file."""

    cases: Counter[str] = field(default_factory=Counter)
    findings: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What to run: numbers below ``cases``, as far as ``end`` (`time.monotonic`) allows; findings go to ``out``."""

    seed: int
    cases: int
    end: float
    out: Path
    open_targets: Callable[[], CaseMaker] = Targets
    hang_seconds: float = HANG_SECONDS

    def goes_on(self, number: int) -> bool:
        """Whether the case ``number`` is still to be run."""
        return number < self.cases and time.monotonic() < self.end


@dataclass(frozen=True)
class Running:
    """The case that is being run."""

    number: int
    target: str
    content: bytes

    def save(self, out: Path, reason: str) -> Path:
        """Write it and what was wrong with it; returns the file of its bytes."""
        path = out / f"{self.target}-{self.number}.bin"
        path.write_bytes(self.content)
        path.with_suffix(".txt").write_text(reason)
        return path


def fuzz(plan: Plan, show: Callable[[Tally], None]) -> Tally:
    """Run all cases of a plan; ``show`` is told after each."""
    tally, number = Tally(), 0
    plan.out.mkdir(parents=True, exist_ok=True)
    while plan.goes_on(number):
        number = _run_process(plan, number, tally, show)
    return tally


def _run_process(plan: Plan, number: int, tally: Tally, show: Callable[[Tally], None]) -> int:
    """Run cases from ``number`` on in one process until all are done or it dies; returns the next number."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, plan, number), daemon=True)
    process.start()
    theirs.close()
    running: Running | None = None
    reason = f"no end within {plan.hang_seconds} s"
    try:
        while ours.poll(plan.hang_seconds if running else OPEN_SECONDS):
            told = ours.recv()
            if isinstance(told, Running):
                running = told
                tally.cases[told.target] += 1
            elif running and told:
                tally.findings.append(running.save(plan.out, told))
            else:
                process.join()
                return plan.cases
            show(tally)
    except EOFError:
        process.join()
        reason = f"the process ended with {process.exitcode}, see crash.log"
    process.kill()
    process.join()
    if running is None:
        raise RuntimeError(f"the targets could not be opened: {reason}")
    tally.findings.append(running.save(plan.out, reason))
    return running.number + 1


def _work(parent: Connection, plan: Plan, number: int) -> None:
    """Tell ``parent`` of each case before it is run, and what was wrong with it; last of all an empty text."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    faulthandler.enable((plan.out / "crash.log").open("a"))
    targets = plan.open_targets()
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # decoders remark on every second case
    while plan.goes_on(number):
        case = targets.case(plan.seed, number)
        parent.send(Running(number, case.target, case.content))
        try:
            case.run()
        except BaseException as error:  # whatever it is, it is what we look for
            parent.send("".join(traceback.format_exception(error)))
        number += 1
    parent.send("")
    targets.close()
