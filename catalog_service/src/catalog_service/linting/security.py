"""What a document asks of a client to let it in."""

from __future__ import annotations

from collections.abc import Iterator

from .description import Description
from .nodes import Node
from .rule import Breach
from .sentences import Sentence

_SCOPE = Sentence(
    "De scope '{scope}' is niet gedeclareerd bij '{name}'.",
    "The scope '{scope}' is not declared with '{name}'.",
)


def breaches_of_security(
    description: Description, schemes: Node | None
) -> Iterator[Breach]:
    """Yield requirements, of the whole and of operations, that are not declared."""
    scopes: dict[object, frozenset[str]] = {}
    for requirement in _requirements(description):
        name = requirement.keys[-1]
        if schemes is None or schemes.child(name) is None:
            yield Breach(requirement, {"name": name})
            continue
        scheme = description.at(schemes, name)
        if scheme is not None and _has_fixed_scopes(description, scheme):
            if name not in scopes:
                scopes[name] = _scopes(description, scheme)
            for _, scope in requirement.children():
                if str(scope.value) not in scopes[name]:
                    yield Breach(scope, {"name": name, "scope": scope.value}, _SCOPE)


def _requirements(description: Description) -> Iterator[Node]:
    owners = [description.root, *(one.node for one in description.operations)]
    for owner in owners:
        listed = owner.child("security")
        for _, requirement in listed.children() if listed is not None else ():
            if isinstance(requirement.value, dict):
                yield from (node for _, node in requirement.children())


def _has_fixed_scopes(description: Description, scheme: Node) -> bool:
    """Tell whether a requirement may only name scopes that the scheme has.

    Since OpenAPI 3.1 (§4.8.30) schemes without scopes may name roles.
    """
    kind = scheme.mapping.get("type")
    allows_roles = description.family not in ("2.0", "3.0")
    return kind == "oauth2" or (kind != "openIdConnect" and not allows_roles)


def _scopes(description: Description, scheme: Node) -> frozenset[str]:
    """Return the scopes: of each flow, or in Swagger 2.0 of the scheme itself."""
    flows = [node for _, node in description.each(description.at(scheme, "flows"))]
    found = (description.at(owner, "scopes") for owner in (scheme, *flows))
    return frozenset(
        str(name) for node in found if node is not None for name in node.mapping
    )
