"""The walk through two documents, part by part, that asks every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from catalog_service.diffing.changes import Change, Level, Place
from catalog_service.diffing.graph import Key, SchemaGraph
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.kinds import KINDS
from catalog_service.diffing.media import pair_media
from catalog_service.diffing.nodes import Document, Node
from catalog_service.diffing.pairs import Use
from catalog_service.diffing.paths import PathPair, pair_paths
from catalog_service.diffing.promises import promises_nothing
from catalog_service.diffing.sameness import Sameness, is_alike
from catalog_service.diffing.sides import Sides
from catalog_service.diffing.subjects import DUTCH, ENGLISH, Location
from catalog_service.diffing.swagger import open_document

METHODS = (
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
)
_FLIPPED = {Place.REQUEST: Place.RESPONSE, Place.RESPONSE: Place.REQUEST}
_BY_SCOPE = {scope: [k for k in KINDS if k.scope is scope] for scope in Scope}


def compare(
    old: object, new: object, *, today: date | None = None
) -> tuple[Change, ...]:
    """List what changed from one OpenAPI document to another, the worst first.

    The documents are what ``json.loads`` gives. Whatever is wrong inside them reads
    as absent; references out of them are not followed. ``today`` decides which
    sunset dates are past.

    Raises:
        NotADocumentError: one of the two is no object.
    """
    documents = open_document(old), open_document(new)
    if is_alike(old, new):
        return ()
    comparison = _Comparison(*documents, today or datetime.now(UTC).date())
    return comparison.changes()


@dataclass(frozen=True)
class _Told:
    """A find with its place, before it is put in words."""

    kind: Kind
    found: Found
    location: Location
    pointers: tuple[str, str]
    level: Level
    field: str = ""

    def change(self, documents: tuple[Document, Document]) -> Change:
        where, found = self.location, self.found
        subjects = (where.subject(self.field, parts) for parts in (ENGLISH, DUTCH))
        english, dutch = ({"subject": each, **found.words} for each in subjects)
        old = self.pointers[0] if found.old is None else found.old
        new = self.pointers[1] if found.new is None else found.new
        return Change(
            id=self.kind.id,
            level=self.level,
            path=where.path,
            method=where.method,
            pointer_from=documents[0].written(old),
            pointer_to=documents[1].written(new),
            sentence=self.kind.sentence.format_map(english),
            sentence_nl=self.kind.sentence_nl.format_map(dutch),
            place=where.place,
            status=where.status,
            field=self.field,
        )


@dataclass(frozen=True)
class _Rooted:
    """A schema pair and the place that uses it."""

    key: Key
    location: Location
    harmless: bool


class _Comparison:
    """The comparison of two documents."""

    def __init__(self, old: Document, new: Document, today: date) -> None:
        self._old = old
        self._new = new
        self._root = Sides(old.root, new.root, old, new, today)
        self._sameness = Sameness(old, new)
        self._graph = SchemaGraph(old, new, self._sameness, today)
        self._same_login = is_alike(
            *(document.root.mapping.get("security") for document in (old, new))
        )
        self._told: list[_Told] = []
        self._rooted: list[_Rooted] = []
        self._harmless = False
        self._flipped = False

    def changes(self) -> tuple[Change, ...]:
        self._ask(Scope.DOCUMENT, self._root, Location())
        for pair in pair_paths(self._old.root, self._new.root):
            self._compare_item(pair)
        self._compare_webhooks()
        self._told += self._schema_finds()
        documents = (self._old, self._new)
        found = {told.change(documents): None for told in self._told}
        return tuple(sorted(found, key=lambda change: change.order))

    def _ask(self, scope: Scope, sides: Sides, location: Location) -> None:
        pointers = _pointers(sides)
        for kind in _BY_SCOPE[scope]:
            if scope is Scope.CONTENT and location.place not in kind.places:
                continue
            for found in kind.find(sides):
                level = Level.INFO if self._harmless else kind.level
                self._told.append(_Told(kind, found, location, pointers, level))

    def _compare_item(self, pair: PathPair) -> None:
        if self._is_same(pair):
            return
        old = _followed(self._old, pair.old)
        new = _followed(self._new, pair.new)
        before, after = _operations(old), _operations(new)
        whole = not (before and after)
        for method in dict.fromkeys((*before, *after)):
            sides = self._root.of(before.get(method), after.get(method))
            location = Location(pair.path, method.upper(), Place.ENDPOINT)
            self._harmless = False
            self._ask(Scope.OPERATION, replace(sides, whole=whole), location)
            both = sides.both()
            if both and old and new:
                self._harmless = all(promises_nothing(one.mapping) for one in both)
                self._compare_parameters(pair, (old, new), sides, location)
                self._compare_operation(sides, location)
        self._harmless = False

    def _is_same(self, pair: PathPair) -> bool:
        if pair.old is None or pair.new is None or pair.renamed:
            return False
        return self._same_login and self._sameness.holds(pair.old, pair.new)

    def _compare_parameters(
        self, pair: PathPair, items: tuple[Node, Node], sides: Sides, where: Location
    ) -> None:
        both = sides.both()
        if not both:
            return
        old = _parameters(self._old, items[0], both[0], {})
        new = _parameters(self._new, items[1], both[1], pair.renamed)
        for kind, name in dict.fromkeys((*old, *new)):
            key = (kind, name)
            inner = sides.of(old.get(key), new.get(key))
            node = inner.new or inner.old
            called = node.child("name").text if node else name
            location = replace(where, place=Place.PARAMETER, name=called, kind=kind)
            self._ask(Scope.PARAMETER, inner, location)
            self._add_described(inner, location)

    def _compare_operation(self, sides: Sides, where: Location) -> None:
        bodies = self._inside(sides, "requestBody")
        location = replace(where, place=Place.REQUEST)
        if not self._flipped:
            self._ask(Scope.BODY, bodies, location)
        if bodies.both():
            self._compare_content(bodies, location)
        old, new = _statuses(self._old, sides.old), _statuses(self._new, sides.new)
        for status in dict.fromkeys((*old, *new)):
            inner = sides.of(old.get(status), new.get(status), status)
            self._compare_response(inner, where)

    def _compare_response(self, sides: Sides, where: Location) -> None:
        location = replace(where, place=Place.RESPONSE, status=sides.name)
        if not self._flipped:
            self._ask(Scope.RESPONSE, sides, location)
        if not sides.both():
            return
        self._compare_content(sides, location)
        old = _headers(self._old, sides.old)
        new = _headers(self._new, sides.new)
        for key in dict.fromkeys((*old, *new)):
            before, after = old.get(key), new.get(key)
            name = (after or before or ("", None))[0]
            inner = sides.of(before and before[1], after and after[1], name)
            at = replace(location, place=Place.HEADER, name=name)
            if not self._flipped:
                self._ask(Scope.HEADER, inner, at)
                self._add_described(inner, at)

    def _compare_content(self, sides: Sides, location: Location) -> None:
        both = sides.both()
        if not both:
            return
        inner = sides.of(both[0].child("content"), both[1].child("content"))
        if not self._flipped:
            self._ask(Scope.CONTENT, inner, location)
        for pair in pair_media(inner.old, inner.new):
            if pair.old and pair.new:
                schemas = (pair.old.child("schema"), pair.new.child("schema"))
                self._add_schemas(schemas, location, textual=pair.is_textual)

    def _add_described(self, sides: Sides, location: Location) -> None:
        """Compare the schemas of a parameter or header, or of its one content."""
        both = sides.both()
        if not both:
            return
        self._add_schemas(
            (both[0].child("schema"), both[1].child("schema")), location, textual=True
        )
        for pair in pair_media(both[0].child("content"), both[1].child("content")):
            if pair.old and pair.new:
                schemas = (pair.old.child("schema"), pair.new.child("schema"))
                self._add_schemas(schemas, location, textual=pair.is_textual)

    def _add_schemas(
        self, schemas: tuple[Node, Node], location: Location, *, textual: bool
    ) -> None:
        old, new = schemas
        if old.value is None or new.value is None:
            return
        place = location.place
        if self._flipped:
            place = _FLIPPED.get(place, place)
        key = self._graph.add(Use(place, textual), (old,), (new,))
        self._rooted.append(_Rooted(key, location, self._harmless))

    def _compare_webhooks(self) -> None:
        """Compare webhooks, of which the client is the one that is called."""
        old, new = (self._webhooks(one) for one in (self._old, self._new))
        self._flipped = True
        for name in old.keys() & new.keys():
            before, after = _operations(old[name]), _operations(new[name])
            for method in before.keys() & after.keys():
                where = Location(f"webhook:{name}", method.upper(), Place.ENDPOINT)
                sides = self._root.of(before[method], after[method])
                self._compare_operation(sides, where)
        self._flipped = False

    @staticmethod
    def _webhooks(document: Document) -> dict[str, Node]:
        hooks = document.root.child("webhooks").items()
        return {name: document.follow(hook) for name, hook in hooks}

    def _schema_finds(self) -> Iterator[_Told]:
        for root in self._rooted:
            for find in self._graph.finds(root.key):
                pair = find.pair
                idle = root.harmless or pair.use.idle
                yield _Told(
                    find.kind,
                    find.found,
                    root.location,
                    (pair.old.pointer, pair.new.pointer),
                    Level.INFO if idle else find.kind.level,
                    find.field,
                )

    def _inside(self, sides: Sides, key: str) -> Sides:
        return sides.of(
            _present(self._old, sides.old, key), _present(self._new, sides.new, key)
        )


def _pointers(sides: Sides) -> tuple[str, str]:
    return (
        sides.old.pointer if sides.old else "",
        sides.new.pointer if sides.new else "",
    )


def _followed(document: Document, node: Node | None) -> Node | None:
    return document.follow(node) if node else None


def _present(document: Document, node: Node | None, key: str) -> Node | None:
    return document.follow(node.child(key)) if node and node.has(key) else None


def _operations(item: Node | None) -> dict[str, Node]:
    if item is None:
        return {}
    named = [*item.items(), *item.child("additionalOperations").items()]
    return {
        name.lower(): node
        for name, node in named
        if isinstance(node.value, dict)
        and (name in METHODS or "additionalOperations" in node.pointer.split("/"))
        and name != "additionalOperations"
    }


def _parameters(
    document: Document, item: Node, operation: Node, renamed: dict[str, str]
) -> dict[tuple[str, str], Node]:
    """Give the parameters of an operation and of its path, by place and name.

    The name of a path parameter is the one that the older document gives it; case
    does not count in that of a header (RFC 9110, section 5.1).
    """
    found = {}
    for holder in (item, operation):
        for element in holder.child("parameters").elements():
            node = document.follow(element)
            kind, name = node.child("in").text, node.child("name").text
            if kind == "path":
                name = renamed.get(name, name)
            if kind and name:
                found[kind, name.lower() if kind == "header" else name] = node
    return found


def _statuses(document: Document, operation: Node | None) -> dict[str, Node]:
    if operation is None:
        return {}
    found = operation.child("responses").items()
    return {
        status.upper() if status != "default" else status: document.follow(node)
        for status, node in found
        if not status.startswith("x-") and isinstance(node.value, dict)
    }


def _headers(document: Document, response: Node | None) -> dict[str, tuple[str, Node]]:
    items = response.child("headers").items() if response else ()
    return {name.lower(): (name, document.follow(node)) for name, node in items}
