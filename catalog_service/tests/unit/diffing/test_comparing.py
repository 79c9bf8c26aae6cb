"""The walk through two documents."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.diffing import Level, Place, compare, is_breaking

from .assertions import TODAY, assert_same, ids
from .factories import (
    FINE,
    NUMBER,
    TEXT,
    document,
    giving,
    objects,
    operation,
    parameter,
    refer,
    schemas,
    sending,
)

BRIDGE = objects(["id"], id=NUMBER, name=TEXT)


def test_it_lists_the_worst_first_and_always_alike() -> None:
    old = document(
        {"/a": operation(tags=["x"]), "/b": operation(), "/c": operation()},
        servers=[{"url": "https://a.test"}],
    )
    new = document({"/c": operation(), "/a": operation("post")})

    changes = compare(old, new)

    assert [(change.level, change.path) for change in changes] == [
        (Level.BREAKING, "/a"),
        (Level.BREAKING, "/b"),
        (Level.WARNING, ""),
        (Level.INFO, "/a"),
    ]
    assert changes == compare(old, new)
    assert is_breaking(changes)


def test_it_finds_a_removed_operation_and_property() -> None:
    old = giving(BRIDGE)
    old["paths"]["/bridges"]["delete"] = {"responses": FINE}

    first, second = compare(old, giving(objects(name=TEXT)))

    assert (first.id, first.method) == ("operation-removed", "DELETE")
    assert first.pointer_from == "/paths/~1bridges/delete"
    assert (second.id, second.place) == (
        "response-required-property-removed",
        Place.RESPONSE,
    )
    assert second.pointer_from.endswith(
        "/200/content/application~1json/schema/properties/id"
    )


def test_it_finds_nothing_from_a_document_to_itself() -> None:
    assert compare(giving(BRIDGE), giving(BRIDGE)) == ()


def test_it_merges_the_parameters_of_the_path() -> None:
    apart = {**operation(), "parameters": [parameter()]}

    assert_same(
        document({"/a": apart}), document({"/a": operation(parameters=[parameter()])})
    )


def test_it_lets_an_operation_overrule_its_path() -> None:
    path = {
        **operation(parameters=[parameter(NUMBER)]),
        "parameters": [parameter(TEXT)],
    }

    assert_same(
        document({"/a": path}),
        document({"/a": operation(parameters=[parameter(NUMBER)])}),
    )


def test_it_ignores_the_case_of_headers() -> None:
    old, new = (
        document(
            {"/a": operation(parameters=[parameter(name=name, **{"in": "header"})])}
        )
        for name in ("X-Key", "x-key")
    )

    assert_same(old, new)


@pytest.mark.parametrize(
    "holder", ["pathItems", "requestBodies", "responses", "parameters"]
)
def test_it_follows_every_reference(holder: str) -> None:
    def made(schema: Any, *, refers: bool) -> Any:
        content = {"content": {"application/json": {"schema": schema}}}
        part = {
            "pathItems": operation("post", requestBody=content),
            "requestBodies": content,
            "responses": content,
            "parameters": parameter(schema),
        }[holder]
        one = {"$ref": f"#/components/{holder}/One"} if refers else part
        item = {
            "pathItems": one,
            "requestBodies": operation("post", requestBody=one),
            "responses": operation("post", responses={"200": one}),
            "parameters": operation("post", parameters=[one]),
        }[holder]
        return document({"/a": item}, components={holder: {"One": part}})

    assert_same(made(TEXT, refers=True), made(TEXT, refers=False))
    changes = compare(made(TEXT, refers=True), made(NUMBER, refers=True))
    assert [change.id.partition("-")[2] for change in changes] == ["type-changed"]
    assert changes[0].pointer_to.startswith(f"/components/{holder}/One/")


def test_it_compares_headers() -> None:
    def having(schema: Any) -> Any:
        headers = {"X-Total": {"schema": schema}}
        return document({"/a": operation(responses={"200": {"headers": headers}})})

    (change,) = compare(having(NUMBER), having(TEXT))

    assert change.sentence == (
        "Header 'X-Total' of response 200 is of another type: integer became string."
    )


def test_it_only_informs_of_what_promises_nothing() -> None:
    old = document({"/a": operation(**{"x-stability-level": "alpha"})})
    new = document(
        {
            "/a": operation(
                parameters=[parameter(required=True)], **{"x-stability-level": "alpha"}
            )
        }
    )

    (change,) = compare(old, new)

    assert (change.id, change.level) == ("required-parameter-added", Level.INFO)


def test_it_turns_webhooks_round() -> None:
    def calling(schema: Any) -> Any:
        body = {"content": {"application/json": {"schema": schema}}}
        return document(webhooks={"opened": operation("post", requestBody=body)})

    (change,) = compare(calling(BRIDGE), calling(objects(name=TEXT)))

    assert (change.id, change.path) == (
        "response-required-property-removed",
        "webhook:opened",
    )


def test_it_knows_operations_of_3_2() -> None:
    found = {"responses": FINE}
    old = document({"/a": {"query": found, "additionalOperations": {"LINK": found}}})

    changes = compare(old, document({"/a": operation()}))

    assert [change.method for change in changes] == ["LINK", "QUERY", "GET"]


def test_it_compares_media_types_apart_from_case_and_parameters() -> None:
    old, new = "Application/JSON; charset=utf-8", "application/json"

    assert_same(sending(BRIDGE, old), sending(BRIDGE, new))


def test_it_looks_into_a_media_type_that_was_specialised() -> None:
    old = giving(BRIDGE)
    new = giving(objects(name=TEXT), "application/hal+json")

    assert ids(old, new) == [
        "response-required-property-removed",
        "response-media-type-specialised",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [{"a": []}], ["login-required"]),
        ([], [{"a": []}, {}], []),
        ([{}, {"a": []}], [{"a": []}], ["login-required"]),
        ([{"a": []}], [], ["login-lifted"]),
        ([{"a": []}], [{"a": [], "b": []}], ["login-way-removed", "login-way-added"]),
        ([{"a": [], "b": []}], [{"a": []}], ["login-way-added"]),
        ([{"a": ["read"]}], [{"a": ["read", "write"]}], ["scope-added"]),
        ([{"a": ["read"]}], [{"a": []}], ["scope-removed"]),
        ([{"a": ["read"]}, {"a": ["own"]}], [{"a": ["own"]}, {"a": ["read"]}], []),
        ([{"a": ["read"]}], [{"a": ["read"]}, {"a": ["own"]}], ["login-way-added"]),
        ([{"a": ["read"]}, {"a": ["own"]}], [{"a": ["own"]}], ["scope-added"]),
    ],
)
def test_it_weighs_logins(old: Any, new: Any, expected: list[str]) -> None:
    def secured(ways: Any) -> Any:
        return document({"/a": operation()}, security=ways)

    assert [
        name
        for name in ids(secured(old), secured(new))
        if "way-added" not in name or name in expected
    ] == expected


def test_it_finds_a_login_for_the_whole_document() -> None:
    old = document({"/a": operation()})

    (change,) = compare(old, {**old, "security": [{"key": []}]})

    assert (change.id, change.path, change.pointer_to) == (
        "login-required",
        "/a",
        "/security",
    )


def test_it_compares_shared_parts_that_changed_only_where_they_are_used() -> None:
    old = sending(refer("A"), components=schemas(A=BRIDGE, B=TEXT))
    new = sending(refer("A"), components=schemas(A=BRIDGE, B=NUMBER))

    assert ids(old, new) == []


def test_it_takes_the_day_of_a_sunset_from_its_caller() -> None:
    ending = operation(deprecated=True, **{"x-sunset": "2026-01-02T00:00:00Z"})
    old, new = document({"/a": ending}), document()

    assert ids(old, new) == ["operation-removed-before-sunset"]
    (later,) = compare(old, new, today=TODAY.replace(year=2027))
    assert later.id == "operation-removed-as-announced"


def test_it_looks_into_the_content_of_a_parameter() -> None:
    def having(schema: Any) -> Any:
        one = {"name": "q", "in": "query", "content": {"application/json": schema}}
        return document({"/a": operation(parameters=[one])})

    changes = ids(having({"schema": NUMBER}), having({"schema": TEXT}))

    assert changes == ["request-type-changed"]
