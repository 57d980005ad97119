"""Holds the client libraries to the contract: `python3 Tests/clients/run.py [PART…] [NAME…]`.

Parts: dialogues (the contract's, through every library), hostile (a server that misbehaves),
shops (the examples), cookbook, packages. `--ci` runs every dialogue through every library and takes
a missing language for a failure. NAME picks by part of a name.
"""

from __future__ import annotations

import signal
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Iterator

HERE = Path(__file__).resolve().parent
DIALOGUES_AT_A_TIME = 4
CLASSES_AT_A_TIME = 4
# Without --ci each library gets every so many dialogues, each another share.
SHARES = 5
sys.path[:0] = [str(HERE), str(HERE.parent / "daemon"), str(HERE.parent / "gateways")]

from clienttest.drivers import DRIVER_TYPES, Driver, Skipped  # noqa: E402
from clienttest.replay import is_pipelined, replay, suited  # noqa: E402
from tilltest.daemon import executable  # noqa: E402


class Tally:
    """What passed, failed and was skipped."""

    def __init__(self, is_ci: bool) -> None:
        self.is_ci = is_ci
        self.passed = 0
        self.failed = 0

    def fail(self, words: str) -> None:
        self.failed += 1
        print(f"FAIL {words}", flush=True)

    def skip(self, words: str) -> None:
        if self.is_ci:
            self.fail(f"skipped: {words}")
        else:
            print(f"skipped: {words}", flush=True)


def share(paths: list[Path], number: int) -> list[Path]:
    return paths[number % SHARES :: SHARES]


def run_dialogues(tally: Tally, names: list[str]) -> None:
    paths, others = suited()
    drivers = {kind.name for kind in DRIVER_TYPES} & set(names)
    names = [name for name in names if name not in drivers]
    print(f"{len(paths)} dialogues suit a library; {len(others)} are about lines or connections")
    for number, kind in enumerate(DRIVER_TYPES):
        if drivers and kind.name not in drivers:
            continue
        chosen = [p for p in paths if not names or any(name in str(p) for name in names)]
        if not kind.pipelines:
            chosen = [p for p in chosen if not is_pipelined(p)]
        if not tally.is_ci and not names and not drivers:
            chosen = share(chosen, number)
        began = time.monotonic()
        try:
            faults = replay_all(kind, chosen)
        except Skipped as reason:
            tally.skip(f"{kind.name}: {reason}")
            continue
        for fault in faults:
            tally.fail(fault)
        tally.passed += len(chosen) - len(faults)
        seconds = time.monotonic() - began
        good = len(chosen) - len(faults)
        print(f"{kind.name}: {good} of {len(chosen)} dialogues, {seconds:.1f} s", flush=True)


def replay_all(kind: type[Driver], paths: list[Path]) -> list[str]:
    """Some dialogues at a time, each of these lanes with a driver of its own."""
    lanes = [paths[i::DIALOGUES_AT_A_TIME] for i in range(DIALOGUES_AT_A_TIME)]

    def run_lane(lane: list[Path]) -> list[str]:
        driver = kind()
        try:
            return [fault for path in lane if (fault := replay(driver, path))]
        finally:
            driver.close()

    with ThreadPoolExecutor(DIALOGUES_AT_A_TIME) as pool:
        return [fault for faults in pool.map(run_lane, lanes) for fault in faults]


def each_test(suite: Any) -> Iterator[unittest.TestCase]:
    for member in suite:
        if isinstance(member, unittest.TestSuite):
            yield from each_test(member)
        else:
            yield member


def run_tests(tally: Tally, folder: str, names: list[str]) -> None:
    """Some classes at a time: most of a test's time is waiting."""
    found = unittest.defaultTestLoader.discover(str(HERE / folder), top_level_dir=str(HERE))
    classes: dict[type, list[unittest.TestCase]] = {}
    for test in each_test(found):
        if not names or any(name in test.id() for name in names):
            classes.setdefault(type(test), []).append(test)
    with ThreadPoolExecutor(CLASSES_AT_A_TIME) as pool:
        for result in pool.map(run_class, classes.values()):
            bad = {getattr(test, "test_case", test).id() for test, _ in faults_of(result)}
            tally.passed += result.testsRun - len(bad) - len(result.skipped)
            for _, trace in faults_of(result):
                print(trace, flush=True)
            for name in sorted(bad):
                tally.fail(name)
            for test, reason in result.skipped:
                tally.skip(f"{test.id()}: {reason}")


def run_class(tests: list[unittest.TestCase]) -> unittest.TestResult:
    result = unittest.TestResult()
    unittest.TestSuite(tests).run(result)
    return result


def faults_of(result: unittest.TestResult) -> list[tuple[unittest.TestCase, str]]:
    return result.failures + result.errors


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    tally = Tally("--ci" in arguments)
    words = [word for word in arguments if word != "--ci"]
    parts = ["dialogues", *sorted(p.parent.name for p in HERE.glob("*/__init__.py"))]
    parts.remove("clienttest")
    names = [word for word in words if word not in parts]
    executable()
    for part in [part for part in parts if part in words] or parts:
        began = time.monotonic()
        if part == "dialogues":
            run_dialogues(tally, names)
        else:
            run_tests(tally, part, names)
        print(f"{part}: {time.monotonic() - began:.1f} s", flush=True)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or tally.passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
