"""Client of Till, the local payment-state daemon.

    from till import Client, money

    with Client() as till:
        order = till.order.create(money("58.00", "CNY"), subject="Gift card")["order"]

Names of methods and members are those of the wire. Amounts are integers in minor units; a float is
refused. What went wrong is an exception of this module; `OutcomeUnknown` is the one to think about.
"""

from .aio import AsyncClient
from .client import Client
from .events import EventItem
from .failure import OutcomeUnknown, ProtocolFault, ReplyError, TillError, Unreachable
from .generated.errors import (
    BusyError,
    ConflictError,
    DeadlineError,
    DeniedError,
    InternalError,
    InvalidError,
    MethodError,
    NotFoundError,
    ParseError,
    RequestError,
    UnavailableError,
    UpstreamError,
)
from .money import money, money_text
from .wire import make_key

__all__ = [
    "AsyncClient",
    "BusyError",
    "Client",
    "ConflictError",
    "DeadlineError",
    "DeniedError",
    "EventItem",
    "InternalError",
    "InvalidError",
    "MethodError",
    "NotFoundError",
    "OutcomeUnknown",
    "ParseError",
    "ProtocolFault",
    "ReplyError",
    "RequestError",
    "TillError",
    "Unreachable",
    "UnavailableError",
    "UpstreamError",
    "make_key",
    "money",
    "money_text",
]
