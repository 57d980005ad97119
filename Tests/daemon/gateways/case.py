"""Runs every behaviour for every gateway, and says why where one cannot have it."""

from __future__ import annotations

import unittest
from typing import Any, Callable

from tilltest.case import ShopCase
from tilltest.drivers import DRIVERS, Driver, own


class Behaviours(ShopCase):
    """Every subclass is run for each driver; `kind_of_driver` is set by `for_every_gateway`."""

    kind_of_driver: type[Driver]

    def setUp(self) -> None:
        reason = self.kind_of_driver.cannot.get(self._testMethodName.removeprefix("test_"))
        if reason is not None:
            self.skipTest(reason)
        self.driver = own(self.kind_of_driver)
        super().setUp()

    def needs(self, what: str) -> None:
        """A notice or a fault, as `notice:old`, without which the behaviour means nothing."""
        if what in self.driver.cannot:
            self.skipTest(self.driver.cannot[what])

    def each(self, what: str, kinds: tuple[str, ...]) -> list[str]:
        """The kinds that this gateway can have."""
        return [kind for kind in kinds if f"{what}:{kind}" not in self.driver.cannot]

    def fault(self, kind: str, operation: str = "*", **spec: Any) -> None:
        """The only fault from now on."""
        self.needs(f"fault:{kind}")
        self.driver.clear_faults()
        self.driver.fault(kind, operation, **spec)


def for_every_gateway(*classes: type[Behaviours]) -> Callable[..., unittest.TestSuite]:
    """The `load_tests` of a module: each class once for each driver, as `PayingAlipay`."""

    def load_tests(loader: unittest.TestLoader, *_: Any) -> unittest.TestSuite:
        suite = unittest.TestSuite()
        for base in classes:
            for driver in DRIVERS:
                name = base.__name__ + driver.name.capitalize()
                members = {"kind_of_driver": driver, "__module__": base.__module__}
                made = type(name, (base,), members)
                suite.addTests(loader.loadTestsFromTestCase(made))
        return suite

    return load_tests
