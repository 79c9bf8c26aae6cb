"""Where an API answers: the servers of a document as absolute URLs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from .parsing import Document
from .texts import text_of

MAX_SERVERS = 20
_MAX_URL = 2000


@dataclass(frozen=True)
class Server:
    """One place where the API answers, with its variables filled in."""

    url: str
    description: str


def servers_of(document: Document, base_url: str) -> tuple[Server, ...]:
    """List the servers, relative ones resolved against where the document came from.

    What is no http or https URL then is left out. The servers of single paths and
    operations come last, because requests go there too.
    """
    content = document.content
    is_swagger = document.specification.is_swagger
    written = _swagger_servers(content, base_url) if is_swagger else _servers(content)
    found = (
        Server(url, description)
        for address, description in written
        if (url := absolute(address, base_url))
    )
    unique = {server.url: server for server in islice(found, 10 * MAX_SERVERS)}
    return tuple(unique.values())[:MAX_SERVERS]


def absolute(address: str, base_url: str) -> str:
    """Resolve a server's URL; return nothing when it leads to no web server."""
    try:
        url = urljoin(base_url, address)
        is_web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return ""
    return url if is_web and len(url) <= _MAX_URL else ""


def with_absolute_servers(document: Document, base_url: str) -> dict[str, Any]:
    """Return the content with servers that lead to the same place from everywhere.

    Swagger UI resolves relative servers against the URL that it got the document from;
    that is ours, while the API is elsewhere.
    """
    content = document.content
    if not base_url:
        return content  # it was pushed: nobody knows where it belongs
    if document.specification.is_swagger:
        base = urlsplit(base_url)
        return {"host": base.netloc, "schemes": [base.scheme], **content}
    served = {**content, "servers": content.get("servers") or [{"url": "/"}]}
    paths = content.get("paths")
    if isinstance(paths, dict):
        served["paths"] = {
            path: _path_made_absolute(item, base_url) for path, item in paths.items()
        }
    return _with_own_servers(served, base_url)


def _path_made_absolute(item: Any, base_url: str) -> Any:
    """Do the same for a path and its operations, which may have servers of their own.

    Other members of a path are lists or texts (OpenAPI 3.1 §4.8.9).
    """
    if not isinstance(item, dict):
        return item
    operations = {
        name: _with_own_servers(member, base_url)
        if isinstance(member, dict)
        else member
        for name, member in item.items()
    }
    return _with_own_servers(operations, base_url)


def _with_own_servers(holder: dict[str, Any], base_url: str) -> dict[str, Any]:
    """Make the servers absolute that are listed here; leave all else as it is."""
    servers = holder.get("servers")
    if not isinstance(servers, list):
        return holder
    return {**holder, "servers": [_made_absolute(s, base_url) for s in servers]}


def _made_absolute(server: Any, base_url: str) -> Any:
    address = server.get("url") if isinstance(server, dict) else None
    if not isinstance(address, str) or _is_absolute(_filled_in(server)):
        return server
    return {**server, "url": _joined(address, base_url)}


def _joined(address: str, base_url: str) -> str:
    """Join without touching variables, which are no characters of a URL."""
    base = urlsplit(base_url)
    if address.startswith("/"):
        return f"{base.scheme}://{base.netloc}{address}"
    return urljoin(base_url, address)


def _is_absolute(address: str) -> bool:
    return "://" in address or address.startswith("//")


def _servers(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    listed = content.get("servers")
    yield from _listed(listed if listed else [{"url": "/"}])
    paths = content.get("paths")
    for item in paths.values() if isinstance(paths, dict) else ():
        if isinstance(item, dict):
            yield from _listed(item.get("servers"))
            for operation in item.values():
                if isinstance(operation, dict):
                    yield from _listed(operation.get("servers"))


def _listed(servers: Any) -> Iterator[tuple[str, str]]:
    for server in servers if isinstance(servers, list) else ():
        if isinstance(server, dict) and isinstance(server.get("url"), str):
            yield _filled_in(server), text_of(server.get("description"))


def _filled_in(server: dict[str, Any]) -> str:
    """Put the default of each variable in its place (OpenAPI 3.1 §4.8.6)."""
    url = str(server["url"])
    variables = server.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        if isinstance(variable, dict) and "default" in variable:
            url = url.replace("{" + name + "}", text_of(variable["default"]))
        if len(url) > _MAX_URL:
            break
    return url


def _swagger_servers(
    content: dict[str, Any], base_url: str
) -> Iterator[tuple[str, str]]:
    """Put together what Swagger 2.0 says in three places (§ Swagger Object)."""
    base = urlsplit(base_url)
    host = text_of(content.get("host")) or base.netloc
    path = text_of(content.get("basePath")) or "/"
    schemes = content.get("schemes")
    for scheme in schemes if isinstance(schemes, list) and schemes else [base.scheme]:
        yield f"{scheme}://{host}/{path.lstrip('/')}", ""
