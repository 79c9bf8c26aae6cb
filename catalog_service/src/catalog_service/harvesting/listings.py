"""Ask a source what it lists, following nested catalogues a little way."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog_service import examining
from catalog_service.documents import DocumentError
from catalog_service.documents.recognising import recognise
from catalog_service.models import Api, Source
from shared.fetching import Fetched, FetchError

from .fetching import fetch_document
from .linksets import MEDIA_TYPES, Entry, Linkset, is_linkset, read_linkset
from .lists import read_list

# Of one list; the harvest says so when there are more.
MAX_ENTRIES = 1_000


@dataclass(frozen=True)
class Listing:
    """What a source lists now.

    `fetched` is the answer that already is the document when the source is one. `etag`
    is empty when asking for changes would not tell of all of them.
    """

    kind: str
    entries: tuple[Entry, ...]
    etag: str = ""
    fetched: Fetched | None = None
    faults: tuple[str, ...] = field(default=())


def read_listing(source: Source) -> Listing:
    """Fetch and read a source; raises FetchError or DocumentError."""
    fetched = fetch_document(
        source.url,
        named_by=source.url,
        etag=_known_etag(source),
        accept=MEDIA_TYPES,
    )
    if fetched.is_unchanged:
        return _unchanged(source, fetched)
    value = examining.read_any(fetched.body)
    if is_linkset(value):
        return _with_nested(source, read_linkset(value, fetched.url), fetched)
    entries = read_list(value, fetched.url)
    if entries is not None:
        first, faults = _first(entries, source.url)
        kind = Source.Kind.LIST
        return Listing(kind, first, etag=fetched.etag, faults=tuple(faults))
    recognise(value)
    return _document(source, fetched)


def _known_etag(source: Source) -> str:
    """A document's tag is kept with its API, and only when it could be read."""
    if source.kind != Source.Kind.DOCUMENT:
        return source.etag
    api = Api.objects.filter(document_url=source.url).first()
    return api.etag if api else ""


def _unchanged(source: Source, fetched: Fetched) -> Listing:
    """List what was listed before: the source says that nothing changed."""
    if source.kind == Source.Kind.DOCUMENT:
        return _document(source, fetched)
    known = source.apis.exclude(state=Api.State.VANISHED)
    entries = tuple(
        Entry(url, documentation_url)
        for url, documentation_url in known.values_list(
            "document_url", "documentation_url"
        )
    )
    return Listing(source.kind, entries, etag=source.etag)


def _document(source: Source, fetched: Fetched) -> Listing:
    return Listing(Source.Kind.DOCUMENT, (Entry(source.url),), fetched=fetched)


def _with_nested(source: Source, linkset: Linkset, fetched: Fetched) -> Listing:
    first, faults = _first(linkset.entries, source.url)
    entries = {entry.document_url: entry for entry in first}
    seen = {fetched.url, *Source.objects.values_list("url", flat=True)}
    for url in linkset.nested:
        if url not in seen:
            seen.add(url)
            try:
                nested, more = _first(_nested_entries(url, source.url), url)
                entries |= {entry.document_url: entry for entry in nested}
                faults += more
            except (FetchError, DocumentError) as error:
                faults.append(f"{url}: {error}")
    etag = "" if linkset.nested else fetched.etag
    listed = tuple(entries.values())
    return Listing(Source.Kind.LINKSET, listed, etag=etag, faults=tuple(faults))


def _nested_entries(url: str, named_by: str) -> tuple[Entry, ...]:
    """Read one nested catalogue; what is nested in that is not followed."""
    fetched = fetch_document(url, named_by=named_by, accept=MEDIA_TYPES)
    value = examining.read_any(fetched.body)
    return read_linkset(value, fetched.url).entries if is_linkset(value) else ()


def _first(entries: tuple[Entry, ...], url: str) -> tuple[tuple[Entry, ...], list[str]]:
    """Return as many entries of one list as are read, and a fault if there are more."""
    if len(entries) <= MAX_ENTRIES:
        return entries, []
    told = f"{url}: lists {len(entries)} APIs; only the first {MAX_ENTRIES} are read"
    return entries[:MAX_ENTRIES], [told]
