"""Several who ask for something in the same moment."""

from __future__ import annotations

import threading
from typing import Any, Callable, Sequence

from .client import Client, RpcError

PATIENCE_S = 60.0


def at_once(clients: Sequence[Client], ask: Callable[[Client], Any]) -> list[Any]:
    """What each of them was told, in their order: a result, or the error that refused it.

    They are connected before, so nobody waits for one who never came. What breaks in one of them is
    raised here.
    """
    begin = threading.Barrier(len(clients), timeout=PATIENCE_S)
    told: list[Any] = [None] * len(clients)

    def work(index: int) -> None:
        try:
            begin.wait()
            told[index] = ask(clients[index])
        except Exception as fault:
            told[index] = fault

    threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
        if thread.is_alive():
            raise AssertionError(f"one of {len(clients)} has no answer after {PATIENCE_S:g} s")
    for fault in told:
        if isinstance(fault, Exception) and not isinstance(fault, RpcError):
            raise fault
    return told


def refusals(told: list[Any]) -> list[str]:
    """The codes of those that were refused."""
    return [one.code for one in told if isinstance(one, RpcError)]


def results(told: list[Any]) -> list[Any]:
    """What those were told that were not refused."""
    return [one for one in told if not isinstance(one, RpcError)]
