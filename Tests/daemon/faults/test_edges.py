"""Every parameter of every method at the edges that its contract gives it.

One unknown member rides along, so no request is ever carried out: of the faults that are told
together, only those of the parameter looked at count.
"""

from __future__ import annotations

from typing import Any, Iterator

from tilltest.client import Client, fresh_key
from tilltest.contract import INTEGER_MAX, Contract
from tilltest.faultcase import FaultCase

# Text of these forms is more than letters of an alphabet.
FORMS = {"email", "url", "base64", "event_filter"}
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
Edge = tuple[Any, str]


def letter(rule: dict[str, Any]) -> str:
    """One of the alphabet."""
    first = rule.get("alphabet", "a")[0]
    return first if first in LETTERS else "A"


def text_edges(rule: dict[str, Any]) -> Iterator[Edge]:
    """Values and the fault that each must have; an empty one for none."""
    prefix = rule.get("prefix", "")
    least, most = rule.get("min", 0), rule.get("max")
    # A word of one length has a form; of another length it has not.
    is_form = bool(prefix) or least == most

    def text(size: int) -> str:
        return prefix + letter(rule) * (size - len(prefix))

    yield text(least), ""
    if least > 0:
        yield text(least - 1), "bad_format" if is_form else "too_short"
    if most is not None:
        yield text(most), ""
        yield text(most + 1), "bad_format" if is_form else "too_long"


def integer_edges(rule: dict[str, Any]) -> Iterator[Edge]:
    least, most = rule.get("min", -INTEGER_MAX), rule.get("max", INTEGER_MAX)
    yield least, ""
    yield most, ""
    if least > -INTEGER_MAX:
        yield least - 1, "out_of_range"
    if most < INTEGER_MAX:
        yield most + 1, "out_of_range"


class Edges(FaultCase):
    maxDiff = None

    def test_every_parameter_is_taken_at_its_edges_and_not_beyond(self) -> None:
        daemon = self.daemon_with({})
        self.contract = Contract.shared()
        self.wrong: list[str] = []
        seen: set[str] = set()
        with Client(daemon.socket) as client:
            for name, method in self.contract.methods.items():
                for param, field in method["params"].items():
                    for value, fault in self.edges(field):
                        self.look(client, name, param, value, fault)
                        seen.add(fault)
        self.assertEqual(self.wrong, [])
        self.assertEqual(seen, {"", "bad_format", "too_short", "too_long", "out_of_range"})

    def edges(self, field: dict[str, Any]) -> Iterator[Edge]:
        kind = field["type"]
        if kind.startswith("["):
            yield from self.list_edges(field)
            return
        rule = self.contract.types["scalars"].get(kind)
        if rule is None:
            return
        rule = rule | {k: field[k] for k in ("min", "max") if k in field}
        if rule["kind"] == "integer":
            yield from integer_edges(rule)
        elif rule["kind"] == "string" and kind != "currency" and rule.get("format") not in FORMS:
            yield from text_edges(rule)

    def list_edges(self, field: dict[str, Any]) -> Iterator[Edge]:
        """Only how many there are: what they are is another fault, at another place."""
        if "min" in field:
            yield [0] * field["min"], ""
            yield [0] * (field["min"] - 1), "out_of_range"
        if "max" in field:
            yield [0] * field["max"], ""
            yield [0] * (field["max"] + 1), "out_of_range"

    def look(self, client: Client, method: str, param: str, value: Any, fault: str) -> None:
        params = {param: value, "no_such_member": 1}
        if self.contract.methods[method]["key"] == "required":
            params["idempotency_key"] = fresh_key()
        error = client.refused(method, **params)
        problems = error.data.get("details", {}).get("problems") or [error.data]
        found = [p["code"] for p in problems if p.get("path") == f"/params/{param}"]
        shown = value if len(str(value)) < 100 else f"{str(value)[:40]}… of {len(value)}"
        if found != ([fault] if fault else []):
            self.wrong.append(f"{method} {param} = {shown!r}: {found} instead of {fault!r}")
