from __future__ import annotations

from pytest_django import Settings

from shared.pages.frame import frame_of


def test_it_marks_the_entry_of_this_page(settings: Settings) -> None:
    settings.NAVIGATION = (("Datasets", "/"), ("API", "/v1"))

    frame = frame_of("/v1")

    assert [(e.label, e.current) for e in frame.navigation] == [
        ("Datasets", False),
        ("API", True),
    ]


def test_it_names_the_contact(settings: Settings) -> None:
    settings.CONTACT_NAME = "Data team"
    settings.CONTACT_EMAIL = "data@example.org"
    settings.CONTACT_URL = ""

    contact = frame_of("/").contact

    assert contact
    assert (contact.label, contact.url) == ("Data team", "mailto:data@example.org")


def test_it_prefers_the_page_of_the_contact(settings: Settings) -> None:
    settings.CONTACT_NAME = ""
    settings.CONTACT_EMAIL = "data@example.org"
    settings.CONTACT_URL = "https://example.org/contact"

    contact = frame_of("/").contact

    assert contact
    assert contact.label == contact.url == "https://example.org/contact"


def test_it_does_without_a_contact(settings: Settings) -> None:
    settings.CONTACT_EMAIL = settings.CONTACT_URL = ""

    assert frame_of("/").contact is None


def test_it_has_a_name_without_settings(settings: Settings) -> None:
    settings.SERVICE_NAME = ""

    assert frame_of("/").name == "Kade"
