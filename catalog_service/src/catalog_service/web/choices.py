"""Facets as links: choose a value, or take the choice back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog_service.models import Source
from catalog_service.searching.facets import Share

_SHOWN = 12
_TITLES = {
    "owner": _("Owner"),
    "source": _("Source"),
    "oasVersion": _("Specification"),
    "lifecycle": _("Lifecycle"),
    "auth": _("Authentication"),
    "validity": _("Validity"),
    "score": _("Score"),
    "tag": _("Tag"),
}


@dataclass(frozen=True)
class Choice:
    """A value: its name, how many have it, and where choosing it leads."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class FacetChoices:
    """A facet that has something to choose."""

    title: str
    choices: tuple[Choice, ...]


def facet_choices(
    query: QueryDict, shares: Mapping[str, Sequence[Share]]
) -> Iterator[FacetChoices]:
    """Yield the facets by which the list can be made shorter."""
    for name, title in _TITLES.items():
        found = list(shares[name])
        chosen = query.get(name, "")
        kept = found[:_SHOWN] + [s for s in found[_SHOWN:] if s.value == chosen]
        if not chosen and len(kept) < 2:
            continue
        labels = _labels(name, kept)
        choices = [_choice(query, name, share, labels) for share in kept]
        if choices:
            yield FacetChoices(str(title), tuple(choices))


def _choice(
    query: QueryDict, name: str, share: Share, labels: Mapping[str, str]
) -> Choice:
    is_chosen = query.get(name) == share.value
    changed = query.copy()
    changed.pop("page", None)
    if is_chosen:
        changed.pop(name)
    else:
        changed[name] = share.value
    return Choice(
        label=labels.get(share.value, share.value),
        count=share.count,
        url=f"?{changed.urlencode()}",
        is_chosen=is_chosen,
    )


def _labels(name: str, shares: Sequence[Share]) -> dict[str, str]:
    """Sources are told by their address, not by their id."""
    if name != "source":
        return {}
    ids = [int(share.value) for share in shares]
    known = Source.objects.filter(pk__in=ids).values_list("pk", "url")
    return {str(pk): url for pk, url in known}
