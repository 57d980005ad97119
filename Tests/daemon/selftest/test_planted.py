"""Every planted bug has its one place in the sources, so that `Tests/run --planted` can plant it."""

from __future__ import annotations

import json
import unittest

from tilltest.daemon import REPOSITORY

ROWS = json.loads((REPOSITORY / "Tests" / "planted" / "bugs.json").read_text(encoding="utf-8"))


class Planted(unittest.TestCase):
    def test_each_row_has_one_place(self) -> None:
        for row in ROWS:
            with self.subTest(row["name"]):
                text = (REPOSITORY / row["file"]).read_text(encoding="utf-8")
                self.assertEqual(text.count(row["find"]), 1, row["file"])

    def test_names_are_used_once(self) -> None:
        names = [row["name"] for row in ROWS]
        self.assertEqual(len(set(names)), len(names))
