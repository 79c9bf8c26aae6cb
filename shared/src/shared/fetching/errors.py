"""Why a URL was not fetched, in words that may be shown to anybody."""

from __future__ import annotations

from collections.abc import Mapping


class FetchError(Exception):
    """The URL could not be fetched."""

    def __str__(self) -> str:
        return super().__str__() or (self.__doc__ or "").rstrip(".")


class UrlRefusedError(FetchError):
    """The URL is not one that is fetched; `part` names what is wrong with it."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(f"{part} of the URL: {reason}")
        self.part = part
        self.reason = reason


class AddressRefusedError(FetchError):
    """The host has no public address.

    One text for private, reserved and unknown addresses: whoever gives a URL learns
    nothing about the network that we stand in.
    """

    def __str__(self) -> str:
        return "the host has no public address"


class RedirectRefusedError(FetchError):
    """The redirect is not followed."""


class UnreachableError(FetchError):
    """The server gave no proper answer."""


class DeadlineError(FetchError):
    """The answer took too long."""


class TooLargeError(FetchError):
    """The answer is too large."""


class BodyError(FetchError):
    """The body is broken or in an encoding that was not asked for."""


class StatusError(FetchError):
    """The server answered with a status that carries no document.

    `retry_after` is the number of seconds that the server asked us to wait, or None;
    `headers` have lower-case names.
    """

    def __init__(
        self,
        status: int,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"the server answered {status}")
        self.status = status
        self.retry_after = retry_after
        self.headers = headers or {}
