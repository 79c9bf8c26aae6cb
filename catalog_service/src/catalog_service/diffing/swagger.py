"""Swagger 2.0 read as OpenAPI 3.0, so that one comparison serves both.

Schemas stay where they are; what is built anew remembers where it was written, so
that pointers lead into the original (Swagger 2.0, "Specification").
"""

from __future__ import annotations

from typing import Any

from catalog_service.diffing.nodes import Document, Node, escape

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_DESCRIBING = frozenset({"name", "in", "required", "description", "allowEmptyValue"})
_STYLES: dict[str, dict[str, Any]] = {
    "multi": {"style": "form", "explode": True},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
}
_JSON = "application/json"
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def open_document(value: object) -> Document:
    """Give a document in the terms of OpenAPI 3, whichever version it has.

    Raises:
        NotADocumentError: the value is no object.
    """
    document = Document(value)
    root = document.root
    is_old = str(root.mapping.get("swagger", "")).startswith("2")
    return _Conversion(document).convert() if is_old else document


class _Conversion:
    """One conversion; ``origins`` fills while it goes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = document.root
        self._origins: dict[str, str] = {"/components/schemas": "/definitions"}

    def convert(self) -> Document:
        root = self._root
        schemes = root.child("securityDefinitions").items()
        converted = {
            **{key: root.mapping[key] for key in root.mapping if key != "paths"},
            "openapi": "3.0.4",
            "servers": self._servers(),
            "paths": {path: self._item(path, node) for path, node in self._paths()},
            "components": {
                "schemas": root.child("definitions").mapping,
                "securitySchemes": {name: _scheme(node) for name, node in schemes},
            },
        }
        self._origins["/components/securitySchemes"] = "/securityDefinitions"
        return Document(converted, self._origins)

    def _paths(self) -> list[tuple[str, Node]]:
        paths = self._root.child("paths").items()
        return [(p, self._document.follow(n)) for p, n in paths if p.startswith("/")]

    def _servers(self) -> list[dict[str, str]]:
        host, base = (self._root.child(key).text for key in ("host", "basePath"))
        self._origins["/servers"] = "/host" if host else "/basePath" if base else ""
        if not host:
            return [{"url": base}] if base else []
        schemes = self._root.texts("schemes") or ("https",)
        return [{"url": f"{scheme}://{host}{base}"} for scheme in schemes]

    def _item(self, path: str, item: Node) -> dict[str, Any]:
        at = f"/paths/{escape(path)}"
        operations = {
            method: self._operation(f"{at}/{method}", item, item.child(method))
            for method in _METHODS
            if isinstance(item.mapping.get(method), dict)
        }
        kept = {key: item.mapping[key] for key in item.mapping if str(key)[:2] == "x-"}
        return {**kept, **operations}

    def _operation(self, at: str, item: Node, operation: Node) -> dict[str, Any]:
        self._origins[at] = operation.pointer
        parameters = self._parameters(item, operation)
        found = {
            **operation.mapping,
            "parameters": self._plain(at, parameters),
            "responses": self._responses(at, operation),
        }
        body = self._body(at, operation, parameters)
        return {**found, "requestBody": body} if body else found

    def _parameters(self, item: Node, operation: Node) -> list[Node]:
        found = {}
        for holder in (item, operation):
            for element in holder.child("parameters").elements():
                node = self._document.follow(element)
                found[node.child("in").text, node.child("name").text] = node
        return list(found.values())

    def _plain(self, at: str, parameters: list[Node]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for node in parameters:
            if node.child("in").text in ("body", "formData"):
                continue
            pointer = f"{at}/parameters/{len(found)}"
            self._origins[pointer] = node.pointer
            self._origins[f"{pointer}/schema"] = node.pointer
            found.append(_parameter(node))
        return found

    def _body(
        self, at: str, operation: Node, parameters: list[Node]
    ) -> dict[str, Any] | None:
        forms = [node for node in parameters if node.child("in").text == "formData"]
        if forms:
            return self._form(at, operation, forms)
        body = next((n for n in parameters if n.child("in").text == "body"), None)
        if body is None:
            return None
        schema = body.child("schema")
        self._origins[f"{at}/requestBody"] = body.pointer
        names = self._media(operation, "consumes")
        for name in names:
            place = f"{at}/requestBody/content/{escape(name)}/schema"
            self._origins[place] = schema.pointer
        content = {name: {"schema": schema.value} for name in names}
        return {"required": body.says("required"), "content": content}

    def _form(self, at: str, operation: Node, forms: list[Node]) -> dict[str, Any]:
        has_file = any(node.child("type").text == "file" for node in forms)
        usual = _MULTIPART if has_file else _FORM
        self._origins[f"{at}/requestBody"] = f"{operation.pointer}/parameters"
        required = [n.child("name").text for n in forms if n.says("required")]
        schema = {
            "type": "object",
            "properties": {node.child("name").text: _schema(node) for node in forms},
            "required": required,
        }
        names = self._media(operation, "consumes", usual)
        for name in names:
            for node in forms:
                field = escape(node.child("name").text)
                place = f"{at}/requestBody/content/{escape(name)}/schema/properties"
                self._origins[f"{place}/{field}"] = node.pointer
        content = {name: {"schema": schema} for name in names}
        return {"required": bool(required), "content": content}

    def _responses(self, at: str, operation: Node) -> dict[str, Any]:
        found = {}
        for status, element in operation.child("responses").items():
            node = self._document.follow(element)
            if isinstance(node.value, dict):
                pointer = f"{at}/responses/{escape(status)}"
                found[status] = self._response(pointer, operation, node)
        return found

    def _response(self, at: str, operation: Node, node: Node) -> dict[str, Any]:
        self._origins[at] = node.pointer
        headers = {}
        for name, header in node.child("headers").items():
            headers[name] = {"schema": _schema(header)}
            self._origins[f"{at}/headers/{escape(name)}/schema"] = header.pointer
        schema = node.child("schema")
        if not isinstance(schema.value, dict):
            return {"headers": headers}
        names = self._media(operation, "produces")
        for name in names:
            self._origins[f"{at}/content/{escape(name)}/schema"] = schema.pointer
        value = _file(schema.value)
        return {"headers": headers, "content": {n: {"schema": value} for n in names}}

    def _media(
        self, operation: Node, keyword: str, usual: str = _JSON
    ) -> tuple[str, ...]:
        return operation.texts(keyword) or self._root.texts(keyword) or (usual,)


def _parameter(node: Node) -> dict[str, Any]:
    kept = {
        k: v for k, v in node.mapping.items() if k in _DESCRIBING or str(k)[:2] == "x-"
    }
    style = node.child("collectionFormat").text
    csv: dict[str, Any] = {"explode": False}
    written = _STYLES.get(style, csv if node.child("type").text == "array" else {})
    return {**kept, "schema": _schema(node), **written}


def _schema(node: Node) -> dict[str, Any]:
    """Give the schema that a parameter or header is in Swagger 2.0."""
    aside = _DESCRIBING | {"collectionFormat"}
    return _file({k: v for k, v in node.mapping.items() if k not in aside})


def _file(schema: dict[Any, Any]) -> dict[Any, Any]:
    if schema.get("type") != "file":
        return schema
    return {**schema, "type": "string", "format": "binary"}


def _scheme(node: Node) -> dict[str, Any]:
    kind = node.child("type").text
    if kind == "basic":
        return {"type": "http", "scheme": "basic"}
    if kind != "oauth2":
        return dict(node.mapping)
    flow = node.child("flow").text
    return {"type": "oauth2", "flows": {_FLOWS.get(flow, flow): node.mapping}}
