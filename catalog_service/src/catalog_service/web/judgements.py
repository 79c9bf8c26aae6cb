"""How an API does under the design rules, for its page and a page of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from catalog_service.judging.judgements import EXPLAINED, Judged, Judgement
from catalog_service.judging.reports import stored_judgement
from catalog_service.linting import DEFAULT_RULE_SET, Severity, find_rule
from catalog_service.models import Api, LintReport, LiveCheck, Version
from shared.links import public_url
from shared.pages.pager import Pager
from shared.problems import BadRequestError, Fault, NotFoundError

from .pagers import read_pager

SHOWN_OF_A_KIND = 5
PAGE_SIZE = 50
SCORES_SHOWN = 20
_KINDS = (*map(str, Severity), EXPLAINED)


@dataclass(frozen=True)
class Row:
    """A finding as a page shows it."""

    kind: str
    sentence: str
    pointer: str
    line: int
    column: int
    rule: str
    rule_id: str
    stricter: bool
    reason: str
    stated_by: str


@dataclass(frozen=True)
class Part:
    """Findings of one severity, or those that are explained; not all when many."""

    kind: str
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True)
class Summary:
    """What the page of an API shows of its current version."""

    judgement: Judgement
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """The number of findings."""
        return sum(part.total for part in self.parts)


@dataclass(frozen=True)
class JudgementPage:
    """All findings of a version, a page at a time, and what is around them."""

    version: Version
    judgement: Judgement | None
    kind: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    pager: Pager
    scores: tuple[LintReport, ...]
    live_check: LiveCheck | None
    badge: str
    address: str


def summarise(api: Api) -> Summary | None:
    """Return the first findings of each kind; nothing before a version is judged."""
    judgement = _stored(api.current)
    if judgement is None:
        return None
    parts = (_part(kind, judgement) for kind in _KINDS)
    return Summary(judgement, tuple(part for part in parts if part.total))


def judge_on_page(api: Api, query: QueryDict) -> JudgementPage:
    """Return the page that is asked for; raises BadRequestError, NotFoundError."""
    version = _version(api, query)
    kind = _kind(query)
    judgement = _stored(version)
    found = judgement.findings if judgement else ()
    chosen = [each for each in found if kind in ("", _kind_of(each))]
    page, pager = read_pager(query, len(chosen), PAGE_SIZE)
    counts = judgement.counts if judgement else {}
    return JudgementPage(
        version=version,
        judgement=judgement,
        kind=kind,
        counts=tuple((name, count) for name, count in counts.items() if count),
        rows=_rows(chosen[page.start : page.start + page.size]),
        pager=pager,
        scores=tuple(_scores(api)[:SCORES_SHOWN]),
        live_check=api.live_checks.exclude(state=LiveCheck.State.WAITING)
        .order_by("-id")
        .first(),
        badge=public_url(f"/v1/apis/{api.pk}/badge.svg"),
        address=public_url(f"/apis/{api.slug}/lint"),
    )


def _stored(version: Version | None) -> Judgement | None:
    return stored_judgement(version, DEFAULT_RULE_SET) if version else None


def _version(api: Api, query: QueryDict) -> Version:
    """Return the version that is asked for, or the current one."""
    number = query.get("version", "")
    if not number and api.current:
        return api.current
    if number and not (number.isascii() and number.isdigit() and len(number) < 9):
        fault = Fault("version", "is no number", accepted="1, 2, …")
        raise BadRequestError(faults=[fault])
    found = api.versions.filter(number=int(number or 0)).defer("raw", "facts")
    version = found.first()
    if version is None:
        raise NotFoundError(f"There is no such version of {api.title}.")
    return version


def _kind(query: QueryDict) -> str:
    kind = query.get("severity", "")
    if kind in ("", *_KINDS):
        return kind
    fault = Fault("severity", "is not known", accepted=", ".join(_KINDS))
    raise BadRequestError(faults=[fault])


def _part(kind: str, judgement: Judgement) -> Part:
    found = [each for each in judgement.findings if _kind_of(each) == kind]
    return Part(kind, _rows(found[:SHOWN_OF_A_KIND]), len(found))


def _kind_of(judged: Judged) -> str:
    return EXPLAINED if judged.reason else str(judged.finding.severity)


def _rows(found: Iterable[Judged]) -> tuple[Row, ...]:
    """Return the rows; of findings with the same reason, the first one tells it."""
    is_dutch = (get_language() or "").startswith("nl")
    rows: list[Row] = []
    told = ("", "")
    for row in (_row(each, is_dutch=is_dutch) for each in found):
        is_told = told == (row.rule, row.reason)
        told = (row.rule, row.reason)
        rows.append(replace(row, reason="") if is_told else row)
    return tuple(rows)


def _row(judged: Judged, *, is_dutch: bool) -> Row:
    finding, reason = judged.finding, judged.reason
    rule = find_rule(finding.rule)
    return Row(
        kind=_kind_of(judged),
        sentence=finding.sentence_nl if is_dutch else finding.sentence_en,
        pointer=finding.pointer,
        line=finding.line,
        column=finding.column,
        rule=finding.rule,
        rule_id=rule.newest_id if rule else "",
        stricter=finding.stricter,
        reason=reason.text if reason else "",
        stated_by=reason.by if reason else "",
    )


def _scores(api: Api) -> QuerySet[LintReport]:
    found = LintReport.objects.filter(version__api=api).select_related("version")
    found = found.defer("findings", "explanations", "version__raw", "version__facts")
    return found.defer("version__findings").order_by("-version__number")
