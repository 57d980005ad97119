"""What a driver says that its gateway cannot do names things that exist, each with its reason."""

from __future__ import annotations

import re
import unittest
from pathlib import Path

from fakehttp.faults import WIRE
from tilltest.drivers import DRIVERS, LIES, NOTICES

BEHAVIOURS = Path(__file__).resolve().parent.parent / "gateways"


class Declarations(unittest.TestCase):
    def test_what_is_declared_exists_and_has_a_reason(self) -> None:
        text = "".join(path.read_text() for path in BEHAVIOURS.glob("test_*.py"))
        known = set(re.findall(r"def test_(\w+)", text))
        known |= {f"notice:{kind}" for kind in NOTICES}
        known |= {f"fault:{kind}" for kind in LIES | set(WIRE)}
        for driver in DRIVERS:
            for what, reason in driver.cannot.items():
                with self.subTest(driver=driver.name, what=what):
                    self.assertIn(what, known)
                    self.assertGreater(len(reason), 10)

    def test_every_driver_has_a_name_of_its_own(self) -> None:
        names = [driver.name for driver in DRIVERS]
        self.assertEqual(len(names), len(set(names)))
