"""What people do with the house, from the first page to a working request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .stack import Houses

Open = Callable[..., Page]
Keep = Callable[[Page, str], Path]

DATA_PAGES = ("/", "/?q=nothing", "/datasets/quayTrees", "/v1/quayTrees")
CATALOG_PAGES = ("/", "/?q=nothing", "/sources", "/rules", "/v1")


def test_it_leads_from_a_dataset_to_its_file(
    open_page: Open, screenshot: Keep, houses: Houses
) -> None:
    page = open_page(houses.data)
    screenshot(page, "data-front")
    page.get_by_role("link", name="quayTrees", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("quayTrees")
    screenshot(page, "data-dataset")

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()

    lines = download.value.path().read_text("utf-8").splitlines()
    assert len(lines) == 1 + 60
    assert "Elm 1" in lines[1]


def test_it_finds_a_dataset(open_page: Open, houses: Houses) -> None:
    page = open_page(houses.data)

    page.get_by_role("searchbox").fill("QUAY")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_role("heading", level=2)).to_have_text("1 dataset with “QUAY”")


def test_it_tries_the_api_out_where_it_is_served(
    open_page: Open, screenshot: Keep, houses: Houses
) -> None:
    page = open_page(f"{houses.data}/datasets/quayTrees")

    page.get_by_role("link", name="Read and try the API").click()

    _expect_rows_of_trying(page)
    screenshot(page, "data-swagger")


def test_it_leads_from_the_catalogue_to_an_answer(
    open_page: Open, screenshot: Keep, houses: Houses
) -> None:
    page = open_page(houses.catalog)
    screenshot(page, "catalog-front")
    page.get_by_role("searchbox").fill("quayTrees")
    page.get_by_role("button", name="Search").click()
    screenshot(page, "catalog-search")

    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    screenshot(page, "catalog-api")
    page.get_by_role("link", name="Swagger UI").click()

    _expect_rows_of_trying(page)
    screenshot(page, "catalog-swagger")


@pytest.mark.parametrize("script", [True, False])
def test_it_leads_from_a_search_to_rules_and_changes(
    open_page: Open, screenshot: Keep, houses: Houses, script: bool
) -> None:
    page = open_page(houses.catalog, java_script_enabled=script)
    heading = page.get_by_role("heading", level=1)
    page.get_by_role("searchbox").fill("drawbridges")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Drawbridges").first.click()
    expect(heading).to_have_text("Drawbridges")

    page.get_by_role("link", name="findings").click()
    expect(heading).to_contain_text("API Design Rules")
    screenshot(page, "catalog-findings")
    page.get_by_role("link", name="nlgov:paths-no-trailing-slash").first.click()
    expect(heading).to_have_text("Rules")
    assert page.url.endswith("/rules#nlgov:paths-no-trailing-slash")
    page.go_back()
    page.get_by_role("link", name="The API", exact=True).click()

    page.get_by_role("link", name="Changes", exact=True).first.click()
    expect(heading).to_have_text("Changes of Drawbridges")
    breaking = page.get_by_role("region", name="Breaking")
    expect(breaking).to_contain_text("DELETE /drawbridges/")
    screenshot(page, "catalog-changes")


def test_it_catalogues_itself(open_page: Open, houses: Houses) -> None:
    page = open_page(houses.catalog)

    expect(page.get_by_role("main")).to_contain_text("Kade catalogue")


def test_it_shows_swagger_in_the_dark(
    open_page: Open, screenshot: Keep, houses: Houses
) -> None:
    page = open_page(f"{houses.data}/v1/quayTrees", color_scheme="dark")

    page.locator(".opblock").first.wait_for()

    assert "dark-mode" in (page.locator("html").get_attribute("class") or "")
    screenshot(page, "data-swagger-dark")


def test_it_ignores_another_document_in_the_address(
    open_page: Open, houses: Houses
) -> None:
    elsewhere = "?url=https://elsewhere.example/openapi.json"

    page = open_page(f"{houses.data}/v1/quayTrees{elsewhere}")

    page.locator(".opblock").first.wait_for()


@pytest.mark.parametrize("path", DATA_PAGES)
def test_it_is_a_whole_page_of_the_data_service(
    open_page: Open, houses: Houses, path: str
) -> None:
    _expect_a_whole_page(open_page(f"{houses.data}{path}"))


@pytest.mark.parametrize("path", CATALOG_PAGES)
def test_it_is_a_whole_page_of_the_catalogue(
    open_page: Open, houses: Houses, path: str
) -> None:
    _expect_a_whole_page(open_page(f"{houses.catalog}{path}"))


@pytest.mark.parametrize("path", DATA_PAGES)
def test_it_fits_a_narrow_screen_of_the_data_service(
    open_page: Open, screenshot: Keep, houses: Houses, path: str
) -> None:
    page = open_page(f"{houses.data}{path}", width=320)

    _expect_no_sideways_scrolling(page)
    screenshot(page, f"data-narrow-{DATA_PAGES.index(path)}")


@pytest.mark.parametrize("path", CATALOG_PAGES)
def test_it_fits_a_narrow_screen_of_the_catalogue(
    open_page: Open, screenshot: Keep, houses: Houses, path: str
) -> None:
    page = open_page(f"{houses.catalog}{path}", width=320)

    _expect_no_sideways_scrolling(page)
    screenshot(page, f"catalog-narrow-{CATALOG_PAGES.index(path)}")


def test_it_needs_no_javascript(open_page: Open, houses: Houses) -> None:
    page = open_page(houses.data, java_script_enabled=False)

    page.get_by_role("searchbox").fill("quay")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="quayTrees", exact=True).click()

    expect(page.get_by_role("cell", name="Elm 1", exact=True)).to_be_visible()


@pytest.mark.parametrize("house", ["data", "catalog"])
def test_it_works_by_keyboard_alone(
    open_page: Open, houses: Houses, house: str
) -> None:
    page = open_page(getattr(houses, house))

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert _outline_width(page) >= 2
    page.keyboard.type("quay")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{getattr(houses, house)}/?q=quay")


def _expect_rows_of_trying(page: Page) -> None:
    """Open the list of trees in Swagger UI, and execute it as it is."""
    operation = page.locator(".opblock-get").filter(
        has=page.locator(".opblock-summary-path[data-path$='/trees']")
    )
    operation.locator(".opblock-summary-control").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer.locator(".response-col_description")).to_contain_text('"Elm 1"')


def _expect_a_whole_page(page: Page) -> None:
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.title()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("meta[name=description]").get_attribute("content")
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)


def _expect_no_sideways_scrolling(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


def _outline_width(page: Page) -> float:
    style = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
    return float(page.evaluate(style))
