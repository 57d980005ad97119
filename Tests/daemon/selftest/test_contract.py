"""The contract's checker must fail when it should."""

from __future__ import annotations

import copy
import unittest
from typing import Any

from tilltest.contract import Breach, Contract

PING = {"jsonrpc": "2.0", "id": 1, "result": {"echo": 1}}
ERROR: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": None,
    "error": {
        "code": -32700,
        "message": "A member comes twice.",
        "data": {
            "code": "duplicate_key",
            "class": "parse",
            "retry": "never",
            "outcome": "none",
            "hint": "Send it once.",
            "details": {"offset": 3, "key": "a"},
            "ref": "c1-1",
        },
    },
}


class Lines(unittest.TestCase):
    def breach(self, message: dict[str, Any], words: str, method: str = "") -> None:
        with self.assertRaisesRegex(Breach, words):
            Contract.shared().check(message, method)

    def changed(self, **data: Any) -> dict[str, Any]:
        message = copy.deepcopy(ERROR)
        message["error"]["data"] |= data
        return message

    def test_good_lines(self) -> None:
        Contract.shared().check(PING, "protocol.ping")
        Contract.shared().check(ERROR, "")

    def test_members_nobody_named(self) -> None:
        self.breach(PING | {"x": 1}, "members")
        self.breach(PING, "unknown members", "server.drain")

    def test_errors_of_another_class(self) -> None:
        self.breach(self.changed(**{"class": "request"}), "class parse")
        self.breach(self.changed(code="no_such"), "unknown code")
        self.breach(self.changed(hint=""), "hint")

    def test_details(self) -> None:
        self.breach(self.changed(details={"offset": 3}), "key: missing")
        self.breach(self.changed(details={"offset": "3", "key": "a"}), "no integer")

    def test_enumerations_and_identifiers(self) -> None:
        state = {"jsonrpc": "2.0", "id": 1, "result": {"state": "stopped"}}
        self.breach(state, "no server_state", "server.drain")
        contract = Contract.shared()
        with self.assertRaises(Breach):
            contract.value("ord_01", "order_id", "")
        contract.value("ord_01JD0000000000000000000000", "order_id", "")
        with self.assertRaises(Breach):
            contract.value({"currency": "CNY", "minor": True}, "money", "")
