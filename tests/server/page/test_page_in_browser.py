"""The web page in a real browser: what people do with it, in both languages and three sizes."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image

from tests.server.apps import APP, OTHER_APP, OTHER_SECRET_ID, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY
from tests.server.page.conftest import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WHY = "the web page is tried in a browser where the extra `browser` is installed: see CONTRIBUTING.md"
expect = pytest.importorskip("playwright.sync_api", reason=WHY).expect
Axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=WHY).Axe

IMAGES = Path(__file__).parents[2] / "images"
SIZES = {"phone": (320, 640), "tablet": (768, 1024), "desktop": (1280, 800)}
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
RESULT = ".item"
Open = Callable[..., "Page"]


@pytest.fixture
def open_page(chromium: "Browser", service: httpx.Client) -> Iterator[Open]:
    """Opens the page in a context of its own; whatever the page complained of fails the test."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def opened(at: httpx.Client = service, *, size: str = "desktop", language: str = "en", **options: Any) -> "Page":
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=LANGUAGES[language], **options
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.listen()
        visits.append(visit)
        visit.page.goto(f"{at.base_url}/")
        return visit.page

    yield opened
    for context in contexts:
        context.close()
    assert [complaint for visit in visits for complaint in visit.complaints] == []


def specimen(page: "Page", name: str = "differing") -> None:
    page.locator(f"[data-specimen={name}]").click()
    expect(page.locator(RESULT)).to_have_count(15)


def value_of(page: "Page", item: str) -> str:
    return page.locator(f"#item-{item}").input_value()


def sign_in(page: "Page", secret_id: str = SECRET_ID, secret_key: str = SECRET_KEY) -> None:
    page.locator("#secret-id").fill(secret_id)
    page.locator("#secret-key").fill(secret_key)
    page.locator("#secret-key").press("Enter")


class TestLooks:
    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
        self, open_page: Open, size: str, language: str, scheme: str
    ) -> None:
        page = open_page(size=size, language=language, color_scheme=scheme)
        expect(page.locator("#intake")).to_be_visible()
        self.check(page)
        specimen(page)
        self.check(page)

    @staticmethod
    def check(page: "Page") -> None:
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_sign_in_and_refusals_too(self, open_page: Open, signing_service: httpx.Client, language: str) -> None:
        page = open_page(signing_service, size="phone", language=language)
        sign_in(page, secret_key=OTHER_SECRET_KEY)
        expect(page.locator("#sign-in-fault")).not_to_be_empty()
        self.check(page)
        sign_in(page)
        page.locator("#files").set_input_files(IMAGES / "negative_bank_card.jpg")
        expect(page.locator(".failure")).to_be_visible()
        self.check(page)

    def test_it_speaks_the_browsers_language_and_the_other_one_when_asked(self, open_page: Open) -> None:
        page = open_page(language="zh")
        expect(page.locator("#intake-title")).to_have_text("识别护照")
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        specimen(page, "scan")
        page.locator("#language").click()
        expect(page.locator("#intake-title")).to_have_text("Read a passport")
        expect(page.locator("label[for=item-surname]")).to_have_text("Surname")
        assert page.url.endswith("#en")

    def test_on_paper_there_is_nothing_to_press(self, open_page: Open) -> None:
        page = open_page()
        specimen(page)
        page.emulate_media(media="print")
        expect(page.locator("button:visible")).to_have_count(2)  # both values of a contradiction are printed
        expect(page.locator(".both button:visible")).to_have_count(2)
        expect(page.locator(".printed")).to_be_visible()
        expect(page.locator(RESULT).first).to_be_visible()


