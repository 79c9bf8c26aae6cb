"""Who calls, in the words of the catalogue."""

from __future__ import annotations

from typing import Any

from catalog_service.registering.apis import Account

SCOPE = "catalog:write"
SCOPE_TO_CHECK = "catalog:check"
SCOPE_FOR_ALL = "catalog:admin"


def account_of(caller: Any) -> Account:
    """Return the account behind a request that was let through."""
    return Account(str(caller), SCOPE_FOR_ALL in caller.scopes)
