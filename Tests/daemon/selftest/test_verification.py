"""The table of what is verified says what is there."""

from __future__ import annotations

import unittest

from tilltest.drivers import DRIVERS
from tilltest.verification import kinds, missing, table, written


class Verification(unittest.TestCase):
    maxDiff = None

    def test_the_table_is_the_one_that_the_tests_give(self) -> None:
        self.assertEqual(written(), table())

    def test_what_it_points_at_exists(self) -> None:
        self.assertEqual(missing(), [])

    def test_every_gateway_that_is_spoken_to_has_a_fake(self) -> None:
        names = {driver.name.split("-")[0] for driver in DRIVERS}
        self.assertEqual(set(kinds()) - names, set())
