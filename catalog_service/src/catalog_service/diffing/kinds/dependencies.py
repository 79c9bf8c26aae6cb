"""Properties that ask for others (dependentRequired), and discriminators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import RECEIVED, SENT, Found, Kind, Scope
from catalog_service.diffing.nodes import Node, canonical
from catalog_service.diffing.pairs import SchemaPair
from catalog_service.diffing.schemas import Schema


def _asked(schema: Schema) -> dict[str, frozenset[str]]:
    node = Node(schema.keywords.get("dependentRequired"), "")
    return {name: frozenset(node.texts(name)) for name, _ in node.items()}


def _required(pair: SchemaPair, event: str) -> Iterator[Found]:
    old, new = _asked(pair.old), _asked(pair.new)
    names = {
        "added": new.keys() - old.keys(),
        "removed": old.keys() - new.keys(),
        "changed": {name for name in old.keys() & new.keys() if old[name] != new[name]},
    }[event]
    for name in sorted(names):
        asked = new[name] if name in new else old[name]
        yield Found({"name": name, "asked": ", ".join(sorted(asked))})


def _discriminators(pair: SchemaPair) -> tuple[Node, Node]:
    old, new = (side.keywords.get("discriminator") for side in (pair.old, pair.new))
    return Node(old, ""), Node(new, "")


def _existence(pair: SchemaPair, *, added: bool) -> Iterator[Found]:
    old, new = (bool(side.mapping) for side in _discriminators(pair))
    if old is not added and new is added:
        yield Found()


def _renamed(pair: SchemaPair) -> Iterator[Found]:
    old, new = (side.child("propertyName").text for side in _discriminators(pair))
    if old and new and old != new:
        yield Found({"old": old, "new": new})


def _mapping(pair: SchemaPair, event: str) -> Iterator[Found]:
    sides = _discriminators(pair)
    old, new = ({k: canonical(n.value) for k, n in _map(side)} for side in sides)
    if not all(side.mapping for side in sides):
        return
    for name in sorted(_mapping_names(old, new, event)):
        yield Found({"name": name})


def _map(node: Node) -> Iterator[tuple[str, Node]]:
    return node.child("mapping").items()


def _mapping_names(
    old: Mapping[str, str], new: Mapping[str, str], event: str
) -> set[str]:
    if event == "added":
        return new.keys() - old.keys()
    if event == "removed":
        return old.keys() - new.keys()
    return {name for name in old.keys() & new.keys() if old[name] != new[name]}


_REQUIRED_SENTENCES = {
    "added": "{subject} with property '{name}' must now have {asked}.",
    "removed": "{subject} with property '{name}' need no longer have {asked}.",
    "changed": "{subject} with property '{name}' must have others: {asked}.",
}
_MAPPING_SENTENCES = {
    "added": "{subject} has the new discriminator value '{name}'.",
    "removed": "{subject} lost the discriminator value '{name}'.",
    "changed": "{subject} means another schema by discriminator value '{name}'.",
}
_EXAMPLE = ({"a": ["b"]}, {"a": ["b", "c"]})
_INFO = Level.INFO
_REQUIRED_LEVELS = {
    "request": {"added": Level.BREAKING, "removed": _INFO, "changed": Level.BREAKING},
    "response": {"added": _INFO, "removed": Level.BREAKING, "changed": Level.BREAKING},
}


def _dependency(direction: str, event: str) -> Kind:
    one, two = ({"dependentRequired": side} for side in _EXAMPLE)
    examples = {"added": ({}, one), "removed": (one, {}), "changed": (one, two)}
    return Kind(
        id=f"{direction}-dependent-required-{event}",
        level=_REQUIRED_LEVELS[direction][event],
        sentence=_REQUIRED_SENTENCES[event],
        example=examples[event],
        scope=Scope.SCHEMA,
        find=lambda pair: _required(pair, event),
        places=SENT if direction == "request" else RECEIVED,
        watches=("dependentRequired",),
    )


def _discriminator(**mapping: str) -> dict[str, object]:
    return {"discriminator": {"propertyName": "kind", "mapping": mapping}}


def _mapped(event: str) -> Kind:
    one, two, other = (
        _discriminator(a="#/a"),
        _discriminator(a="#/a", b="#/b"),
        _discriminator(a="#/c"),
    )
    examples = {"added": (one, two), "removed": (two, one), "changed": (one, other)}
    return Kind(
        id=f"discriminator-mapping-{event}",
        level=Level.INFO,
        sentence=_MAPPING_SENTENCES[event],
        example=examples[event],
        scope=Scope.SCHEMA,
        find=lambda pair: _mapping(pair, event),
        watches=("discriminator",),
    )


KINDS = (
    *(
        _dependency(direction, event)
        for direction in ("request", "response")
        for event in ("added", "removed", "changed")
    ),
    *(_mapped(event) for event in ("added", "removed", "changed")),
    Kind(
        id="discriminator-added",
        level=Level.INFO,
        sentence="{subject} now has a discriminator.",
        example=({}, _discriminator(a="#/a")),
        scope=Scope.SCHEMA,
        find=lambda pair: _existence(pair, added=True),
        watches=("discriminator",),
    ),
    Kind(
        id="discriminator-removed",
        level=Level.INFO,
        sentence="{subject} no longer has a discriminator.",
        example=(_discriminator(a="#/a"), {}),
        scope=Scope.SCHEMA,
        find=lambda pair: _existence(pair, added=False),
        watches=("discriminator",),
    ),
    Kind(
        id="discriminator-property-changed",
        level=Level.INFO,
        sentence="{subject} is told apart by '{new}', where it was by '{old}'.",
        example=(
            {"discriminator": {"propertyName": "kind"}},
            {"discriminator": {"propertyName": "sort"}},
        ),
        scope=Scope.SCHEMA,
        find=_renamed,
        watches=("discriminator",),
    ),
)
