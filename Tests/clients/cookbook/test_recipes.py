"""Every recipe of Clients/cookbook.md, run as it is written."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from clienttest.drivers import client_program
from tilltest.case import eventually
from tilltest.daemon import REPOSITORY, Daemon
from tilltest.setup import config

COOKBOOK = REPOSITORY / "Clients" / "cookbook.md"
MAIL = """#!/bin/sh
{ printf 'to %s\\n' "$*"; cat; } >> "$MAILBOX"
"""
HAND_OUT = """#!/bin/sh
echo "$TILL_ORDER/$TILL_LINE" >> "$HANDED_OUT"
echo "parcel 4711"
"""


def recipes() -> dict[str, list[tuple[str, bool]]]:
    """By heading: each block, and whether it runs for ever."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for section in re.split(r"^## ", COOKBOOK.read_text(encoding="utf-8"), flags=re.M)[1:]:
        heading = section.splitlines()[0]
        blocks = re.findall(r"^```sh run( forever)?\n(.*?)^```$", section, re.M | re.S)
        found[heading] = [(text, bool(forever)) for forever, text in blocks]
    return found


class Recipes(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="till-cookbook-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        sandbox = {"name": "sandbox", "kind": "sandbox"}
        self.daemon = Daemon(config([sandbox], scale=20))
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()
        programs = self.folder / "bin"
        programs.mkdir()
        for name, text in (("mail", MAIL), ("hand-out", HAND_OUT)):
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        self.environment = os.environ | {
            "PATH": f"{programs}:{client_program().parent}:{os.environ['PATH']}",
            "TILL_SOCKET": self.daemon.socket,
            "TILL_SH": str(REPOSITORY / "Clients" / "shell" / "till.sh"),
            "XDG_STATE_HOME": str(self.folder),
            "MAILBOX": str(self.folder / "mailbox"),
            "HANDED_OUT": str(self.folder / "handed-out"),
            "GATEWAY": "sandbox",
            "LC_ALL": "C.UTF-8",
        }
        self.recipes = recipes()

    def order(
        self, state: str = "", number: str = "", minor: int = 5800, lines: int = 0
    ) -> dict[str, Any]:
        """An order whose buyer did this; its answer is known."""
        amount = {"currency": "CNY", "minor": minor}
        named: dict[str, Any] = {"order_no": number} if number else {}
        if lines:
            price = {"currency": "CNY", "minor": minor // lines}
            line = {"name": "card", "quantity": 1, "unit_price": price}
            named["lines"] = [line] * lines
        order = self.till.keyed("order.create", amount=amount, subject="=Card", **named)["order"]
        if state:
            params = {"order": order["id"], "gateway": "sandbox"}
            payment = self.till.keyed("payment.create", **params)["payment"]
            self.till.call("sandbox.pay", payment=payment["id"], state=state)
            until = "paid" if state == "paid" else "created"
            self.till.call("order.wait", order=order["id"], until=[until], wait_ms=30_000)
        found: dict[str, Any] = self.till.call("order.get", order=order["id"])["order"]
        return found

    def run_recipe(self, heading: str, **more: str) -> str:
        """All blocks of one recipe in one shell, as they stand; what they print."""
        blocks = [text for text, forever in self.recipes[heading] if not forever]
        done = subprocess.run(
            ["sh", "-eu", "-c", "\n".join(blocks)],
            env=self.environment | more,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(done.returncode, 0, f"{done.stdout}\n{done.stderr}")
        return done.stdout

    def begin_recipe(self, heading: str) -> subprocess.Popen[str]:
        """The block that runs for ever, until the end of the test."""
        (text,) = [text for text, forever in self.recipes[heading] if forever]
        process = subprocess.Popen(
            ["sh", "-c", f"exec {text.strip()}"],
            env=self.environment,
            cwd=self.folder,
            stdout=(self.folder / "output").open("ab"),
            text=True,
        )
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.terminate)
        return process

    def mail(self) -> str:
        box = self.folder / "mailbox"
        return box.read_text() if box.exists() else ""

    def test_every_recipe_has_its_test(self) -> None:
        blocks = sum(len(found) for found in self.recipes.values())
        self.assertEqual((len(self.recipes), blocks), (7, 9))

    def test_the_digest_names_failed_payments_and_is_silent_without(self) -> None:
        heading = "The nightly digest of failed payments"
        self.order("paid")
        begun = self.order()
        params = {"order": begun["id"], "gateway": "sandbox"}
        payment = self.till.keyed("payment.create", **params)["payment"]
        self.run_recipe(heading)
        self.assertEqual(self.mail(), "")
        # Begun before the last digest, failed after it.
        self.till.call("sandbox.pay", payment=payment["id"], state="failed")
        self.till.call("order.wait", order=begun["id"], until=["created"], wait_ms=30_000)
        self.run_recipe(heading)
        self.assertIn(f"\t{begun['id']}\tsandbox\t", self.mail())
        (self.folder / "mailbox").unlink()
        failed = self.order("failed")
        self.run_recipe(heading)
        self.assertIn("to -s Payments that failed shop@example.com\n", self.mail())
        self.assertIn(f"\t{failed['id']}\tsandbox\t", self.mail())
        self.assertEqual(len(self.mail().splitlines()), 2)
        # Told is what failed since, and not what was begun since.
        self.run_recipe(heading)
        self.assertEqual(len(self.mail().splitlines()), 2)

    def test_workers_hand_out_each_line_once(self) -> None:
        orders = [self.order("paid")["id"] for _ in range(3)]
        worker = self.begin_recipe("A worker that hands out goods")
        handed_out = self.folder / "handed-out"

        def done() -> bool:
            states = [
                self.till.call("order.get", order=order)["order"]["delivery_state"]
                for order in orders
            ]
            return states == ["delivered"] * len(orders)

        eventually(done, "handed out")
        worker.kill()
        worker.wait()
        orders += [self.order("paid")["id"], self.order("paid", lines=2)["id"]]
        self.begin_recipe("A worker that hands out goods")
        eventually(done, "handed out after a kill")
        parcels = [f"{order}/0" for order in orders[:-1]]
        parcels += [f"{orders[-1]}/{line}" for line in (1, 2)]
        self.assertEqual(sorted(handed_out.read_text().split()), sorted(parcels))
        delivery = self.till.call("delivery.list", order=orders[0])["deliveries"][0]
        self.assertEqual(delivery["reference"], "parcel 4711")

    def test_any_number_of_a_buyer_finds_the_order(self) -> None:
        order = self.order("paid", "SHOP-77")
        payment = self.till.call("payment.get", payment=order["payments"][0])["payment"]
        for name in ("out_trade_no", "gateway_txn_id"):
            told = self.run_recipe('"But I have paid!"', NUMBER=payment[name])
            self.assertIn("SHOP-77 已完成支付", told)
        self.assertIn("已完成支付", self.run_recipe('"But I have paid!"', NUMBER="SHOP-77"))

    def test_the_spreadsheet_has_every_order_of_the_day_once(self) -> None:
        numbers = [f"S-{index:03}" for index in range(205)]
        for number in numbers:
            self.order(number=number)
        # The day before the recipe's day is today.
        script = self.folder / "bin" / "date"
        script.write_text(
            '#!/bin/sh\ncase "$*" in "-d yesterday +%F") /usr/bin/date +%F ;;'
            " *) /usr/bin/date -d tomorrow +%F ;; esac\n"
        )
        script.chmod(0o755)
        self.run_recipe("Yesterday's orders as a spreadsheet")
        with (self.folder / "orders.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(sorted(row["order_no"] for row in rows), numbers)
        self.assertTrue(all(row["subject"].startswith("'=") for row in rows), rows[0])

    def test_a_channel_is_watched(self) -> None:
        heading = "Watching a channel"
        self.begin_recipe(heading)
        self.order("paid")
        self.assertIn("closed", self.run_recipe(heading))
        self.till.call("sandbox.behave", fault="down")

        def told() -> bool:
            for _ in range(3):
                try:
                    self.order("processing")
                except Exception:  # noqa: BLE001 - the gateway is down on purpose
                    pass
            return "gateway.degraded" in (self.folder / "output").read_text()

        eventually(told, "degraded", 60)

    def test_the_alarm_rings_only_when_something_is_wrong(self) -> None:
        heading = "An alarm when the daemon is not well"
        self.run_recipe(heading)
        self.assertEqual(self.mail(), "")
        self.daemon.stop()
        fast = (self.folder / "bin" / "till").open("w")
        with fast:
            # Ten seconds are too long for a test.
            fast.write(f'#!/bin/sh\nexec {client_program()} "$@" --connect-timeout 100ms\n')
        (self.folder / "bin" / "till").chmod(0o755)
        self.run_recipe(heading)
        self.assertIn("Till is not ready oncall@example.com", self.mail())
        self.assertIn("tilld", self.mail())

    def test_what_waits_for_a_person_is_listed(self) -> None:
        order = self.order("paid")
        claim = self.till.keyed("delivery.claim", order=order["id"])["claim"]
        self.till.call("delivery.fail", claim=claim, reason="the printer is on fire")
        self.assertIn("the printer is on fire", self.run_recipe("What waits for a person"))
