"""Drives the Python library, plain or with `--asyncio`."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "Clients" / "python"))

import till  # noqa: E402

SECONDS = {
    "timeout_ms": "timeout",
    "connect_timeout_ms": "connect_timeout",
    "retry_for_ms": "retry_for",
}
_lock = threading.Lock()
_unknown: dict[str, till.OutcomeUnknown] = {}


def options(given: dict[str, Any]) -> dict[str, Any]:
    return {SECONDS.get(k, k): v / 1000 if k in SECONDS else v for k, v in given.items()}


def told(fault: Exception) -> dict[str, Any]:
    names = ("code", "retry", "outcome", "details", "path", "hint", "ref", "retry_after_ms", "key")
    error = {name: getattr(fault, name, None) for name in names}
    error |= {"type": type(fault).__name__, "class": getattr(fault, "error_class", "")}
    return error | {"message": getattr(fault, "message", str(fault))}


def answer(order: dict[str, Any], **parts: Any) -> None:
    with _lock:
        print(json.dumps({"n": order["n"]} | parts), flush=True)


def failed(order: dict[str, Any], fault: Exception) -> None:
    if isinstance(fault, till.OutcomeUnknown):
        _unknown[order["on"]] = fault
    answer(order, error=told(fault))


def in_fork(client: till.Client, order: dict[str, Any]) -> dict[str, Any]:
    """The child and the parent call at the same time; their replies must not be mixed up."""
    read, write = os.pipe()
    child = os.fork()
    result = client.call(order["fork"], order["params"] | {"trace": f"of-{os.getpid()}"})
    if child == 0:
        os.write(write, json.dumps(result).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return {"parent": result, "child": json.loads(os.read(read, 65_536))}


def repeated(client: till.Client, order: dict[str, Any]) -> list[int]:
    """How long each of the calls took, in nanoseconds."""
    marks = [time.perf_counter_ns()]
    for _ in range(order["times"]):
        client.call(order["repeat"], order.get("params"))
        marks.append(time.perf_counter_ns())
    return [after - before for before, after in zip(marks, marks[1:])]


def repeated_bare(client: till.Client | till.AsyncClient, order: dict[str, Any]) -> list[int]:
    """The same without a library: a line out, a line in."""
    request = {"id": 1, "method": order["bare"], "params": order["params"]}
    line = json.dumps(request).encode() + b"\n"
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(client.path)
        read = link.makefile("rb").readline
        read()
        marks = [time.perf_counter_ns()]
        for _ in range(order["times"]):
            link.sendall(line)
            read()
            marks.append(time.perf_counter_ns())
    return [after - before for before, after in zip(marks, marks[1:])]


def act(client: till.Client, order: dict[str, Any]) -> None:
    try:
        result: Any
        if "repeat" in order:
            result = {"ns": repeated(client, order)}
        elif "bare" in order:
            result = {"ns": repeated_bare(client, order)}
        elif "subscribe" in order:
            items = client.events.subscribe(**order["subscribe"])
            result = {"items": [item._asdict() for item in items]}
        elif "settle" in order:
            result = client.settle(_unknown[order["on"]])
        elif "fork" in order:
            result = in_fork(client, order)
        else:
            result = client.call(order["call"], order.get("params"))
        answer(order, result=result)
    except Exception as fault:
        failed(order, fault)


def run_plain() -> None:
    clients: dict[str, till.Client] = {}
    for line in sys.stdin:
        order = json.loads(line)
        if "open" in order:
            clients[order["open"]] = till.Client(**options(order["options"]))
            answer(order, result={})
        else:
            threading.Thread(target=act, args=(clients[order["on"]], order), daemon=True).start()


async def repeated_async(client: till.AsyncClient, order: dict[str, Any]) -> list[int]:
    marks = [time.perf_counter_ns()]
    for _ in range(order["times"]):
        await client.call(order["repeat"], order.get("params"))
        marks.append(time.perf_counter_ns())
    return [after - before for before, after in zip(marks, marks[1:])]


async def act_async(client: till.AsyncClient, order: dict[str, Any]) -> None:
    try:
        result: Any
        if "repeat" in order:
            result = {"ns": await repeated_async(client, order)}
        elif "bare" in order:
            result = {"ns": repeated_bare(client, order)}
        elif "subscribe" in order:
            stream = client.events.subscribe(**order["subscribe"])
            result = {"items": [item._asdict() async for item in stream]}
        elif "settle" in order:
            result = await client.settle(_unknown[order["on"]])
        else:
            result = await client.call(order["call"], order.get("params"))
        answer(order, result=result)
    except Exception as fault:
        failed(order, fault)


async def run_async() -> None:
    clients: dict[str, till.AsyncClient] = {}
    tasks = set()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        if "open" in order:
            # One that is only let go leaves its reader behind, which the loop complains of.
            if (former := clients.get(order["open"])) is not None:
                await former.close()
            clients[order["open"]] = till.AsyncClient(**options(order["options"]))
            answer(order, result={})
        else:
            task = loop.create_task(act_async(clients[order["on"]], order))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


if "--asyncio" in sys.argv:
    asyncio.run(run_async())
else:
    run_plain()
