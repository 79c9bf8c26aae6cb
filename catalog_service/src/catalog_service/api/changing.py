"""Writes of the API: read what is wanted, call one verb, tell what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from catalog_service.admitting.versions import Admission
from catalog_service.documents import DocumentError
from catalog_service.documents.decoding import decode
from catalog_service.documents.json_reading import read_json
from catalog_service.documents.lifecycle import STATUSES
from catalog_service.models import Api
from catalog_service.registering import apis as verbs
from catalog_service.registering.apis import Account
from shared.problems import BadRequestError, Fault

from .faults import FAULTS, problem_of
from .values import MAX_OWNER

_Made = TypeVar("_Made")
_DAYS = ("deprecated", "sunset")


def push(raw: bytes, *, name: str, owner: str, by: Account) -> Admission:
    """Push a document; raises ProblemError."""
    return told(lambda: verbs.push_document(raw, name=name, owner=owner, by=by))


def register(wanted: Mapping[str, Any], *, by: Account) -> Admission:
    """Register a URL; raises ProblemError."""
    faults = _unknown(wanted, ("url", "owner"))
    if not isinstance(wanted["url"], str):
        faults.append(Fault("url", "is no text", "body", accepted="a URL"))
    owner = wanted.get("owner", "")
    if not _is_owner(owner):
        faults.append(_owner_fault())
    if faults:
        raise BadRequestError(faults=faults)
    return told(lambda: verbs.register_api(wanted["url"], owner=owner, by=by))


def replace(api: Api, raw: bytes, *, by: Account) -> Admission:
    """Push a further document; raises ProblemError."""
    return told(lambda: verbs.replace_document(api, raw, by=by))


def change(api_id: int, raw: bytes, *, by: Account) -> Api:
    """Change an API by hand; raises ProblemError."""
    wanted = _changes(raw)
    return told(lambda: verbs.change_api(api_id, wanted, by=by))


def remove(api_id: int, *, by: Account) -> None:
    """Remove an API; raises ProblemError."""
    told(lambda: verbs.remove_api(api_id, by=by))


def check_owner(api: Api, *, by: Account) -> None:
    """Raise ForbiddenError when the account may not change the API."""
    told(lambda: verbs.check_account(api, by))


def told(verb: Callable[[], _Made]) -> _Made:
    """Call a verb; raises ProblemError for what went wrong."""
    try:
        return verb()
    except FAULTS as error:
        raise problem_of(error) from error


def _changes(raw: bytes) -> dict[str, Any]:
    """Read the body of a PATCH; raises BadRequestError with every fault."""
    try:
        value = read_json(decode(raw))
    except DocumentError as error:
        raise BadRequestError(faults=[Fault("body", str(error), "body")]) from error
    if not isinstance(value, dict) or not value:
        raise BadRequestError(
            faults=[Fault("body", "changes nothing", "body", accepted="an object")]
        )
    faults = _unknown(value, ("owner", "status", *_DAYS))
    changes = {name: value[name] for name in ("owner", "status") if name in value}
    if "owner" in value and not _is_owner(value["owner"]):
        faults.append(_owner_fault())
    if "status" in value and value["status"] not in (None, *STATUSES):
        accepted = ", ".join(STATUSES)
        faults.append(Fault("status", "is not known", "body", accepted=accepted))
    for name in _DAYS:
        if name in value:
            changes[name] = _day(name, value[name], faults)
    if faults:
        raise BadRequestError(faults=faults)
    return changes


def _day(name: str, value: Any, faults: list[Fault]) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        day = None
    if day is None or len(value) != len("YYYY-MM-DD"):
        faults.append(Fault(name, "is no day", "body", accepted="YYYY-MM-DD, or null"))
    return day


def _unknown(value: Mapping[str, Any], known: tuple[str, ...]) -> list[Fault]:
    accepted = ", ".join(known)
    return [
        Fault(name[:100], "is no member here", "body", accepted=accepted)
        for name in list(value)[:100]
        if name not in known
    ]


def _is_owner(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_OWNER and "\0" not in value


def _owner_fault() -> Fault:
    accepted = f"at most {MAX_OWNER} characters"
    return Fault("owner", "is no name", "body", accepted=accepted)
