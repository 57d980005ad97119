"""Every line of the daemon against the contract: results, errors and notifications by schema."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

PROTOCOL = Path(__file__).resolve().parents[3] / "Protocol"
INTEGER_MAX = 2**53 - 1
OUTCOMES = ("none", "unknown", "applied")


class Breach(Exception):
    """Says where a line is not what the contract says."""


def load(name: str) -> Any:
    return json.loads((PROTOCOL / name).read_text(encoding="utf-8"))


class Contract:
    """The files of `Protocol/`, read once."""

    def __init__(self) -> None:
        self.types = load("types.json")
        self.errors = load("errors.json")
        self.methods: dict[str, Any] = {}
        for path in sorted((PROTOCOL / "methods").glob("*.json")):
            self.methods[path.stem] = json.loads(path.read_text(encoding="utf-8"))
        self.events = {path.stem for path in (PROTOCOL / "events").glob("*.json")}
        self.notifications = self.types["notifications"]

    @staticmethod
    @functools.cache
    def shared() -> Contract:
        return Contract()

    def check(self, message: dict[str, Any], method: str) -> None:
        """One line of the daemon; `method` is what its id was sent with, empty if unknown."""
        if message.get("jsonrpc") != "2.0":
            raise Breach("jsonrpc is not 2.0")
        if "method" in message:
            self.exactly(message, {"jsonrpc", "method", "params"})
            entry = self.notifications.get(message["method"])
            if entry is None:
                raise Breach(f"unknown notification {message['method']}")
            self.members(message["params"], entry["params"], "/params")
        elif "error" in message:
            self.exactly(message, {"jsonrpc", "id", "error"})
            self.error(message["error"])
        else:
            self.exactly(message, {"jsonrpc", "id", "result"})
            if method in self.methods:
                self.result(message["result"], method)

    def exactly(self, message: dict[str, Any], names: set[str]) -> None:
        if set(message) != names:
            raise Breach(f"members {sorted(message)} are not {sorted(names)}")

    def result(self, result: Any, method: str) -> None:
        fields = self.types["common"]["result"] | self.methods[method]["result"]
        self.members(result, fields, "/result")

    def error(self, error: dict[str, Any]) -> None:
        self.exactly(error, {"code", "message", "data"})
        data = error["data"]
        entry = self.errors["errors"].get(data.get("code"))
        if entry is None:
            raise Breach(f"unknown code {data.get('code')}")
        if (data["class"], error["code"]) != (
            entry["class"],
            self.errors["classes"][entry["class"]]["number"],
        ):
            raise Breach(f"{data['code']} is of class {entry['class']}")
        if data["retry"] not in self.errors["retry"] or data["outcome"] not in OUTCOMES:
            raise Breach(f"retry {data['retry']} or outcome {data['outcome']}")
        for name in ("hint", "ref"):
            if not data.get(name):
                raise Breach(f"{data['code']} has no {name}")
        if not error["message"]:
            raise Breach(f"{data['code']} has no message")
        known = {
            "code",
            "class",
            "retry",
            "outcome",
            "path",
            "hint",
            "details",
            "ref",
            "retry_after_ms",
        }
        if unknown := set(data) - known:
            raise Breach(f"error data has {sorted(unknown)}")
        if data["code"] != "batch_failed":
            self.members(data.get("details", {}), entry.get("details", {}), "/error/data/details")

    def members(self, value: Any, fields: dict[str, Any], path: str) -> None:
        if not isinstance(value, dict):
            raise Breach(f"{path}: {value!r} is no object")
        if unknown := [name for name in value if name not in fields]:
            raise Breach(f"{path}: unknown members {unknown}")
        for name, field in fields.items():
            if name in value:
                self.value(value[name], field["type"], f"{path}/{name}")
            elif not field.get("optional"):
                raise Breach(f"{path}/{name}: missing")

    def value(self, value: Any, type_name: str, path: str) -> None:
        if type_name.startswith("["):
            if not isinstance(value, list):
                raise Breach(f"{path}: {value!r} is no list")
            for index, each in enumerate(value):
                self.value(each, type_name[1:-1], f"{path}/{index}")
        elif (shape := self.types["objects"].get(type_name)) is not None:
            self.members(value, shape["fields"], path)
            if type_name == "event" and value["type"] not in self.events:
                raise Breach(f"{path}: unknown event {value['type']}")
        elif (words := self.types["enums"].get(type_name)) is not None:
            if value not in words["values"]:
                raise Breach(f"{path}: {value!r} is no {type_name}")
        else:
            self.scalar(value, self.types["scalars"][type_name], f"{path} ({type_name})")

    def scalar(self, value: Any, rule: dict[str, Any], path: str) -> None:
        kind = rule["kind"]
        if kind == "integer":
            if not isinstance(value, int) or isinstance(value, bool):
                raise Breach(f"{path}: {value!r} is no integer")
            if not rule.get("min", -INTEGER_MAX) <= value <= rule.get("max", INTEGER_MAX):
                raise Breach(f"{path}: {value} is out of range")
        elif kind == "boolean" and not isinstance(value, bool):
            raise Breach(f"{path}: {value!r} is no boolean")
        elif kind == "string":
            self.text(value, rule, path)
        elif kind in ("object", "map") and not isinstance(value, dict):
            raise Breach(f"{path}: {value!r} is no object")

    def text(self, value: Any, rule: dict[str, Any], path: str) -> None:
        if not isinstance(value, str):
            raise Breach(f"{path}: {value!r} is no string")
        size = len(value.encode("utf-8", "surrogatepass"))
        if not rule.get("min", 0) <= size <= rule.get("max", 2**20):
            raise Breach(f"{path}: {size} bytes")
        prefix = rule.get("prefix", "")
        if not value.startswith(prefix):
            raise Breach(f"{path}: {value!r} does not begin with {prefix}")
        alphabet = rule.get("alphabet")
        # Masked texts keep their length, not their letters.
        if alphabet and not re.fullmatch(f"[*…•{alphabet}]*", value[len(prefix) :]):
            raise Breach(f"{path}: {value!r} is not of [{alphabet}]")
