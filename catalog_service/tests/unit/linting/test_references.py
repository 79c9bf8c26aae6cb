"""References within a document, followed to their end."""

from __future__ import annotations

import pytest

from catalog_service.linting import lint
from catalog_service.linting.nodes import Node
from catalog_service.linting.references import References

DOCUMENT = {
    "a": {"$ref": "#/b"},
    "b": {"$ref": "#/c~1d/%7Be%7D"},
    "c/d": {"{e}": {"f~": [10, 20]}},
    "loop": {"$ref": "#/pool"},
    "pool": {"$ref": "#/loop"},
    "to loop": {"$ref": "#/loop"},
    "lost": {"$ref": "#/nowhere/at/all"},
    "out": {"$ref": "https://example.org/#/a"},
}


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [
        ("#/a", "/c~1d/{e}"),
        ("#/c~1d/%7Be%7D/f~0/1", "/c~1d/{e}/f~0/1"),
        ("#", ""),
        ("#/c~1d/%7Be%7D/f~0/01", None),
        ("#/c~1d/%7Be%7D/f~0/2", None),
        ("#/loop", None),
        ("#/to%20loop", None),
        ("#/lost", None),
        ("#/out", None),
        ("a.json", None),
        ("#a", None),
    ],
)
def test_it_follows_a_reference(reference: str, pointer: str | None) -> None:
    end = References(Node(DOCUMENT)).end_of(reference)

    assert (None if end is None else end.pointer) == pointer


def test_it_tells_circles_from_dead_ends() -> None:
    references = References(Node(DOCUMENT))

    circular = {name for name in DOCUMENT if references.is_circular(f"#/{name}")}

    assert circular == {"loop", "pool", "to loop"}


def test_it_reports_a_reference_where_it_stands() -> None:
    found = [f for f in lint(DOCUMENT).findings if f.rule == "invalid-ref"]

    assert {f.pointer for f in found} == {
        "/loop/$ref", "/pool/$ref", "/to loop/$ref", "/lost/$ref",
    }  # fmt: skip


def test_it_takes_no_data_for_a_reference() -> None:
    names = {"properties": {"example": {"$ref": "#/x"}, "$ref": {"type": "string"}}}
    document = {"example": {"$ref": "#/x"}, "components": {"schemas": {"A": names}}}

    found = [f.pointer for f in lint(document).findings if f.rule == "invalid-ref"]

    assert found == ["/components/schemas/A/properties/example/$ref"]
