import re
from pathlib import Path

import httpx
import pytest

import server.routes.docs
from tests.doubles import FixedEngine
from tests.server.apps import credentials_file
from tests.server.running import serving


def test_the_page_loads_files_of_this_service_only(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert loaded == ["data:,", *(f"docs/{name}" for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js"))]
    for name in loaded[1:]:
        assert client.get(f"/{name}").status_code == 200


def test_the_policy_lets_it_reach_no_other_host_and_run_nothing_inline(client: httpx.Client) -> None:
    policy = client.get("/docs").headers["content-security-policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert set(" ".join(parts.values()).split()) == {"'none'", "'self'", "data:"}
    assert parts["script-src"] == parts["style-src"] == parts["connect-src"] == "'self'"


def test_nothing_of_its_own_names_another_host_and_the_styles_load_none(client: httpx.Client) -> None:
    own = client.get("/docs").text + client.get("/docs/start.js").text
    assert not re.findall(r"(?:https?:)?//[a-z]", own)
    styles = client.get("/docs/swagger-ui.css").text
    assert not re.findall(r"@import|url\((?!\s*[\"']?data:)", styles)


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "../docs.py", "%2e%2e/docs.py", "start.js/"])
def test_no_other_file_is_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/docs/{name}").status_code == 404


def test_licences_are_kept_beside_the_files() -> None:
    folder = Path(server.routes.docs.__file__).with_name("static") / "swagger"
    assert "Apache License" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert {"NOTICE", "README.md", "swagger-ui-bundle.js.LICENSE.txt"} <= {file.name for file in folder.iterdir()}


def test_it_is_there_where_signatures_are_asked_for(tmp_path: Path) -> None:
    with serving(FixedEngine, credentials=credentials_file(tmp_path)) as client:
        assert client.get("/docs").status_code == client.get("/openapi.json").status_code == 200
