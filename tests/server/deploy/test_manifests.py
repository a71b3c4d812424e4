"""What stands in manifests, compose file and Dockerfile agrees with the settings; no cluster is asked."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from server.serve import SLACK_SECONDS
from server.settings import PREFIX, Settings

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "server" / "deploy"
UID = 10001
FRONT_MB = 100
"""What the process that answers needs beside bodies; see docs/operations/capacity.md."""
BODIES_COST = 3
"""Times their length, at the worst."""


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    """The manifests by kind."""
    documents = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))
    return {document["kind"]: document for document in documents}


@pytest.fixture(scope="module")
def pod(parts: dict[str, Any]) -> Any:
    return parts["Deployment"]["spec"]["template"]["spec"]


@pytest.fixture(scope="module")
def container(pod: Any) -> Any:
    return pod["containers"][0]


@pytest.fixture
def settings(container: Any, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """As the service in a pod has them; a wrong name or value would be refused."""
    for variable in container["env"]:
        assert variable["name"].removeprefix(PREFIX).lower() in Settings.model_fields
        assert isinstance(variable["value"], str)
        monkeypatch.setenv(variable["name"], variable["value"])
    return Settings()


def megabytes(quantity: str) -> int:
    return int(quantity.removesuffix("Mi"))


def test_every_part_is_there_and_finds_the_pods(parts: dict[str, Any]) -> None:
    assert set(parts) == {"Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy"}
    labels = parts["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert parts["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert parts["Service"]["spec"]["selector"] == labels
    assert parts["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert parts["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    assert {part["metadata"]["name"] for part in parts.values()} == {"passport-ocr"}


def test_no_way_out_and_only_labelled_clients_in(parts: dict[str, Any], settings: Settings) -> None:
    policy = parts["NetworkPolicy"]["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["egress"] == []
    assert all("podSelector" in one for rule in policy["ingress"] for one in rule["from"])
    assert not settings.download
    assert settings.store == "off"


def test_the_pod_may_nothing_it_does_not_need(pod: Any, container: Any) -> None:
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": UID,
        "runAsGroup": UID,
        "fsGroup": UID,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }


def test_the_variables_of_its_own_service_are_not_taken_for_settings(pod: Any) -> None:
    assert pod["enableServiceLinks"] is False  # PASSPORT_OCR_PORT would be tcp://10.0.0.1:8000


def test_credentials_are_readable_for_the_group_and_rotated(pod: Any, container: Any) -> None:
    (volume,) = pod["volumes"]
    assert volume["secret"]["defaultMode"] == 0o440
    (mount,) = container["volumeMounts"]
    assert (mount["name"], mount["readOnly"]) == (volume["name"], True)
    assert "subPath" not in mount
    assert f"PASSPORT_OCR_CREDENTIALS={mount['mountPath']}/credentials.json" in dockerfile()


def test_memory_is_enough_for_every_worker_at_its_limit_and_one_more(container: Any, settings: Settings) -> None:
    bodies = BODIES_COST * settings.concurrent_body_bytes / 2**20
    waiting = settings.waiting_reads * settings.max_body_bytes / 2**20
    needed = FRONT_MB + bodies + waiting + (settings.workers + 1) * settings.worker_memory_mb
    assert needed <= megabytes(container["resources"]["limits"]["memory"]) < 1.2 * needed
    assert settings.concurrent_body_bytes >= settings.api3_body_bytes


def test_processors_are_those_of_the_workers(container: Any, settings: Settings) -> None:
    assert int(container["resources"]["requests"]["cpu"]) == settings.workers
    assert "cpu" not in container["resources"]["limits"]  # a limit would stop reads in the middle


def test_the_end_comes_before_it_is_forced(pod: Any, container: Any, settings: Settings) -> None:
    delay = int(container["lifecycle"]["preStop"]["exec"]["command"][-1])
    assert delay > 0
    assert pod["terminationGracePeriodSeconds"] >= delay + 3 * settings.read_seconds + SLACK_SECONDS


def test_probes_ask_what_they_are_for(container: Any, settings: Settings, client: Any) -> None:
    asked = {kind: container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")}
    assert {kind: get["path"] for kind, get in asked.items()} == {
        "startup": "/readyz",
        "readiness": "/readyz",
        "liveness": "/livez",
    }
    assert all(client.get(get["path"]).status_code == 200 for get in asked.values())
    (port,) = container["ports"]
    assert {get["port"] for get in asked.values()} == {port["name"]}
    assert port["containerPort"] == settings.port
    startup = container["startupProbe"]
    assert startup["periodSeconds"] * startup["failureThreshold"] >= 120  # as long as the pool gives a start


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_is_of_that_user_and_asks_whether_it_is_ready() -> None:
    assert f"USER {UID}:{UID}" in dockerfile()
    assert re.search(r'HEALTHCHECK .*\\\n\s+CMD \["python", "-m", "passport_ocr_server.cli.ready"\]', dockerfile())


def test_what_the_image_is_made_of_is_not_left_out() -> None:
    """The file of exceptions lets single names through, everything else stays outside."""
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {
        part for line in re.findall(r"^COPY (?!--from)(.*) \S+$", dockerfile(), re.MULTILINE) for part in line.split()
    }
    assert {"NOTICE", "engine", "server/deploy/requirements.txt"} <= copied
    assert {part.partition("/")[0] for part in copied} == let_in
    assert all((ROOT / part).exists() for part in copied)


def test_compose_builds_from_the_top_and_hardens_every_service() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    assert (DEPLOY / compose["services"]["passport-ocr"]["build"]["context"]).resolve() == ROOT
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert compose["networks"]["answers"] == {"internal": True}


def locked(name: str) -> dict[str, str]:
    """The versions of a lock, each of which has hashes."""
    entries = (DEPLOY / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert all("--hash=sha256:" in entry for entry in entries)
    return dict(entry.split()[0].split("==") for entry in entries)


def test_the_lock_holds_what_the_image_needs_and_names_no_host() -> None:
    text = (DEPLOY / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    versions = locked("requirements.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for line in (*project["dependencies"], *extras["redis"], *extras["otel"]):
        needed = Requirement(line)
        assert needed.specifier.contains(versions[canonicalize_name(needed.name)]), f"make lock: {line}"


def test_the_lock_of_the_build_is_complete() -> None:
    assert {"setuptools", "wheel"} <= set(locked("build-requirements.txt"))


def test_the_page_of_licences_lists_what_is_locked() -> None:
    page = (ROOT / "docs" / "operations" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| (\S+) \| \S.* \|$", page, re.MULTILINE)
    listed = {canonicalize_name(name): version for name, version in rows if name != "Name"}
    assert listed == locked("requirements.txt"), "make licences"
