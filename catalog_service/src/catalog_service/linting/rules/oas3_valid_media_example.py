"""An example of a parameter, header or body fits its schema."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..matching import matcher_of
from ..nodes import Node
from ..parts import Part, PartKind
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the first fault of each example that does not fit."""
    if not description.family.startswith("3"):
        return
    matcher = matcher_of(description)
    for part in description.parts:
        schema = part.node.child("schema")
        if schema is None or not isinstance(schema.value, dict):
            continue
        for example in _examples(description, part.node):
            fault = (
                None
                if _is_written_out(part, example)
                else matcher.first_fault(schema, example)
            )
            if fault is not None:
                yield Breach(fault.node, fault.words, fault.sentence)


def _examples(description: Description, node: Node) -> Iterator[Node]:
    """`example` and `examples` exclude each other (OpenAPI 3.1 §4.8.14)."""
    example = node.child("example")
    if example is not None:
        yield example
        return
    for _, named in description.each(description.at(node, "examples")):
        value = named.child("value") if isinstance(named.value, dict) else None
        if value is not None:
            yield value


def _is_written_out(part: Part, example: Node) -> bool:
    """Tell whether it is the text of another format, such as XML."""
    media_type = str(part.node.keys[-1])
    is_other = part.kind is PartKind.MEDIA_TYPE and "json" not in media_type
    return is_other and isinstance(example.value, str)


RULE = Rule(
    id="oas3-valid-media-example",
    severities=everywhere(),
    sentence=Sentence(
        nl="Het voorbeeld past niet bij het schema.",
        en="The example does not fit the schema.",
    ),
    link=specification("media-type-object"),
    good={
        "openapi": "3.0.3",
        "components": {
            "parameters": {"Page": {"schema": {"type": "integer"}, "example": 1}}
        },
    },
    bad={
        "openapi": "3.0.3",
        "components": {
            "parameters": {"Page": {"schema": {"type": "integer"}, "example": "one"}}
        },
    },
    check=check,
)
