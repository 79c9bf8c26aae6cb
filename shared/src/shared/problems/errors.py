"""The errors that a client may see, one leaf per status.

The docstring of a leaf is its default detail. The types are the ones that clients of
dso-api know: `urn:apiexception:` and a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Fault:
    """One wrong parameter, header or member of a request.

    `location` is query, path, header or body; `accepted` says what would be right.
    """

    name: str
    reason: str
    location: str = "query"
    accepted: str = ""
    code: str = "invalid"


class ProblemError(Exception):
    """The request cannot be answered."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad request."
    type: ClassVar[str] = "urn:apiexception:error"

    def __init__(
        self,
        detail: str = "",
        *,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.faults = tuple(faults)
        self.detail = detail or _detail_of(self.faults) or _first_line(type(self))
        self.headers = dict(headers or {})
        super().__init__(self.detail)


def _detail_of(faults: tuple[Fault, ...]) -> str:
    return "; ".join(f"{fault.name}: {fault.reason}" for fault in faults[:3])


def _first_line(leaf: type[ProblemError]) -> str:
    return (leaf.__doc__ or "").partition("\n")[0]


class BadRequestError(ProblemError):
    """The request is not valid."""

    title = "Invalid input."
    type = "urn:apiexception:invalid"


class UnauthorizedError(ProblemError):
    """A valid token is needed."""

    status = 401
    title = "Not authenticated."
    type = "urn:apiexception:not_authenticated"

    def __init__(self, detail: str = "", *, error: str = "", scope: str = "") -> None:
        # RFC 6750 section 3: error and scope tell the client what to do next.
        attributes = {"realm": "kade", "error": error, "scope": scope}
        challenge = ", ".join(f'{k}="{v}"' for k, v in attributes.items() if v)
        super().__init__(detail, headers={"WWW-Authenticate": f"Bearer {challenge}"})


class ForbiddenError(ProblemError):
    """The caller may not do this."""

    status = 403
    title = "Permission denied."
    type = "urn:apiexception:permission_denied"


class NotFoundError(ProblemError):
    """There is nothing at this address."""

    status = 404
    title = "Not found."
    type = "urn:apiexception:not_found"


class MethodNotAllowedError(ProblemError):
    """This method is not possible here."""

    status = 405
    title = "Method not allowed."
    type = "urn:apiexception:method_not_allowed"

    def __init__(self, detail: str = "", *, allowed: Iterable[str] = ()) -> None:
        super().__init__(detail, headers={"Allow": ", ".join(allowed)})


class NotAcceptableError(ProblemError):
    """None of the formats that the client accepts is made here."""

    status = 406
    title = "Not acceptable."
    type = "urn:apiexception:not_acceptable"


class ConflictError(ProblemError):
    """The request contradicts the present state."""

    status = 409
    title = "Conflict."
    type = "urn:apiexception:conflict"


class GoneError(ProblemError):
    """What was here is gone for good."""

    status = 410
    title = "Gone."
    type = "urn:apiexception:gone"


class LengthRequiredError(ProblemError):
    """A body needs a Content-Length."""

    status = 411
    title = "Length required."
    type = "urn:apiexception:length_required"


class PreconditionFailedError(ProblemError):
    """The resource changed since the client saw it."""

    status = 412
    title = "Precondition failed."
    type = "urn:apiexception:precondition_failed"


class TooLargeError(ProblemError):
    """The body is too large."""

    status = 413
    title = "Content too large."
    type = "urn:apiexception:too_large"


class UnsupportedMediaTypeError(ProblemError):
    """A body of this media type is not read here."""

    status = 415
    title = "Unsupported media type."
    type = "urn:apiexception:unsupported_media_type"


class UnprocessableError(ProblemError):
    """The content is well formed and cannot be processed."""

    status = 422
    title = "Unprocessable content."
    type = "urn:apiexception:unprocessable"


class TooManyRequestsError(ProblemError):
    """Too many requests; wait before the next."""

    status = 429
    title = "Too many requests."
    type = "urn:apiexception:throttled"

    def __init__(self, detail: str = "", *, retry_after: int = 60) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class UnexpectedError(ProblemError):
    """Something went wrong here; it is logged under the request id."""

    status = 500
    title = "Internal server error."


class UnavailableError(ProblemError):
    """The service cannot answer at the moment; try again later."""

    status = 503
    title = "Service unavailable."
    type = "urn:apiexception:unavailable"

    def __init__(self, detail: str = "", *, retry_after: int = 5) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
