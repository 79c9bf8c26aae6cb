"""A schema as what it demands, however it is spelled.

References, ``allOf``, the three spellings of "or null", the two spellings of an
exclusive bound and a union of one member all disappear here, so that two schemas
that mean the same give equal views (OpenAPI 3.0.4 and 3.1.1, "Schema Object").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from catalog_service.diffing.bounds import BOUNDING, Bound, bounds_of, tightest
from catalog_service.diffing.nodes import Document, Node, canonical, reference_of

Parts = tuple[Node, ...]
"""A schema as the nodes that all apply; their pointers identify it."""

UNIONS = ("oneOf", "anyOf")
PLAIN = (
    "format",
    "pattern",
    "const",
    "default",
    "uniqueItems",
    "multipleOf",
    "contentEncoding",
    "contentMediaType",
    "discriminator",
    "dependentRequired",
    "x-extensible-enum",
    "x-sunset",
)
NOTHING = "false"
"""The keyword of the schema ``false``, which no value satisfies."""
FLAGS = ("readOnly", "writeOnly", "deprecated")
INSIDE = (
    "items",
    "additionalProperties",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
)
INSIDE_BY_NAME = ("patternProperties", "dependentSchemas")
_COMBINING = frozenset(("allOf", *UNIONS))
_PLAIN = frozenset(PLAIN)
_FLAGS = frozenset(FLAGS)
_INSIDE = frozenset(INSIDE)
_HOLDING = frozenset((*INSIDE, *INSIDE_BY_NAME, "prefixItems"))
_NO_NAMES: frozenset[str] = frozenset()


class Schema(NamedTuple):
    """The demands of one schema.

    ``types`` is without null and empty when any type will do. ``inside`` holds the
    schemas of keywords such as items and contains, by keyword or, where there may
    be several, by ``keyword/name``. ``members`` are the parts of an ``allOf``,
    which count in the view already. ``lone`` tells that the schema was written as a
    union of one. ``opaque`` is the text of a reference that leads out of the
    document.
    """

    pointer: str
    component: str
    title: str
    types: frozenset[str]
    nullable: bool
    keywords: Mapping[str, object]
    bounds: Mapping[str, Bound]
    enum: Mapping[str, object] | None
    required: frozenset[str]
    properties: Mapping[str, Parts]
    inside: Mapping[str, Parts]
    unions: Mapping[str, tuple[Parts, ...]]
    members: tuple[Parts, ...]
    lone: bool = False
    opaque: str = ""

    @property
    def name(self) -> str:
        """Give the name of the component, or the title; empty when it has neither."""
        return self.component or self.title

    @property
    def is_anything(self) -> bool:
        """Tell whether every value satisfies it."""
        demands = (self.types, self.bounds, self.required, self.properties)
        others = (self.inside, self.unions, self.members, self.opaque)
        plain = set(self.keywords) - {"default", *FLAGS}
        return not any((*demands, *others, plain)) and self.enum is None


class Views:
    """The views of the schemas of one document, each made once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._views: dict[tuple[str, ...], Schema] = {}

    def view(self, parts: Parts) -> Schema:
        """Give the demands that a value must meet to satisfy all parts."""
        key = tuple(part.pointer for part in parts)
        found = self._views.get(key)
        if found is None:
            gathered = _Gathering(self._document)
            gathered.add(parts)
            found = self._views[key] = gathered.schema(parts)
        return found

    def resolve(self, parts: Parts) -> Parts:
        """Give what the parts refer to, but for those that demand more beside it."""
        found = []
        for part in parts:
            target = self._document.follow(part)
            beside = target.pointer != part.pointer and _demands_beside(part)
            more = beside and not self._document.ignores_siblings
            found.append(part if more else target)
        return tuple(found)

    def knows(self, name: str) -> bool:
        """Tell whether the document has a component schema of this name."""
        root = self._document.root
        places = (root.child("components").child("schemas"), root.child("definitions"))
        return any(place.has(name) for place in places)


