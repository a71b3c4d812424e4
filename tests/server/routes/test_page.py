import base64
import hashlib
import re

import httpx

from engine.values.items import Item


def test_policy_allows_the_page_its_own_script_and_style_and_nothing_from_elsewhere(client: httpx.Client) -> None:
    response = client.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        (inline,) = re.findall(rf"<{element}>(.*?)</{element}>", response.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert policy[directive] == f"'sha256-{digest}'"


def test_the_page_names_no_other_host_and_no_inline_handler(client: httpx.Client) -> None:
    page = client.get("/").text
    assert not re.findall(r"(?:https?:)?//[a-z]", page)
    assert not re.findall(r"\son[a-z]+=|\sstyle=|innerHTML|\beval\b", page)


def test_the_page_names_the_items_as_the_engine_does(client: httpx.Client) -> None:
    (listed,) = re.findall(r"const ENGLISH = \[(.*?)\];", client.get("/").text, re.DOTALL)
    assert re.findall(r'"(.*?)"', listed) == [item.english for item in Item]
