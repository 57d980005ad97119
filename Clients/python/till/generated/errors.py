# Generated from Protocol/ by `swift run generate`; do not edit.
"""One class for each class of error."""

from __future__ import annotations

from typing import Dict, Type

from ..failure import ReplyError


class ParseError(ReplyError):
    """The line is not the JSON this protocol speaks. Nothing was read, nothing happened."""


class RequestError(ReplyError):
    """The line is JSON but not a request. Nothing happened."""


class MethodError(ReplyError):
    """There is no method of this name."""


class InvalidError(ReplyError):
    """A parameter is missing, unknown or outside its schema. Nothing happened."""


class InternalError(ReplyError):
    """The daemon broke one of its own rules. The outcome says what is known."""


class DeniedError(ReplyError):
    """The caller may not do this."""


class NotFoundError(ReplyError):
    """Nothing visible to the caller has this name or number."""


class ConflictError(ReplyError):
    """The request is well formed and a rule or the present state forbids it."""


class BusyError(ReplyError):
    """A limit of concurrency is reached. The same request later may pass."""


class UnavailableError(ReplyError):
    """The daemon or a part of it is not able to do this now."""


class UpstreamError(ReplyError):
    """The gateway did not do what was asked, or nobody knows whether it did."""


class DeadlineError(ReplyError):
    """Time ran out, or the caller gave up."""


BY_CLASS: Dict[str, Type[ReplyError]] = {
    "parse": ParseError,
    "request": RequestError,
    "method": MethodError,
    "invalid": InvalidError,
    "internal": InternalError,
    "denied": DeniedError,
    "not_found": NotFoundError,
    "conflict": ConflictError,
    "busy": BusyError,
    "unavailable": UnavailableError,
    "upstream": UpstreamError,
    "deadline": DeadlineError,
}