class TestReading:
    def test_a_picture_that_lies_on_its_side_is_shown_upright(self, open_page: Open) -> None:
        page = open_page()
        specimen(page, "photo")
        box = page.locator("#seen svg").bounding_box()
        assert box is not None
        assert box["width"] > box["height"]
        line = page.locator("polygon.frame").filter(has=page.locator("title", has_text="MRZ line 1")).bounding_box()
        assert line is not None
        assert line["width"] > 5 * line["height"]

    def test_both_values_of_a_contradiction_are_there_and_one_is_chosen(self, open_page: Open) -> None:
        page = open_page()
        specimen(page)
        row = page.locator("[data-item='birth date']")
        expect(row.locator(".badge")).to_have_text("differs")
        choices = row.locator(".both button")
        expect(choices).to_have_count(2)
        assert [choice.locator("span").inner_text() for choice in choices.all()] == ["680311", "880317"]
        choices.nth(1).click()
        assert value_of(page, "birth-date") == "880317"
        expect(row.locator(".badge")).to_have_text("corrected")
        expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".warnings li")).to_contain_text("Compare with the document")
        expect(page.locator(".checks li")).to_have_count(5)

    def test_each_item_that_is_printed_stands_beside_its_crop(self, open_page: Open) -> None:
        page = open_page()
        specimen(page, "scan")
        crops = page.locator(f"{RESULT} .crop")
        expect(crops).to_have_count(15)
        assert all(crop.evaluate("one => one.complete && one.naturalWidth > 5") for crop in crops.all())
        expect(page.locator("#parts .zone")).to_be_visible()
        expect(page.locator("#parts .portrait")).to_be_visible()

    def test_frames_stand_clear_of_what_they_frame(self, open_page: Open) -> None:
        page = open_page()
        with page.expect_response("**/page/readings") as answer:
            specimen(page, "scan")
        places = [item["place"] for item in answer.value.json()["reading"]["items"] if item["place"]]
        frames = page.locator("polygon.frame").evaluate_all("all => all.map(one => one.getAttribute('points'))")
        assert len(places) == len(frames) == 15
        for place, frame in zip(places, frames, strict=True):
            corners = [tuple(map(float, corner.split(","))) for corner in frame.split()]
            for (x, y), (inner_x, inner_y), out in zip(
                corners, place, [(-1, -1), (1, -1), (1, 1), (-1, 1)], strict=True
            ):
                assert (x - inner_x) * out[0] > 1.5
                assert (y - inner_y) * out[1] > 1.5

    def test_several_pictures_are_read_one_after_another(self, open_page: Open) -> None:
        page = open_page()
        files = [
            IMAGES / name for name in ("chn_2012_specimen.jpg", "negative_bank_card.jpg", "chn_1997_specimen.jpg")
        ]
        page.locator("#files").set_input_files(files)
        expect(page.locator("#pictures small")).to_have_text(["Read", "Not read", "Read"])
        assert value_of(page, "passport-number") == "EA1234567"
        page.locator("#pictures .name").nth(1).click()
        expect(page.locator(".failure")).to_contain_text("No passport was found")
        page.locator("#pictures .name").nth(2).click()
        assert value_of(page, "passport-number") == "G60317245"
        page.get_by_role("button", name="Remove all").click()
        expect(page.locator("#reading")).to_be_hidden()

    def test_pictures_are_dropped_and_pasted(self, open_page: Open) -> None:
        page = open_page()
        for event in ("drop", "paste"):
            page.evaluate(
                """async ([kind, path]) => {
                  const blob = await (await fetch(path)).blob();
                  const data = new DataTransfer();
                  data.items.add(new File([blob], `${kind}.jpg`, { type: "image/jpeg" }));
                  const made = kind === "drop" ? new DragEvent("drop", { dataTransfer: data, bubbles: true })
                    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
                  document.body.dispatchEvent(made);
                }""",
                [event, "page/specimens/scan.jpg"],
            )
            expect(page.locator("#result h2")).to_have_text(f"{event}.jpg")

    def test_formats_that_browsers_cannot_show_are_shown_all_the_same(self, open_page: Open, tmp_path: Path) -> None:
        with Image.open(IMAGES / "chn_2012_specimen.jpg") as picture:
            picture.save(tmp_path / "scan.tiff", compression="tiff_deflate")
        page = open_page()
        page.locator("#files").set_input_files(tmp_path / "scan.tiff")
        expect(page.locator(RESULT)).to_have_count(15)
        assert page.locator("#seen image").evaluate("one => one.href.baseVal.startsWith('blob:')")

    def test_a_photo_of_more_than_the_limit_is_made_smaller_first(self, open_page: Open, tmp_path: Path) -> None:
        with Image.open(IMAGES / "chn_2012_specimen.jpg") as picture:
            picture.resize((4000, 2816)).save(tmp_path / "large.bmp")
        assert (tmp_path / "large.bmp").stat().st_size > 30_000_000
        page = open_page()
        with page.expect_response("**/page/readings") as answer:
            page.locator("#files").set_input_files(tmp_path / "large.bmp")
        expect(page.locator(RESULT)).to_have_count(15)
        assert value_of(page, "passport-number") == "EA1234567"
        assert 100_000 < int(answer.value.request.all_headers()["content-length"]) < 6 * 1024 * 1024

    def test_a_large_file_that_is_no_picture_is_told(self, open_page: Open, tmp_path: Path) -> None:
        (tmp_path / "large.tif").write_bytes(b"II*\x00" + bytes(7_000_000))
        page = open_page()
        page.locator("#files").set_input_files(tmp_path / "large.tif")
        expect(page.locator(".failure")).to_contain_text("larger than 6 MB")

    def test_the_camera_shows_a_guide_and_its_photo_is_read(self, open_page: Open) -> None:
        page = open_page(size="phone", permissions=["camera"])
        page.locator("#camera-open").click()
        expect(page.locator("#camera .guide span")).to_be_visible()
        page.locator("#camera .main").click()  # as soon as it is enabled
        expect(page.locator("#camera")).to_be_hidden()
        expect(page.locator(".failure")).to_contain_text("No passport was found")
        assert page.evaluate("document.querySelector('#camera video').srcObject") is None


