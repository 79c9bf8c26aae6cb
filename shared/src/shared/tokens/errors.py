"""What can be wrong with the making of a token."""


class TokenError(Exception):
    """The token cannot be made or changed."""


class ScopeUnknownError(TokenError):
    """A scope is not one of this service."""


class NameInvalidError(TokenError):
    """The name of a service account is not plain."""


class TokenUnknownError(TokenError):
    """There is no such token."""
