"""A limit without a proof must be found."""

from __future__ import annotations

import unittest
from typing import Any

from tilltest.contract import load
from tilltest.proofs import limit_gaps, proof_gaps, table

LIMITS = load("limits.json")["limits"]
ROWS = table("limits.json")["limits"]


class Limits(unittest.TestCase):
    def gap(self, words: str, limits: dict[str, Any], rows: dict[str, Any]) -> None:
        found = limit_gaps(limits, rows)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])

    def test_all_is_proven(self) -> None:
        self.assertEqual(proof_gaps(), [])

    def test_a_new_limit_wants_a_proof(self) -> None:
        self.gap("brand_new has no proof", LIMITS | {"brand_new": {"value": 1}}, ROWS)

    def test_a_limit_that_is_gone_has_no_row(self) -> None:
        rest = {name: limit for name, limit in LIMITS.items() if name != "depth"}
        self.gap("depth is no limit", rest, ROWS)

    def test_another_value_wants_its_proof_looked_at(self) -> None:
        self.gap("its proof is for 32", LIMITS | {"depth": {"value": 33}}, ROWS)

    def test_a_row_has_a_proof_that_exists_or_a_reason(self) -> None:
        row = ROWS["depth"]
        self.gap("no such dialogue", LIMITS, ROWS | {"depth": row | {"proofs": ["vector:no"]}})
        self.gap("neither a proof", LIMITS, ROWS | {"depth": row | {"proofs": []}})
        self.gap("is not said", LIMITS, ROWS | {"depth": row | {"edge": ""}})
