"""Which behaviour has no meaning for which gateway, and why: made of what the drivers decline.

`python3 -m tilltest.applicability` in `Tests/daemon` writes the page anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from .drivers import DRIVERS

FOLDER = Path(__file__).resolve().parents[1] / "gateways"
PAGE = FOLDER / "BEHAVIOURS.md"

INTRODUCTION = """\
# Behaviours × gateways

Every behaviour of this folder runs for every gateway, against a fake with its own books and keys. A
row below is the only exception: what the gateway does not have, and why. `fault:X` and `notice:X`
are lies and notices that one cannot tell or send; a behaviour that tries several leaves
that one out, and one that is about it alone is skipped. Made of the drivers' `cannot`; a test compares.
"""


def behaviours() -> list[str]:
    """By the names of their tests, in the order of the files."""
    found: list[str] = []
    for file in sorted(FOLDER.glob("test_*.py")):
        found += re.findall(r"^    def test_(\w+)\(", file.read_text(), re.MULTILINE)
    return found


def page() -> str:
    names = behaviours()
    lines = [INTRODUCTION, f"{len(names)} behaviours, {len(DRIVERS)} gateways."]
    lines += ["", "| gateway | has not | because |", "| --- | --- | --- |"]
    for driver in DRIVERS:
        reasons: dict[str, list[str]] = {}
        for what, reason in driver.cannot.items():
            reasons.setdefault(reason, []).append(what)
        for reason, what in reasons.items():
            shown = ", ".join(f"`{each}`" for each in what)
            lines.append(f"| `{driver.name}` | {shown} | {reason} |")
    lines += ["", "All behaviours:", "", *(f"- {name.replace('_', ' ')}" for name in names)]
    return "\n".join(lines) + "\n"


def unknown() -> list[str]:
    """What a driver declines and no behaviour has."""
    known = set(behaviours())
    return [
        f"{driver.name}: {what}"
        for driver in DRIVERS
        for what in driver.cannot
        if ":" not in what and what not in known
    ]


if __name__ == "__main__":
    PAGE.write_text(page())
