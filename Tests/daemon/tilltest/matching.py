"""Expected against received: subsets, placeholders, and names that are captured once."""

from __future__ import annotations

import re
import time
from typing import Any

NAME = re.compile(r"\$([a-z][a-z0-9_]*)\Z")
INSIDE = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")
DAY_MS = 86_400_000
ABSENT = {"absent": True}


class Mismatch(Exception):
    """Says where and how; `path` is a JSON Pointer into the received line."""


def plain_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def check_placeholder(name: str, got: Any, path: str, captured: dict[str, Any]) -> None:
    if name == "any":
        return
    if name == "int":
        if not plain_int(got):
            raise Mismatch(f"{path}: {got!r} is no integer")
    elif name == "time":
        if not plain_int(got) or abs(got - time.time_ns() // 1_000_000) > DAY_MS:
            raise Mismatch(f"{path}: {got!r} is no time within a day of now")
    elif name not in captured:
        captured[name] = got
    elif captured[name] != got or type(captured[name]) is not type(got):
        raise Mismatch(f"{path}: {got!r} is not ${name}, which is {captured[name]!r}")


def match(
    want: Any, got: Any, captured: dict[str, Any], path: str = "", exact: bool = False
) -> None:
    """Raises Mismatch. Objects match as subsets unless `exact`; lists match item by item."""
    if isinstance(want, str) and want.startswith("$$"):
        want = want[1:]
    elif isinstance(want, str) and (name := NAME.match(want)):
        return check_placeholder(name.group(1), got, path, captured)
    elif isinstance(want, str) and INSIDE.search(want):
        want = substitute(want, captured)
    if isinstance(want, dict):
        if not isinstance(got, dict):
            raise Mismatch(f"{path}: {got!r} is no object")
        match_members(want, got, captured, path, exact)
    elif isinstance(want, list):
        if not isinstance(got, list) or len(want) != len(got):
            raise Mismatch(f"{path}: wanted {len(want)} items, got {got!r}")
        for index, (each, item) in enumerate(zip(want, got, strict=True)):
            match(each, item, captured, f"{path}/{index}", exact)
    elif type(want) is not type(got) or want != got:
        raise Mismatch(f"{path}: wanted {want!r}, got {got!r}")


def match_members(
    want: dict[str, Any], got: dict[str, Any], captured: dict[str, Any], path: str, exact: bool
) -> None:
    if exact and (extra := [k for k in got if k not in want]):
        raise Mismatch(f"{path}: unexpected members {extra}")
    for key, value in want.items():
        if value == ABSENT:
            if key in got:
                raise Mismatch(f"{path}/{key}: should be absent, is {got[key]!r}")
            continue
        if key not in got:
            raise Mismatch(f"{path}/{key}: missing")
        match(value, got[key], captured, f"{path}/{key}", exact)


def substitute(value: Any, captured: dict[str, Any]) -> Any:
    """Captured values put where `"$name"` or `${name}` stands; KeyError when never captured."""
    if isinstance(value, dict):
        return {k: substitute(v, captured) for k, v in value.items()}
    if isinstance(value, list):
        return [substitute(v, captured) for v in value]
    if not isinstance(value, str):
        return value
    if value.startswith("$$"):
        return value[1:]
    if name := NAME.match(value):
        return captured[name.group(1)]
    return INSIDE.sub(lambda hit: str(captured[hit.group(1)]), value)
