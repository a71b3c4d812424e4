import os
import signal
import threading
import time
from pathlib import Path

from tests.fuzz.run import Plan, Tally, fuzz
from tests.fuzz.targets import Case, Targets


class Doubles:
    """Cases that do what their number says; in a process of their own."""

    def case(self, seed: int, number: int) -> Case:
        return Case("double", bytes([number]), {3: self.crash, 5: self.raise_, 7: self.hang}.get(number, self.pass_))

    def close(self) -> None:
        pass

    def pass_(self) -> None:
        pass

    def crash(self) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)

    def raise_(self) -> None:
        raise ValueError("found")

    def hang(self) -> None:
        threading.Event().wait()


def test_crashes_hangs_and_exceptions_are_saved_and_the_run_goes_on(tmp_path: Path) -> None:
    shown: list[int] = []

    def show(tally: Tally) -> None:
        shown.append(tally.cases.total())

    plan = Plan(1, 10, time.monotonic() + 300, tmp_path, Doubles, hang_seconds=1.0)
    tally = fuzz(plan, show)
    assert tally.cases == {"double": 10}
    assert [path.name for path in tally.findings] == ["double-3.bin", "double-5.bin", "double-7.bin"]
    assert [path.read_bytes() for path in tally.findings] == [b"\x03", b"\x05", b"\x07"]
    reasons = [path.with_suffix(".txt").read_text(encoding="utf-8") for path in tally.findings]
    assert "-11" in reasons[0]
    assert "ValueError: found" in reasons[1]
    assert "no end within" in reasons[2]
    assert "Segmentation fault" in (tmp_path / "crash.log").read_text(encoding="utf-8")
    assert shown[-1] == 10


def test_no_time_no_cases(tmp_path: Path) -> None:
    assert fuzz(Plan(1, 10, time.monotonic(), tmp_path, Doubles), lambda _: None).cases.total() == 0


def test_a_number_is_always_the_same_case_and_every_target_is_fed() -> None:
    targets = Targets()
    try:
        cases = [targets.case(7, number) for number in range(300)]
        again = [targets.case(7, number) for number in (0, 150, 299)]
        assert [(case.target, case.content) for case in again] == [
            (cases[number].target, cases[number].content) for number in (0, 150, 299)
        ]
        assert {case.target for case in cases} >= {
            "decode",
            "json",
            "form",
            "parameters",
            "signature",
            "tc3",
            "url",
            "wire",
        }
        for case in cases:
            if case.target != "read":  # reading takes a hundred times as long
                case.run()
    finally:
        targets.close()
