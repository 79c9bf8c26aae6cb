"""What a client must show to be let in.

A client knows one of the ways in: a set of schemes, each with its scopes. It is let
in still when one of the new ways asks for no more than that. Where nothing was asked
and something is, everyone is locked out; where a way or a scope changed, only the
issuer of the tokens knows who is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

from catalog_service.diffing.changes import Level
from catalog_service.diffing.kind import Found, Kind, Scope
from catalog_service.diffing.nodes import Document, Node, canonical
from catalog_service.diffing.sides import Sides

_MOST = 500
"""Ways in to one operation that are compared; nobody has more."""
Way = Mapping[str, frozenset[str]]


def _ways(operation: Node, document: Document) -> tuple[list[Way], Node]:
    """Give the ways in to an operation, and where they are written."""
    own = operation.child("security")
    said = own if isinstance(own.value, list) else document.root.child("security")
    ways: list[Way] = [
        {name: frozenset(one.texts(name)) for name, _ in one.items()}
        for one in islice(said.elements(), _MOST)
        if isinstance(one.value, dict)
    ]
    return ways or [{}], said


def _admits(way: Way, held: Way) -> bool:
    return all(scopes <= held.get(name, frozenset()) for name, scopes in way.items())


def _same_schemes(way: Way, other: Way) -> bool:
    return way.keys() == other.keys()


def _is_kin(way: Way, other: Way) -> bool:
    ordered = _admits(way, other) or _admits(other, way)
    return _same_schemes(way, other) and ordered


def _fits(way: Way, held: Way) -> bool:
    return way.keys() <= held.keys() and _admits(way, held)


def _named(way: Way) -> str:
    return " with ".join(sorted(way)) or "no login"


class _Compared:
    """The ways in on both sides."""

    def __init__(self, sides: Sides) -> None:
        both = sides.both()
        self.old: list[Way] = []
        self.new: list[Way] = []
        self._pointers = ("", "")
        if both:
            self.old, old = _ways(both[0], sides.old_document)
            self.new, new = _ways(both[1], sides.new_document)
            self._pointers = (old.pointer, new.pointer)

    def found(self, **words: str) -> Found:
        return Found(words, *self._pointers)

    def shut(self) -> Iterator[Way]:
        """Give the old ways that lead in no more."""
        for held in self.old:
            if not any(_fits(way, held) for way in self.new):
                yield held

    def lowered(self) -> Iterator[Way]:
        """Give the new ways that ask for less than an old one of the same schemes."""
        for way in self.new:
            weaker = (
                _same_schemes(way, held) and _admits(way, held) for held in self.old
            )
            if way not in self.old and any(weaker):
                yield way

    def opened(self) -> Iterator[Way]:
        """Give the new ways that are no old way with more scopes or less."""
        for way in self.new:
            if not any(_is_kin(way, held) for held in self.old):
                yield way


def _login_required(sides: Sides) -> Iterator[Found]:
    compared = _Compared(sides)
    if {} in list(compared.shut()):
        ways = " or ".join(sorted(_named(way) for way in compared.new))
        yield compared.found(ways=ways)


def _way_removed(sides: Sides) -> Iterator[Found]:
    compared = _Compared(sides)
    for held in compared.shut():
        if held and not any(_same_schemes(way, held) for way in compared.new):
            yield compared.found(way=_named(held))


def _way_added(sides: Sides) -> Iterator[Found]:
    compared = _Compared(sides)
    for way in compared.opened():
        if way and {} not in compared.old:
            yield compared.found(way=_named(way))


def _login_lifted(sides: Sides) -> Iterator[Found]:
    compared = _Compared(sides)
    if {} in list(compared.opened()):
        yield compared.found()


def _scopes(sides: Sides, *, added: bool) -> Iterator[Found]:
    """Find scopes that a way asks for more, or less, than the nearest one.

    A way that leads in still asks for nothing more, whatever else was added.
    """
    compared = _Compared(sides)
    asking = compared.shut() if added else compared.lowered()
    for way in asking:
        others = compared.new if added else compared.old
        known = [one for one in others if _same_schemes(one, way)]
        if not known:
            continue
        nearest = min(known, key=lambda one: _distance(one, way))
        for name, scope in _more(nearest, way):
            yield compared.found(scope=scope, scheme=name)


def _more(way: Way, held: Way) -> Iterator[tuple[str, str]]:
    for name in sorted(way):
        yield from ((name, scope) for scope in sorted(way[name] - held[name]))


def _distance(way: Way, held: Way) -> int:
    return sum(len(way[name] ^ held[name]) for name in way)


def _schemes(sides: Sides) -> tuple[Node, Node]:
    old, new = sides.both() or (Node(None, ""), Node(None, ""))
    path = ("components", "securitySchemes")
    return old.child(path[0]).child(path[1]), new.child(path[0]).child(path[1])


def _scheme_gone(sides: Sides, *, added: bool) -> Iterator[Found]:
    old, new = _schemes(sides)
    base, other = (new, old) if added else (old, new)
    known = dict(other.items())
    for name, node in base.items():
        if name not in known:
            side = {"new": node.pointer} if added else {"old": node.pointer}
            yield Found({"name": name}, **side)


def _shared_schemes(sides: Sides) -> Iterator[tuple[str, Node, Node]]:
    old, new = (dict(side.items()) for side in _schemes(sides))
    before, after = sides.old_document, sides.new_document
    for name in old:
        if name in new:
            yield name, before.follow(old[name]), after.follow(new[name])


def _scheme_changed(sides: Sides) -> Iterator[Found]:
    for name, old, new in _shared_schemes(sides):
        keys = ("type", "scheme", "in", "name")
        kinds = [" ".join(side.child(k).text for k in keys) for side in (old, new)]
        if kinds[0] != kinds[1]:
            words = {"old": kinds[0].strip(), "new": kinds[1].strip()}
            yield Found({"name": name, **words}, old.pointer, new.pointer)


def _addresses(node: Node) -> dict[str, str]:
    found = {"openIdConnectUrl": node.child("openIdConnectUrl").text}
    for flow, at in node.child("flows").items():
        for key in ("authorizationUrl", "tokenUrl", "refreshUrl"):
            found[f"{flow} {key}"] = at.child(key).text
    return found


def _address_changed(sides: Sides) -> Iterator[Found]:
    for name, old, new in _shared_schemes(sides):
        before, after = _addresses(old), _addresses(new)
        for key in sorted(before.keys() & after.keys()):
            if before[key] != after[key]:
                yield Found({"name": name, "key": key}, old.pointer, new.pointer)


def _offered(node: Node) -> dict[str, str]:
    return {
        f"{scope} ({flow})": canonical(text.value)
        for flow, at in node.child("flows").items()
        for scope, text in at.child("scopes").items()
    }


def _offer(sides: Sides, *, added: bool) -> Iterator[Found]:
    for name, old, new in _shared_schemes(sides):
        before, after = _offered(old).keys(), _offered(new).keys()
        for scope in sorted(after - before if added else before - after):
            yield Found({"name": name, "scope": scope}, old.pointer, new.pointer)


_operation = partial(Kind, scope=Scope.OPERATION)
_document = partial(Kind, scope=Scope.DOCUMENT)


def _secured(*ways: dict[str, list[str]]) -> dict[str, object]:
    responses = {"200": {"description": "Fine"}}
    return {"get": {"responses": responses, "security": list(ways)}}


def _with(**scheme: object) -> dict[str, object]:
    components = {"securitySchemes": {"key": scheme}} if scheme else {}
    return {"openapi": "3.1.0", "components": components}


def _flow(token: str, *scopes: str) -> dict[str, object]:
    flow = {"tokenUrl": token, "scopes": dict.fromkeys(scopes, "Text")}
    return _with(type="oauth2", flows={"clientCredentials": flow})


_KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
_TOKEN = "https://login.test/a"  # noqa: S105 (an address of an example)

KINDS = (
    _operation(
        id="login-required",
        level=Level.BREAKING,
        sentence="{subject} now asks for {ways}; it was open to all.",
        example=(_secured(), _secured({"key": []})),
        find=_login_required,
    ),
    _operation(
        id="login-lifted",
        level=Level.INFO,
        sentence="{subject} is open to all.",
        example=(_secured({"key": []}), _secured()),
        find=_login_lifted,
    ),
    _operation(
        id="login-way-removed",
        level=Level.WARNING,
        sentence="{subject} can no longer be called with {way}.",
        example=(_secured({"key": []}, {"other": []}), _secured({"other": []})),
        find=_way_removed,
    ),
    _operation(
        id="login-way-added",
        level=Level.INFO,
        sentence="{subject} can also be called with {way}.",
        example=(_secured({"other": []}), _secured({"key": []}, {"other": []})),
        find=_way_added,
    ),
    _operation(
        id="scope-added",
        level=Level.WARNING,
        sentence="{subject} now asks for scope '{scope}' of {scheme}.",
        example=(_secured({"key": []}), _secured({"key": ["write"]})),
        find=lambda sides: _scopes(sides, added=True),
    ),
    _operation(
        id="scope-removed",
        level=Level.INFO,
        sentence="{subject} no longer asks for scope '{scope}' of {scheme}.",
        example=(_secured({"key": ["write"]}), _secured({"key": []})),
        find=lambda sides: _scopes(sides, added=False),
    ),
    _document(
        id="security-scheme-added",
        level=Level.INFO,
        sentence="The security scheme '{name}' is new.",
        example=(_with(), _with(**_KEY)),
        find=lambda sides: _scheme_gone(sides, added=True),
    ),
    _document(
        id="security-scheme-removed",
        level=Level.INFO,
        sentence="The security scheme '{name}' is gone.",
        example=(_with(**_KEY), _with()),
        find=lambda sides: _scheme_gone(sides, added=False),
    ),
    _document(
        id="security-scheme-changed",
        level=Level.WARNING,
        sentence="The security scheme '{name}' works differently: {old} became {new}.",
        example=(_with(**_KEY), _with(type="http", scheme="bearer")),
        find=_scheme_changed,
    ),
    _document(
        id="login-address-changed",
        level=Level.INFO,
        sentence="The security scheme '{name}' has another {key}.",
        example=(_flow(_TOKEN), _flow("https://login.test/b")),
        find=_address_changed,
    ),
    _document(
        id="offered-scope-added",
        level=Level.INFO,
        sentence="The security scheme '{name}' offers the new scope {scope}.",
        example=(_flow(_TOKEN), _flow(_TOKEN, "write")),
        find=lambda sides: _offer(sides, added=True),
    ),
    _document(
        id="offered-scope-removed",
        level=Level.INFO,
        sentence="The security scheme '{name}' no longer offers the scope {scope}.",
        example=(_flow(_TOKEN, "write"), _flow(_TOKEN)),
        find=lambda sides: _offer(sides, added=False),
    ),
)
