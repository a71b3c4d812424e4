"""A process that is taken over: what it tries is refused by the kernel, by each means alone and in a worker."""

import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import httpx
import pytest

from server.pool import confinement
from server.pool.confinement import Confinement, confine
from server.pool.kernel import KernelRefuses
from server.pool.pool import tell_confinement
from server.pool.seccomp import Group, listed_calls, refuse_calls
from tests.server.attempts import ATTEMPTS, HERE, KERNEL, NETWORK, OTHERS, READING
from tests.server.conftest import Log
from tests.server.pool.test_pool import read, serving_workers

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="calls are tried by the numbers of x86_64")

AS_ROOT_ONLY = {"memory", "io_uring", "namespace", "limits", "signal", "handle"}
"""May be refused to some without any confinement of ours."""
NEVER = {"call of the future", "x32 call", "typing", "typing, with high bits", "pasting"}


def tried(means: str) -> dict[str, str]:
    """How each attempt ends in a process that was confined by ``means`` alone."""
    HERE.touch()
    command = [sys.executable, "-m", "tests.server.attempts", means]
    ran = subprocess.run(command, capture_output=True, text=True)
    if "KernelRefuses" in ran.stderr:
        pytest.skip(f"the kernel has no {means}")
    return dict(json.loads(ran.stdout))


def refused(outcomes: dict[str, str]) -> set[str]:
    return {what for what, outcome in outcomes.items() if outcome != "done"}


def test_unconfined_it_could_do_nearly_all() -> None:
    assert refused(tried("nothing")) <= AS_ROOT_ONLY | NEVER


def test_seccomp_alone_refuses_all_but_reading() -> None:
    outcomes = tried("seccomp")
    assert refused(outcomes) == set(ATTEMPTS) - set(READING)
    assert {outcomes[what] for what in NETWORK} == {"EPERM"}


def test_landlock_alone_refuses_writing_running_and_reading() -> None:
    outcomes = tried("landlock")
    assert {"write", "mkdir", "link", "remove", "run", *READING} <= refused(outcomes)
    assert {outcomes[what] for what in READING} == {"EACCES"}


def test_programs_may_run_where_the_reader_is_one() -> None:
    assert refused(tried("for programs")) == {*NETWORK, *OTHERS, *KERNEL}


@pytest.fixture(scope="module")
def worker() -> Iterator[httpx.Client]:
    with serving_workers(waiting_reads=4) as client:
        yield client


@pytest.mark.parametrize("what", ATTEMPTS)
def test_a_worker_is_refused_what_it_tries(worker: httpx.Client, what: str) -> None:
    HERE.touch()
    assert read(worker, f"attempt:{what}") in ("EPERM", "EACCES", "ENOSYS")


def test_what_the_kernel_does_not_have_is_told(monkeypatch: pytest.MonkeyPatch, log: Log) -> None:
    def missing(*_: object) -> None:
        raise KernelRefuses("Function not implemented")

    for means in ("drop_capabilities", "forbid_new_privileges", "refuse_calls"):
        monkeypatch.setattr(confinement, means, lambda *_: None)
    monkeypatch.setattr(confinement, "read_only", missing)
    reasons = confine(Confinement())
    assert reasons == {"landlock": "Function not implemented"}
    tell_confinement(reasons)
    tell_confinement({})
    said = [(line["level"], line["message"]) for line in log.lines("passport_ocr.pool")]
    assert said == [
        ("WARNING", "workers are not confined by landlock: Function not implemented"),
        ("INFO", "workers are confined by capabilities, no_new_privs, landlock and seccomp"),
    ]


def test_a_machine_whose_calls_are_not_listed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(KernelRefuses, match="riscv64"):
        refuse_calls(get_args(Group))


def test_the_folder_python_was_started_in_is_not_readable_where_it_is_a_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []
    for means in ("drop_capabilities", "forbid_new_privileges", "refuse_calls"):
        monkeypatch.setattr(confinement, means, lambda *_: None)
    monkeypatch.setattr(confinement, "read_only", opened.extend)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "home"), str(tmp_path / "home" / "lib")])
    confine(Confinement(readable=(Path("/models"),)))
    assert {tmp_path / "home" / "lib", Path(sys.prefix), Path("/models")} <= set(opened)
    assert not {tmp_path, tmp_path / "home"} & set(opened)


@pytest.mark.parametrize(
    ("machine", "header"), [("x86_64", "x86_64-linux-gnu/asm/unistd_64.h"), ("aarch64", "asm-generic/unistd.h")]
)
def test_the_listed_numbers_are_those_of_the_kernels_headers(machine: str, header: str) -> None:
    file = Path("/usr/include") / header
    if not file.is_file():
        pytest.skip("the kernel's headers are not installed")
    numbers = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", file.read_text(encoding="utf-8")))
    listed = {name: str(number) for name, number in listed_calls(machine, get_args(Group)) if name != "fchmodat2"}
    assert len(listed) > 100
    assert listed == {name: numbers.get(name) for name in listed}
