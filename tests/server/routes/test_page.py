"""The files of the web page, as they are served and as they are written."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import server.routes.page
from engine.values.chinese import ChinesePrint
from engine.values.items import Item
from engine.values.mrz import Field
from engine.values.warnings import Warning
from tests.doubles import FixedEngine
from tests.server.apps import credentials_file
from tests.server.running import serving

FOLDER = Path(server.routes.page.__file__).with_name("static") / "page"
TEXTS = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".js", ".css", ".html", ".svg"})
LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with serving(FixedEngine, credentials=credentials_file(tmp_path_factory.mktemp("credentials"))) as client:
        yield client


def words(language: str) -> dict[str, str]:
    """The words of a language by key, those of groups as ``group.key``."""
    group, found = "", {}
    for line in (FOLDER / "words" / f"{language}.js").read_text(encoding="utf-8").splitlines():
        if opened := re.fullmatch(r"  (\w+): \{.*", line):
            group = f"{opened[1]}."
        elif line == "  },":
            group = ""
        elif word := re.fullmatch(r"\s+(?:\"([^\"]+)\"|(\w+)): (\"(?:[^\"\\]|\\.)*\"),", line):
            found[group + (word[1] or word[2])] = json.loads(word[3])
    return found


def test_the_policy_allows_files_of_this_service_and_nothing_inline(client: httpx.Client) -> None:
    response = client.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_names_another_host_or_stores_anything(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"(?:https?:)?//[a-z]", text)
    assert not re.findall(r"localStorage|sessionStorage|indexedDB|caches\.|serviceWorker|document\.cookie", text)
    assert not re.findall(r"\son[a-z]+=|\sstyle=|innerHTML|outerHTML|insertAdjacentHTML|\beval\b|@import|url\(", text)


def test_every_file_that_another_one_names_is_served(client: httpx.Client) -> None:
    page = client.get("/").text
    named = set(re.findall(r'(?:src|href)="(page/[^"]+)"', page))
    for path in TEXTS:
        for target in re.findall(r'from "(\.[^"]+)"', path.read_text(encoding="utf-8")):
            named.add((Path("page") / (path.parent / target).resolve().relative_to(FOLDER)).as_posix())
    assert len(named) > 20
    for name in named:
        assert client.get(f"/{name}").status_code == 200, name


def test_no_file_lies_there_that_nothing_names() -> None:
    everything = "".join(path.read_text(encoding="utf-8") for path in TEXTS)
    files = [path for path in FOLDER.rglob("*") if path.is_file() and path.name != "index.html"]
    assert [path.name for path in files if path.name not in everything] == []


@pytest.mark.parametrize("name", ["index.html", "../page.py", "%2e%2e/page.py", "words", "main.js/", "nothing.js"])
def test_no_other_file_is_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/page/{name}").status_code == 404


def test_it_is_there_where_persons_sign_in(signing: httpx.Client) -> None:
    assert signing.get("/").status_code == signing.get("/page/main.js").status_code == 200


def test_both_languages_say_everything_with_the_same_gaps() -> None:
    english, chinese = map(words, LANGUAGES)
    assert len(english) > 100
    assert {key for key in english if not key.startswith("warning.")} == {
        key for key in chinese if not key.startswith("warning.")
    }
    for key in english.keys() & chinese.keys():
        assert sorted(re.findall(r"\{\w+\}", english[key])) == sorted(re.findall(r"\{\w+\}", chinese[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_and_check_digits_have_names(language: str) -> None:
    said = words(language)
    chinese = {name.replace("_", " ").capitalize() for name in ChinesePrint().texts}  # rows among them: item_row.js
    shown = {item.english for item in Item} | chinese
    assert {key for key in said if key.startswith("item.")} == {f"item.{name}" for name in shown}
    checked = {Field.DOCUMENT_NUMBER, Field.BIRTH_DATE, Field.EXPIRY_DATE, Field.OPTIONAL_DATA, "composite"}
    assert {f"check.{field}" for field in checked} <= said.keys()


def test_every_warning_is_said_in_chinese() -> None:
    said = words("zh")
    assert {key for key in said if key.startswith("warning.")} == {f"warning.{warning.name}" for warning in Warning}
    for warning in Warning:
        assert ("{items}" in said[f"warning.{warning.name}"]) == ("{items}" in warning.value)


def test_every_word_the_page_asks_for_is_there() -> None:
    english = words("en")
    asked = set(re.findall(r'data-(?:word|label)="([^"]+)"', (FOLDER / "index.html").read_text(encoding="utf-8")))
    for path in FOLDER.glob("*.js"):
        asked |= set(re.findall(r'\bsay\("([^"]+)"', path.read_text(encoding="utf-8")))
    assert len(asked) > 60
    assert asked - english.keys() == set()