class _Gathering:
    """The nodes whose keywords apply to one schema, and how they add up."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes: list[Node] = []
        self._seen: set[str] = set()
        self._unions: dict[str, tuple[Parts, ...]] = {}
        self._members: list[Parts] = []
        self._null = False
        self._opaque = ""
        self._lone = False

    def add(self, parts: Parts) -> None:
        waiting = list(reversed(parts))
        while waiting:
            node = waiting.pop()
            target = self._document.follow(node)
            beside = target.pointer != node.pointer and _demands_beside(node)
            if beside and not self._document.ignores_siblings:
                waiting.extend(reversed(self._take(node)))
            if target.pointer not in self._seen:
                waiting.extend(reversed(self._take(target)))

    def _take(self, node: Node) -> list[Node]:
        self._seen.add(node.pointer)
        self._nodes.append(node)
        if "$ref" in node.mapping:
            self._note_opaque(node)
        if not _COMBINING.intersection(node.mapping):
            return []
        members = list(node.child("allOf").elements())
        self._members += [(member,) for member in members]
        return members + [
            member for union in UNIONS for member in self._alternatives(node, union)
        ]

    def _note_opaque(self, node: Node) -> None:
        reference = reference_of(node)
        if reference and self._document.follow(node).pointer == node.pointer:
            self._opaque = self._opaque or reference

    def _alternatives(self, node: Node, union: str) -> list[Node]:
        """Keep the members of a union; give the only one that is not null."""
        members = list(node.child(union).elements())
        others = [one for one in members if not _is_null(self._document.follow(one))]
        self._null = self._null or len(others) < len(members)
        if len(others) == 1:
            self._lone = True
            return others
        if others and union not in self._unions:
            self._unions[union] = tuple((member,) for member in others)
        return []

    def schema(self, parts: Parts) -> Schema:
        nodes = self._nodes
        written = frozenset().union(*(node.mapping for node in nodes))
        enum, null_in_enum = _enum(nodes) if "enum" in written else (None, False)
        properties = _by_name(nodes, "properties") if "properties" in written else {}
        inside = {} if _HOLDING.isdisjoint(written) else _inside(nodes)
        first = self._document.follow(parts[0])
        types = _types(nodes) or _implied(properties, inside)
        return Schema(
            pointer=first.pointer,
            component=_component(parts, first),
            title=first.child("title").text,
            types=types,
            nullable=self._null or _nullable(nodes, null_in_enum=null_in_enum),
            keywords=_plain(nodes),
            bounds={} if BOUNDING.isdisjoint(written) else _bounds(nodes),
            enum=enum,
            required=_required(nodes) if "required" in written else _NO_NAMES,
            properties=properties,
            inside=inside,
            unions=self._unions,
            members=tuple(self._members),
            lone=self._lone,
            opaque=self._opaque,
        )


def _demands_beside(node: Node) -> bool:
    return bool(set(node.mapping) - {"$ref", "description", "summary", "title"})


def _is_null(node: Node) -> bool:
    types = node.mapping.get("type")
    if types in ("null", ["null"]):
        return True
    return node.mapping.get("enum") == [None] or (
        "const" in node.mapping and node.mapping["const"] is None
    )


def _component(parts: Parts, first: Node) -> str:
    """Give the name of the component that the schema is; empty when it is none."""
    head, _, last = first.pointer.rpartition("/")
    known = head in ("/components/schemas", "/definitions")
    return last if known and len(parts) == 1 else ""


def _own_types(node: Node) -> frozenset[str]:
    kind = node.mapping.get("type")
    if isinstance(kind, str):
        return frozenset((kind,))
    return frozenset(node.texts("type")) if kind else _NO_NAMES


def _types(nodes: list[Node]) -> frozenset[str]:
    """Give the types that all nodes allow; an integer is a number too."""
    allowed: frozenset[str] = frozenset()
    for node in nodes:
        own = _own_types(node) - {"null"}
        if allowed and own:
            both = allowed & own
            narrower = "integer" in allowed | own and "number" in allowed | own
            own = both | {"integer"} if narrower else both or own
        allowed = own or allowed
    return allowed


def _implied(
    properties: Mapping[str, Parts], inside: Mapping[str, Parts]
) -> frozenset[str]:
    """Give the type that the author meant where the schema names none."""
    if properties:
        return frozenset({"object"})
    return frozenset({"array"} if "items" in inside else ())


def _nullable(nodes: list[Node], *, null_in_enum: bool) -> bool:
    """Tell whether null is allowed outright.

    ``nullable: true`` beside an ``allOf`` counts, although the members may forbid
    null: that is what its authors mean by it (OpenAPI 3.0.3 clarified it away).
    """
    if _says_null(nodes[0]):
        return True
    typed = [node for node in nodes if _own_types(node)]
    if not typed:
        return null_in_enum
    return all(_says_null(node) or "null" in _own_types(node) for node in typed)


def _says_null(node: Node) -> bool:
    return node.says("nullable") or node.says("x-nullable")


def _enum(nodes: list[Node]) -> tuple[dict[str, object] | None, bool]:
    """Give the values that all nodes allow, without null, and whether null is one."""
    lists = [node.mapping.get("enum") for node in nodes]
    found = [values for values in lists if values and isinstance(values, list)]
    if not found:
        return None, False
    texts = [{canonical(value): value for value in values} for values in found]
    shared = {key: texts[0][key] for key in texts[0] if all(key in t for t in texts)}
    null = shared.pop("null", shared) is None
    return (shared or None), null


def _bounds(nodes: list[Node]) -> dict[str, Bound]:
    if len(nodes) == 1:
        return bounds_of(nodes[0])
    return tightest([bounds_of(node) for node in nodes])


def _required(nodes: list[Node]) -> frozenset[str]:
    lists = [node.texts("required") for node in nodes if "required" in node.mapping]
    return frozenset(name for names in lists for name in names)


def _plain(nodes: list[Node]) -> dict[str, object]:
    found: dict[str, object] = {}
    for node in nodes:
        for keyword in _PLAIN.intersection(node.mapping):
            found.setdefault(keyword, node.mapping[keyword])
        for flag in _FLAGS.intersection(node.mapping):
            if node.says(flag):
                found[flag] = True
        if node.value is False:
            found[NOTHING] = True
    return found


def _by_name(nodes: list[Node], keyword: str) -> dict[str, Parts]:
    found: dict[str, Parts] = {}
    for node in nodes:
        if keyword in node.mapping:
            for name, member in node.child(keyword).items():
                found[name] = (*found.get(name, ()), member)
    return found


def _says_something(node: Node, keyword: str) -> bool:
    """Tell whether a keyword holds a schema other than "anything".

    ``items`` without demands still says that it is about an array.
    """
    value = node.mapping.get(keyword)
    if keyword == "items":
        return isinstance(value, dict)
    return value is False or (isinstance(value, dict) and bool(value))


def _inside(nodes: list[Node]) -> dict[str, Parts]:
    found: dict[str, Parts] = {}
    for node in nodes:
        for keyword in sorted(_INSIDE.intersection(node.mapping)):
            if _says_something(node, keyword):
                found[keyword] = (*found.get(keyword, ()), node.child(keyword))
        if "prefixItems" in node.mapping:
            for index, member in enumerate(node.child("prefixItems").elements()):
                found.setdefault(f"prefixItems/{index}", (member,))
    for keyword in INSIDE_BY_NAME:
        for name, parts in _by_name(nodes, keyword).items():
            found[f"{keyword}/{name}"] = parts
    return found
