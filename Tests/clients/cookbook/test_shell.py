"""The functions of Clients/shell/till.sh where something goes wrong on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from clienttest.drivers import client_program
from tilltest.daemon import REPOSITORY, Daemon
from tilltest.setup import config

# Counts its calls; from call number FAIL_FROM on it cannot reach the daemon.
COUNTING = """#!/bin/sh
echo "$*" >> "$CALLS"
[ "$(wc -l < "$CALLS")" -lt "${FAIL_FROM:-1000}" ] || exit 7
exec "$REAL_TILL" "$@"
"""
SHELLS = [words for words in (["dash"], ["bash"], ["busybox", "sh"]) if shutil.which(words[0])]


class Shell(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="till-shell-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.daemon = Daemon(config([{"name": "sandbox", "kind": "sandbox"}], scale=20))
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.till = self.daemon.client()
        (self.folder / "till").write_text(COUNTING)
        (self.folder / "till").chmod(0o755)
        self.calls = self.folder / "calls"
        self.environment = os.environ | {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "REAL_TILL": str(client_program()),
            "TILL_SOCKET": self.daemon.socket,
            "TILL_SH": str(REPOSITORY / "Clients" / "shell" / "till.sh"),
            "XDG_STATE_HOME": str(self.folder),
            "CALLS": str(self.calls),
            "LC_ALL": "C.UTF-8",
        }

    def run_in(
        self, shell: list[str], text: str, **more: str
    ) -> subprocess.CompletedProcess[str]:
        self.calls.write_text("")
        return subprocess.run(
            [*shell, "-c", f'. "$TILL_SH"; {text}'],
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def order(self, number: str) -> str:
        amount = {"currency": "CNY", "minor": 100}
        params = {"order_no": number, "amount": amount, "subject": "x"}
        return str(self.till.keyed("order.create", **params)["order"]["id"])

    def test_each_page_is_asked_once_and_a_failure_repeats_no_row(self) -> None:
        numbers = [f"S-{index:03}" for index in range(405)]
        for number in numbers:
            self.order(number)
        rows = "till_rows order list --columns order_no"
        for shell in SHELLS:
            whole = self.run_in(shell, rows)
            self.assertEqual((whole.returncode, whole.stderr), (0, ""), shell)
            self.assertEqual(sorted(whole.stdout.split()), sorted(["order_no", *numbers]))
            self.assertEqual(len(self.calls.read_text().splitlines()), 3)
            cut = self.run_in(shell, rows, FAIL_FROM="3")
            self.assertEqual(cut.returncode, 7, shell)
            self.assertEqual(len(cut.stdout.split()), 401)
            self.assertEqual(len(set(cut.stdout.split())), 401)

    def test_whatever_is_printed_the_hand_out_is_completed(self) -> None:
        cases = [
            ("yes 页 | head -n 150 | tr -d '\\n'", "页" * 85),
            ("printf '%0300d' 7", "0" * 256),
            ("printf 'a\\351b'", "ab"),
            ("true", "delivered"),
        ]
        for number, (command, reference) in enumerate(cases):
            shell = SHELLS[number % len(SHELLS)]
            order = self.order(f"D-{number}")
            payment = self.till.keyed("payment.create", order=order, gateway="sandbox")["payment"]
            self.till.call("sandbox.pay", payment=payment["id"])
            self.till.call("order.wait", order=order, until=["paid"], wait_ms=30_000)
            done = self.run_in(shell, f'till_deliver {order} sh -c "$HAND_OUT"', HAND_OUT=command)
            self.assertEqual(done.returncode, 0, f"{command}: {done.stderr}")
            delivery = self.till.call("delivery.list", order=order)["deliveries"][0]
            self.assertEqual((delivery["state"], delivery["reference"]), ("delivered", reference))
