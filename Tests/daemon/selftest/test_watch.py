"""A test without an end is named, and the run ends."""

from __future__ import annotations

import subprocess
import sys
import unittest
from pathlib import Path

from tilltest.watch import Watch

STUCK = """
import threading
from tilltest.watch import Watch, still_running
watch = Watch(0.2)
watch.begin("the stuck one")
watch.start()
threading.Event().wait()
"""
LEFT = """
import threading
from tilltest.watch import still_running
threading.Thread(target=threading.Event().wait, name="forgotten", daemon=True).start()
print(still_running())
"""


class Watching(unittest.TestCase):
    def said(self, program: str) -> tuple[int, str]:
        here = Path(__file__).resolve().parents[1]
        words = [sys.executable, "-c", program]
        done = subprocess.run(words, cwd=here, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr

    def test_what_has_ended_is_not_late(self) -> None:
        watch = Watch(-1)
        watch.begin("a")
        watch.begin("b")
        watch.end("a")
        self.assertEqual(watch.late(), ["b"])

    def test_one_without_an_end_ends_the_run_with_where_it_stands(self) -> None:
        code, words = self.said(STUCK)
        self.assertEqual(code, 1, words)
        self.assertIn("FAIL the stuck one: no end after 0.2 s", words)
        self.assertIn('File "<string>", line 7 in <module>', words)

    def test_threads_that_hold_nobody_up_are_not_named(self) -> None:
        self.assertEqual(self.said(LEFT), (0, "[]\n"))
