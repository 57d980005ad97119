"""The page of what has no meaning for which gateway is the one that the drivers give."""

from __future__ import annotations

import unittest

from tilltest.applicability import PAGE, page, unknown


class Applicability(unittest.TestCase):
    maxDiff = None

    def test_the_page_is_the_one_that_the_drivers_give(self) -> None:
        self.assertEqual(PAGE.read_text(), page())

    def test_what_a_driver_declines_is_a_behaviour(self) -> None:
        self.assertEqual(unknown(), [])
