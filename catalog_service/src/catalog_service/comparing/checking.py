"""The gate: would this document break the clients of the version in production?

In production is the current version of an API: the one that the catalogue shows, which
need not be the one with the highest number. Decided in ADR 0029.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils import timezone

from catalog_service import examining
from catalog_service.admitting.lifecycle import stage_of
from catalog_service.diffing import Level
from catalog_service.documents.lifecycle import EXPERIMENTAL, RETIRED
from catalog_service.examining import Compared
from catalog_service.models import Api, Version, listed_apis

from .pairs import find_version

_MOST_NAMED = 10


class Outcome(StrEnum):
    """What the gate says; only `breaks` should stop a pipeline."""

    PASSES = "passes"
    DECLARED = "declared"
    EXEMPT = "exempt"
    NEW = "new"
    BREAKS = "breaks"


class UnknownApiError(Exception):
    """The catalogue has no such API, or nothing to compare with."""


class AmbiguousApiError(Exception):
    """Several APIs have the title of the document."""


@dataclass(frozen=True)
class Question:
    """What is asked: which API, against which version, and what must not happen.

    Without `api` the document tells which API it is of: by the place at which it says
    to be served, or else by its title. Without `against` its version in production
    counts.
    """

    api: str = ""
    against: str = ""
    fail_on: Level = Level.BREAKING
    allow_declared: bool = True


@dataclass(frozen=True)
class Check:
    """The answer; without an API there was nothing to compare with."""

    outcome: Outcome
    sentence: str
    fail_on: Level
    api: Api | None = None
    against: Version | None = None
    compared: Compared | None = None

    @property
    def passes(self) -> bool:
        """Tell whether a pipeline may go on."""
        return self.outcome is not Outcome.BREAKS


def check_document(raw: bytes, question: Question) -> Check:
    """Compare a document with the version in production.

    Raises DocumentError, NoVersionError, UnknownApiError, AmbiguousApiError.
    """
    api = _named(question.api) if question.api else _recognised(raw)
    against = api.current
    if question.against:
        against = find_version(api, question.against, name="against")
    if against is None:
        raise UnknownApiError(f"No document of API {api.pk} was ever read.")
    today = timezone.now().date()
    compared = examining.compare(bytes(against.raw), raw, today=today)
    outcome = _outcome(api, compared, question)
    sentence = _sentence(outcome, api, compared, question.fail_on)
    return Check(outcome, sentence, question.fail_on, api, against, compared)


def pass_unknown(error: UnknownApiError, question: Question) -> Check:
    """Let a document pass because there is nothing that it could break."""
    sentence = f"Nothing to compare with: {error}"
    return Check(Outcome.NEW, sentence, question.fail_on)


def _named(name: str) -> Api:
    is_number = name.isascii() and name.isdigit() and len(name) < 16
    wanted = Q(slug=name) | (Q(pk=int(name)) if is_number else Q())
    found = listed_apis().select_related("current").filter(wanted).order_by("id")
    # A slug may be digits only; an id is what digits mean first.
    apis = sorted(found[:2], key=lambda api: str(api.pk) != name)
    if not apis:
        raise UnknownApiError(f"There is no API '{name[:100]}'; give its id or slug.")
    return apis[0]


def _recognised(raw: bytes) -> Api:
    facts = examining.examine(raw, base_url="").facts
    return _served(facts["servers"]) or _titled(str(facts["title"]))


def _served(servers: Sequence[dict[str, str]]) -> Api | None:
    """Return the API whose document is read where this one says to be served.

    A title may change between two versions of an API; the place at which the design
    rules have the document (/core/publish-openapi) rather stays.
    """
    bases = [server["url"].rstrip("/") for server in servers[:1]]
    urls = [f"{base}/openapi.{form}" for base in bases for form in ("json", "yaml")]
    found = listed_apis().select_related("current").filter(document_url__in=urls)
    return found.order_by("id").first()


def _titled(title: str) -> Api:
    found = listed_apis().select_related("current").filter(title=title).order_by("id")
    apis = list(found[:_MOST_NAMED])
    if not apis:
        raise UnknownApiError(f"No API has the title '{title[:100]}'.")
    if len(apis) > 1:
        named = ", ".join(str(api.pk) for api in apis)
        raise AmbiguousApiError(
            f"Several APIs have the title of this document: {named}"
        )
    return apis[0]


def _outcome(api: Api, compared: Compared, question: Question) -> Outcome:
    if not any(compared.counts[level] for level in _failing(question.fail_on)):
        return Outcome.PASSES
    if stage_of(api) in (EXPERIMENTAL, RETIRED):
        return Outcome.EXEMPT
    if question.allow_declared and _is_declared(compared.agreement):
        return Outcome.DECLARED
    return Outcome.BREAKS


def _failing(fail_on: Level) -> Sequence[Level]:
    return [level for level in Level if level.rank <= fail_on.rank]


def _is_declared(agreement: dict[str, Any]) -> bool:
    """Tell whether the version was raised as the changes ask."""
    return bool(agreement["verdict"] == "agrees")


def _sentence(outcome: Outcome, api: Api, compared: Compared, fail_on: Level) -> str:
    would = "would" if compared.counts[Level.BREAKING] else "may"
    told = {
        Outcome.PASSES: f"No {' or '.join(_failing(fail_on))} change for the clients "
        f"of {api.title}.",
        Outcome.EXEMPT: f"This {would} break clients of {api.title}, which is "
        f"{stage_of(api)} and promises them nothing.",
        Outcome.DECLARED: f"This {would} break clients of {api.title}, and its version "
        "says so.",
        Outcome.BREAKS: f"This {would} break clients of {api.title}.",
    }
    return told[outcome]
