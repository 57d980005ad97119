"""For the checks of card gateways' bills: a gateway without a socket, and a few sales in it."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any, Callable
from urllib.parse import urlencode

from .cards import CardFake, Refused
from .fake import Request


class BillCheck(unittest.TestCase):
    """Fill in `make`. Three payments, and a refund of the first."""

    make: Callable[[Path], CardFake]

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.gateway = type(self).make(Path(folder.name))
        ledger = self.gateway.ledger
        self.now = ledger.clock.now_ms()
        for index in range(3):
            payment = ledger.create("pi_", f"BILL{index}", 1000 + index, "USD", 86_400_000)
            ledger.charge(payment, self.gateway.charge_prefix)
            ledger.clock.advance(1000)
        ledger.refund(ledger.one("BILL0"), "re_", "REFUND0", 400)
        # The bill is asked for two days later.
        ledger.clock.advance(2 * 86_400_000)

    def ask(self, path: str, **params: Any) -> Any:
        call = self.gateway.route(Request("GET", path, urlencode(params), {}, b""))
        assert call is not None
        status, body = self.gateway.run(call)
        self.assertEqual(status, 200)
        return json.loads(body)

    def refused(self, path: str, **params: Any) -> Any:
        with self.assertRaises(Refused) as caught:
            self.ask(path, **params)
        return caught.exception.body