class TestWorking:
    def test_a_value_is_corrected_taken_back_and_copied(self, open_page: Open) -> None:
        page = open_page(permissions=["clipboard-read", "clipboard-write"])
        specimen(page, "scan")
        place = page.locator("#item-birth-place")
        place.fill("SHANXI")
        row = page.locator("[data-item='birth place']")
        expect(row.locator(".notes")).to_contain_text("read: SHAANXI")
        row.locator(".copy").click()
        assert page.evaluate("navigator.clipboard.readText()") == "SHANXI"
        place.press("Escape")
        assert value_of(page, "birth-place") == "SHAANXI"
        expect(row.locator(".badge")).to_contain_text("sure")

    def test_every_row_is_reached_by_keyboard_and_shows_its_frame(self, open_page: Open) -> None:
        page = open_page()
        specimen(page, "scan")
        page.locator("#item-document-type").focus()
        seen = []
        for _ in range(15):
            seen.append(page.evaluate("document.activeElement.closest('[data-item]').dataset.item"))
            assert page.locator("polygon.here title").text_content()
            page.keyboard.press("ArrowDown")
        assert len(set(seen)) == 15

    def test_tab_leads_from_the_top_to_the_last_item(self, open_page: Open) -> None:
        page = open_page()
        specimen(page, "scan")
        reached = []
        page.locator("#language").focus()
        while "given names" not in reached and len(reached) < 80:
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.closest('[data-item]')?.dataset.item ?? ''"))
        assert len(set(reached) - {""}) == 15

    def test_a_click_on_a_frame_leads_to_its_item(self, open_page: Open) -> None:
        page = open_page()
        specimen(page, "scan")
        page.locator("polygon.frame").filter(has=page.locator("title", has_text="Surname")).click()
        expect(page.locator("#item-surname")).to_be_focused()

    def test_the_picture_is_enlarged_by_keys_and_buttons(self, open_page: Open) -> None:
        page = open_page()
        specimen(page, "scan")
        width = "document.querySelector('#seen svg').clientWidth"
        fitting = page.evaluate(width)
        page.locator("#seen .view").press("+")
        assert page.evaluate(width) > 1.3 * fitting
        page.get_by_role("button", name="Fit").click()
        assert page.evaluate(width) == fitting

    def test_json_and_csv_hold_what_was_corrected(self, open_page: Open) -> None:
        page = open_page()
        specimen(page)
        page.locator("#item-surname").fill("=EVIL()")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download JSON").click()
        (told,) = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        assert told["items"]["surname"] == told["items"]["surname"] | {
            "value": "=EVIL()",
            "corrected": True,
            "read": "ERIKSEN",
        }
        assert told["items"]["birth_date"]["contradiction"] == {"mrz": "680311", "printed": "880317"}
        assert [one["warning"] for one in told["warnings"]] == ["CONTRADICTION"]
        assert len(told["checks"]) == 5
        with page.expect_download() as download:
            page.get_by_role("button", name="Download CSV").click()
        (row,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig")))
        assert (row["surname"], row["passport_number"], row["corrected"]) == ("'=EVIL()", "S92813V26", "surname")
        assert (row["contradictions"], row["warnings"]) == ("birth_date", "CONTRADICTION")


class TestSigningIn:
    def test_once_with_a_key_that_stays_nowhere(self, open_page: Open, signing_service: httpx.Client) -> None:
        page = open_page(signing_service)
        sign_in(page)
        expect(page.locator("#app")).to_have_text(f"App {APP}")
        specimen(page, "scan")
        assert page.locator("#secret-key").input_value() == ""
        kept = page.evaluate(
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
        )
        assert json.loads(kept) == [{}, {}, "", None]
        (cookie,) = page.context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
        page.reload()
        expect(page.locator("#intake")).to_be_visible()

    def test_who_signs_out_leaves_nothing_for_the_next(self, open_page: Open, signing_service: httpx.Client) -> None:
        page = open_page(signing_service)
        sign_in(page)
        specimen(page, "scan")
        page.locator("#sign-out").click()
        expect(page.locator("#sign-in")).to_be_visible()
        expect(page.locator("#work")).to_be_hidden()
        assert "OUYANG" not in page.content()
        sign_in(page, OTHER_SECRET_ID, OTHER_SECRET_KEY)
        expect(page.locator("#app")).to_have_text(f"App {OTHER_APP}")
        expect(page.locator("#reading")).to_be_hidden()

    def test_a_session_that_ended_hides_the_work_until_the_same_app_is_back(
        self, open_page: Open, signing_service: httpx.Client
    ) -> None:
        page = open_page(signing_service)
        sign_in(page)
        specimen(page, "scan")
        page.context.clear_cookies()
        page.locator("#files").set_input_files(IMAGES / "chn_1997_specimen.jpg")
        expect(page.locator("#sign-in-fault")).to_contain_text("Your session has ended")
        expect(page.locator("#work")).to_be_hidden()
        sign_in(page)
        expect(page.locator("#pictures small")).to_have_text(["Read", "Read"])
