"""What a document describes, gathered once for all rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .fitness import unfit_reason
from .nodes import Node
from .operations import (
    Operation,
    Parameter,
    PathItem,
    operations_of,
    parameters_of,
    path_items,
)
from .parts import Part, parts_of
from .pointers import Keys
from .references import references_in
from .schemas import properties_of, schemas_of
from .source import Source
from .texts import texts_in


@dataclass(frozen=True, slots=True)
class Response:
    """A response as an operation has it under a status.

    `beside_success` tells that the operation has a 2xx or 3xx response as well.
    """

    status: str
    node: Node
    beside_success: bool

    @property
    def is_success(self) -> bool:
        """Tell whether it is a 2xx or 3xx; `default` is one when it stands alone."""
        if self.status == "default":
            return not self.beside_success
        return self.status[:1] in ("2", "3")

    @property
    def is_error(self) -> bool:
        """Tell whether it is a 4xx or 5xx; `default` is one beside a success."""
        if self.status == "default":
            return self.beside_success
        return self.status[:1] in ("4", "5")

    @property
    def is_exact(self) -> bool:
        """Tell whether it is for one status, not for a range or for the others."""
        return self.status.isdecimal()


class Description(Source):
    """A document with its operations, responses, parts and schemas."""

    def __init__(self, content: Any) -> None:
        super().__init__(content)

    @cached_property
    def unfit_reason(self) -> str:
        """Why the document cannot be looked through, if it cannot."""
        return unfit_reason(self.root.value)

    @cached_property
    def path_items(self) -> tuple[PathItem, ...]:
        """Every path item, for each path that has it."""
        return tuple(path_items(self))

    @cached_property
    def distinct_items(self) -> tuple[PathItem, ...]:
        """Every path item once, with the first path that has it."""
        found: dict[Keys, PathItem] = {}
        for item in self.path_items:
            found.setdefault(item.node.keys, item)
        return tuple(found.values())

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """Every operation, once."""
        found: dict[Keys, Operation] = {}
        for item in self.distinct_items:
            for operation in operations_of(self, item):
                found.setdefault(operation.node.keys, operation)
        return tuple(found.values())

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """Every response of an operation, once for each status."""
        found: dict[tuple[Keys, str, bool], Response] = {}
        for operation in self.operations:
            for response in self.responses_of(operation):
                key = (response.node.keys, response.status, response.beside_success)
                found.setdefault(key, response)
        return tuple(found.values())

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every parameter, header, body, response and media type, once."""
        return tuple(parts_of(self, self.distinct_items, self.operations))

    @cached_property
    def schemas(self) -> tuple[Node, ...]:
        """Every schema, once."""
        return tuple(schemas_of(self, self.parts))

    @cached_property
    def properties(self) -> tuple[tuple[str, Node], ...]:
        """Every property of a schema with its name, references not followed."""
        return tuple(properties_of(self.schemas))

    @cached_property
    def reference_nodes(self) -> tuple[Node, ...]:
        """Every `$ref`."""
        return tuple(references_in(self.root))

    @cached_property
    def texts(self) -> tuple[Node, ...]:
        """Every title and description that is a text."""
        return tuple(texts_in(self.root))

    def responses_of(self, operation: Operation) -> Iterator[Response]:
        """Yield the responses of an operation."""
        listed = self.at(operation.node, "responses")
        if listed is None or not isinstance(listed.value, dict):
            return
        succeeds = any(str(status)[:1] in ("2", "3") for status in listed.value)
        for status, node in self.each(listed):
            if isinstance(node.value, dict) and not str(status).startswith("x-"):
                yield Response(str(status), node, succeeds)

    def parameters_of(self, operation: Operation) -> Iterator[Parameter]:
        """Yield the parameters of an operation, those of its path item first."""
        return parameters_of(self, operation)
