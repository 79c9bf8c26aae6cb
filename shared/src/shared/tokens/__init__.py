"""Service accounts with opaque, prefixed, hashed and scoped tokens (ADR 0014).

Import from `shared.tokens.access` (authenticate, require, Caller) and
`shared.tokens.issuing` (create_token, revoke_token): an app's own package cannot
import its models.
"""
