"""Every role and every method, from the table in Protocol/roles.json: let in or turned away."""

from __future__ import annotations

import hashlib
from typing import Any

from tilltest.client import Client, RpcError, fresh_key
from tilltest.contract import Contract, load
from tilltest.faultcase import FaultCase

ROLES = load("roles.json")
# Ends the daemon, so it comes last.
LAST = "server.drain"


def token_of(role: str) -> str:
    return f"token-of-one-{role}-0123456789"


def operator(role: str) -> dict[str, Any]:
    digest = hashlib.sha256(token_of(role).encode()).hexdigest()
    return {"name": f"one-{role}", "roles": [role], "token_sha256": digest}


class Roles(FaultCase):
    def test_a_listener_lets_a_role_do_what_the_table_says(self) -> None:
        daemon = self.daemon_with({})
        self.check({role: Client(daemon.socket_of(role)) for role in ROLES["roles"]})

    def test_a_token_lets_a_person_do_what_the_table_says(self) -> None:
        daemon = self.daemon_with({"operators": [operator(role) for role in ROLES["roles"]]})
        clients = {role: Client(daemon.socket, token_of(role)) for role in ROLES["roles"]}
        self.check(clients)

    def check(self, clients: dict[str, Client]) -> None:
        methods = set(ROLES["methods"])
        self.assertEqual(methods, set(Contract.shared().methods))
        for client in clients.values():
            self.addCleanup(client.close)
        pairs = 0
        for method in [*sorted(methods - {LAST}), LAST]:
            allowed = ROLES["methods"][method]
            # Those that are turned away first: what is let in may end the daemon.
            for role in sorted(clients, key=lambda role: role in allowed):
                found = self.outcome(clients[role], method)
                pairs += 1
                if role in allowed:
                    self.assertNotIn(found, ("role_too_low", "denied"), (role, method))
                else:
                    self.assertEqual(found, "role_too_low", (role, method))
        self.assertEqual(pairs, len(methods) * len(ROLES["roles"]))

    def outcome(self, client: Client, method: str) -> str:
        """The error's code; empty for a result. Only the role is right about the request."""
        params: dict[str, Any] = {}
        if Contract.shared().methods[method]["key"] == "required":
            params["idempotency_key"] = fresh_key()
        try:
            client.call(method, **params)
        except RpcError as error:
            if error.code == "role_too_low":
                self.assertEqual(error.data["outcome"], "none")
                wanted = ROLES["methods"][method]
                self.assertEqual(sorted(error.data["details"]["roles"]), sorted(wanted))
            return error.code
        return ""
