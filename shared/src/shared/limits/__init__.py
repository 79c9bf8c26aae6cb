"""How often a caller may do what is dear: writes and searches."""

from shared.limits.limiting import client_of, limit, limit_searches, limit_writes

__all__ = ["client_of", "limit", "limit_searches", "limit_writes"]
