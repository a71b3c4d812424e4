"""The service and the command line over the real engine, on the pictures of ``tests/images``."""

import base64
import io
import json
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from typer.testing import CliRunner

import server.cli.main
from engine import Item
from server.contract.ocr_passport.wire import Answer
from server.pool.warmup import warm_up_picture
from tests.server.running import assert_fault, serving

IMAGES = Path(__file__).parents[1] / "images"
TRUTHS = [json.loads(line) for line in (IMAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
PASSPORTS = [truth for truth in TRUTHS if truth["mrz"]]


@pytest.fixture(scope="module")
def service() -> Iterator[httpx.Client]:
    with serving(None) as client:
        yield client


def ask(service: httpx.Client, picture: bytes) -> httpx.Response:
    return service.post("/ocr/passport", data={"app_id": "1", "session_id": "s"}, files={"image": ("p", picture)})


def encoded(format: str, mode: str = "RGB", size: tuple[int, int] = (640, 480)) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "white").save(file, format)
    return file.getvalue()


@pytest.mark.parametrize("truth", PASSPORTS, ids=lambda truth: truth["file"])
def test_machine_readable_zone_is_exact_and_boxes_lie_in_the_picture(
    service: httpx.Client, truth: dict[str, Any]
) -> None:
    response = ask(service, (IMAGES / truth["file"]).read_bytes())
    body = response.json()
    Answer.model_validate(body)
    assert (response.status_code, body["code"], body["data"]["session_id"]) == (200, 0, "s")
    items = {item["item"]: item for item in body["data"]["items"]}
    assert [items[Item.MRZ_LINE_1]["itemstring"], items[Item.MRZ_LINE_2]["itemstring"]] == truth["mrz"]
    for item in items.values():
        box = item["itemcoord"]
        assert box["x"] + box["width"] <= truth["width"]
        assert box["y"] + box["height"] <= truth["height"]
        assert bool(item["coords"]) == (box["width"] > 0)


def test_json_form_and_command_line_answer_alike(service: httpx.Client) -> None:
    path = IMAGES / "contract_sample.jpg"
    picture = base64.b64encode(path.read_bytes()).decode()
    by_json = service.post("/ocr/passport", json={"app_id": "1", "image": picture, "session_id": "s"}).json()
    by_form = ask(service, path.read_bytes()).json()
    by_command = CliRunner().invoke(server.cli.main.app, ["read", str(path), "--format", "jsonl"])
    line = json.loads(by_command.stdout)
    assert by_json == by_form
    assert (line["code"], line["message"]) == (0, "OK")
    assert line["data"] | {"session_id": "s"} == by_json["data"]


def test_the_warm_up_picture_is_read(service: httpx.Client) -> None:
    assert ask(service, warm_up_picture()).json()["code"] == 0


def test_answers_at_the_same_time_belong_to_their_pictures(service: httpx.Client) -> None:
    def number(file: str) -> tuple[str, str]:
        items = ask(service, (IMAGES / file).read_bytes()).json()["data"]["items"]
        return file, items[list(Item).index(Item.MRZ_LINE_2)]["itemstring"]

    files = ["contract_sample.jpg", "uto_photo_rotated90.jpg"] * 2
    truth = {one["file"]: one["mrz"][1] for one in PASSPORTS}
    with ThreadPoolExecutor(len(files)) as threads:
        assert list(threads.map(number, files)) == [(file, truth[file]) for file in files]


class TestNoPassports:
    def test_a_bank_card_is_no_passport(self, service: httpx.Client) -> None:
        assert_fault(ask(service, (IMAGES / "negative_bank_card.jpg").read_bytes()), -9020, session_id="s")

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "BMP", "WEBP", "TIFF"])
    def test_blank_pictures_of_every_accepted_format(self, service: httpx.Client, format: str) -> None:
        assert_fault(ask(service, encoded(format)), -9020)

    def test_one_pixel(self, service: httpx.Client) -> None:
        assert_fault(ask(service, encoded("PNG", size=(1, 1))), -9020)

    @pytest.mark.parametrize("picture", [encoded("GIF", "L"), b"\x00\x00\x00\x0cjP  \r\n\x87\n", b"<svg xmlns='x'/>"])
    def test_formats_that_are_refused(self, service: httpx.Client, picture: bytes) -> None:
        assert_fault(ask(service, picture), -1400)

    @pytest.mark.parametrize(
        "picture",
        [b"no picture", b"\x00" * 5000, encoded("JPEG")[:200], encoded("PNG")[:300], encoded("JPEG")[:2]],
        ids=["text", "zeros", "half a JPEG", "half a PNG", "two bytes"],
    )
    def test_what_cannot_be_decoded(self, service: httpx.Client, picture: bytes) -> None:
        assert_fault(ask(service, picture), -1102)

    def test_a_bomb_of_pixels(self, service: httpx.Client) -> None:
        bomb = bytearray(encoded("PNG"))
        bomb[16:24] = (60_000).to_bytes(4, "big") * 2  # IHDR: width, height
        bomb[29:33] = crc_of_header(bomb)
        assert_fault(ask(service, bytes(bomb)), -1102)


def crc_of_header(png: bytearray) -> bytes:
    return zlib.crc32(png[12:29]).to_bytes(4, "big")


class TestCommandLine:
    def test_annotated_picture_and_table(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(
            server.cli.main.app, ["read", str(IMAGES / "chn_2012_specimen.jpg"), "--annotate", str(tmp_path)]
        )
        assert result.exit_code == 0
        assert PASSPORTS[0]["mrz"][1] in result.stdout
        with Image.open(tmp_path / "chn_2012_specimen.annotated.jpg") as annotated:
            assert annotated.width > 600

    def test_every_failure_has_its_code(self, tmp_path: Path) -> None:
        (tmp_path / "a.jpg").write_bytes(b"")
        (tmp_path / "b.jpg").write_bytes(b"no picture")
        (tmp_path / "c.png").write_bytes(encoded("GIF", "L"))
        (tmp_path / "d.png").write_bytes(encoded("PNG"))
        result = CliRunner().invoke(
            server.cli.main.app, ["read", str(tmp_path), str(tmp_path / "e.jpg"), "--format", "jsonl"]
        )
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert [line["code"] for line in lines] == [-1300, -1102, -1400, -9020, 404]
        assert result.exit_code == 1
