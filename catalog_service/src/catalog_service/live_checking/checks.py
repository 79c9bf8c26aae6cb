"""What is looked at in the answers of a running API; each check is a row of the table.

The rules are those of the API Design Rules that no document shows: publish-openapi and
version-header of the core, and those of the module on transport.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from catalog_service.linting.sentences import Sentence, shown_of

_CORE = "https://gitdocumentatie.logius.nl/publicatie/api/adr/2.2.0/#/core/"
_TRANSPORT = (
    "https://gitdocumentatie.logius.nl/publicatie/api/mod-transport/#/transport/"
)
_NOTHING = "-"


class Result(StrEnum):
    """What came of a check."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Answers:
    """What a server answered: headers have lower-case names, hashes are of documents.

    `fault` says why what stands at /openapi.json is no document.
    """

    url: str
    headers: Mapping[str, str]
    fault: str = ""
    version: str = ""
    json_hash: str = ""
    yaml_hash: str = ""


@dataclass(frozen=True)
class Observation:
    """What one check saw."""

    rule: str
    result: str
    seen: str
    sentence_nl: str
    sentence_en: str
    link: str


@dataclass(frozen=True)
class Check:
    """Something that is asked of a running API, in both languages."""

    rule: str
    sentence: Sentence
    link: str
    look: Callable[[Answers], tuple[Result, str]]


def observe(answers: Answers) -> list[dict[str, Any]]:
    """Return what every check says of the answers."""
    return [asdict(observation) for observation in _observations(answers)]


def _observations(answers: Answers) -> Iterator[Observation]:
    for check in CHECKS:
        result, seen = check.look(answers)
        yield Observation(
            check.rule,
            str(result),
            shown_of(seen),
            check.sentence.nl,
            check.sentence.en,
            check.link,
        )


def _decided(*, passed: bool) -> Result:
    return Result.PASSED if passed else Result.FAILED


def _published(answers: Answers) -> tuple[Result, str]:
    return _decided(passed=not answers.fault), answers.fault or answers.url


def _same_content(answers: Answers) -> tuple[Result, str]:
    if not answers.yaml_hash or not answers.json_hash:
        return Result.UNDECIDED, _NOTHING
    is_same = answers.yaml_hash == answers.json_hash
    return _decided(passed=is_same), answers.url.removesuffix("json") + "yaml"


def _version(answers: Answers) -> tuple[Result, str]:
    sent = answers.headers.get("api-version", "")
    is_right = bool(sent) and sent == answers.version
    return _decided(passed=is_right), sent or _NOTHING


def _over_https(answers: Answers) -> tuple[Result, str]:
    return _decided(passed=answers.url.startswith("https://")), answers.url


def _header(
    name: str, accepted: Callable[[str], bool]
) -> Callable[[Answers], tuple[Result, str]]:
    """Make a check of a header; case does not matter."""

    def look(answers: Answers) -> tuple[Result, str]:
        sent = answers.headers.get(name, "")
        return _decided(passed=accepted(sent.lower())), sent or _NOTHING

    return look


def _hsts(answers: Answers) -> tuple[Result, str]:
    if not answers.url.startswith("https://"):
        return Result.UNDECIDED, _NOTHING  # means nothing without TLS (RFC 6797 §8.1)
    return _header("strict-transport-security", lambda sent: "max-age=" in sent)(
        answers
    )


CHECKS: tuple[Check, ...] = (
    Check(
        "core/publish-openapi",
        Sentence(
            "Het document staat zonder inloggen op /openapi.json.",
            "The document is at /openapi.json, without logging in.",
        ),
        f"{_CORE}publish-openapi",
        _published,
    ),
    Check(
        "core/publish-openapi/cors",
        Sentence(
            "Elke pagina mag het lezen (Access-Control-Allow-Origin: *).",
            "Every page may read it (Access-Control-Allow-Origin: *).",
        ),
        f"{_CORE}publish-openapi",
        _header("access-control-allow-origin", lambda sent: sent.strip() == "*"),
    ),
    Check(
        "core/publish-openapi/yaml",
        Sentence(
            "Op /openapi.yaml staat hetzelfde als op /openapi.json.",
            "At /openapi.yaml is the same as at /openapi.json.",
        ),
        f"{_CORE}publish-openapi",
        _same_content,
    ),
    Check(
        "core/version-header",
        Sentence(
            "De header API-Version noemt de versie van het document.",
            "The header API-Version has the version of the document.",
        ),
        f"{_CORE}version-header",
        _version,
    ),
    Check(
        "transport/tls",
        Sentence("De API antwoordt over https.", "The API answers over https."),
        f"{_TRANSPORT}tls",
        _over_https,
    ),
    Check(
        "transport/security-headers/hsts",
        Sentence(
            "De header Strict-Transport-Security is er.",
            "The header Strict-Transport-Security is there.",
        ),
        f"{_TRANSPORT}security-headers",
        _hsts,
    ),
    Check(
        "transport/security-headers/cache-control",
        Sentence(
            "De header Cache-Control is no-store.",
            "The header Cache-Control is no-store.",
        ),
        f"{_TRANSPORT}security-headers",
        _header("cache-control", lambda sent: "no-store" in sent),
    ),
    Check(
        "transport/security-headers/csp",
        Sentence(
            "De header Content-Security-Policy heeft frame-ancestors 'none'.",
            "The header Content-Security-Policy has frame-ancestors 'none'.",
        ),
        f"{_TRANSPORT}security-headers",
        _header(
            "content-security-policy", lambda sent: "frame-ancestors 'none'" in sent
        ),
    ),
    Check(
        "transport/security-headers/nosniff",
        Sentence(
            "De header X-Content-Type-Options is nosniff.",
            "The header X-Content-Type-Options is nosniff.",
        ),
        f"{_TRANSPORT}security-headers",
        _header("x-content-type-options", lambda sent: sent.strip() == "nosniff"),
    ),
    Check(
        "transport/security-headers/frame-options",
        Sentence(
            "De header X-Frame-Options is DENY.", "The header X-Frame-Options is DENY."
        ),
        f"{_TRANSPORT}security-headers",
        _header("x-frame-options", lambda sent: sent.strip() == "deny"),
    ),
)
