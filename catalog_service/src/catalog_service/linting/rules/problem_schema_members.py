"""A problem has a status, a title and a detail (RFC 9457 §3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..nodes import Node
from ..problems import PROBLEM_TYPES
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence

_MEMBERS = ("status", "title", "detail")


def check(description: Description) -> Iterator[Breach]:
    """Yield schemas of problems that lack one, with those of `allOf` counted in.

    The official linter is content when a schema has no properties of its own.
    """
    for response in description.responses:
        content = (
            description.at(response.node, "content") if response.is_error else None
        )
        for media_type, node in description.each(content):
            schema = description.at(node, "schema")
            if media_type in PROBLEM_TYPES and schema is not None:
                yield from _breaches(
                    description, schema, is_range=not response.is_exact
                )


def _breaches(
    description: Description, schema: Node, *, is_range: bool
) -> Iterator[Breach]:
    missing = [
        name for name in _MEMBERS if name not in _properties(description, schema)
    ]
    if missing:
        own = schema.child("properties")
        place = own if own is not None else schema
        yield Breach(
            place, {"names": ", ".join(missing)}, stricter=own is None or is_range
        )


def _properties(description: Description, schema: Node) -> set[str]:
    """Gather the names of a schema and of what it is composed of."""
    names: set[str] = set()
    waiting, seen = [schema], set()
    while waiting:
        node = waiting.pop()
        if node.keys in seen:
            continue
        seen.add(node.keys)
        own = description.at(node, "properties")
        names.update(own.mapping if own is not None else ())
        for keyword in ("allOf", "anyOf", "oneOf"):
            waiting.extend(
                part for _, part in description.each(description.at(node, keyword))
            )
    return names


RULE = Rule(
    id="nlgov:problem-schema-members",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl="In het schema van de fout ontbreekt: {names}.",
        en="The schema of the error lacks: {names}.",
    ),
    link=design_rule("error-handling/problem-details"),
    good={
        "paths": {
            "/trees": {
                "get": {
                    "responses": {
                        "404": {
                            "content": {
                                "application/problem+json": {
                                    "schema": {
                                        "properties": {
                                            "status": {},
                                            "title": {},
                                            "detail": {},
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    },
    bad={
        "paths": {
            "/trees": {
                "get": {
                    "responses": {
                        "404": {
                            "content": {
                                "application/problem+json": {
                                    "schema": {"properties": {"title": {}}}
                                }
                            }
                        }
                    }
                }
            }
        }
    },
    check=check,
)
