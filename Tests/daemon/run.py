"""Runs the black-box checks: `Tests/support/python Tests/daemon/run.py [GROUP…] [NAME…]`.

Groups are harness, proofs, vectors, gateways, faults, scenarios and crashes; none named means all.
With TILL_LONG=1 crashes go on for hours. The daemon is TILLD or `.build/debug/tilld`. NAME picks by
part of a file or test name.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Iterator, TextIO

HERE = Path(__file__).resolve().parent
VECTORS_AT_A_TIME = 4
FAULTS_AT_A_TIME = 8
SCENARIOS_AT_A_TIME = 3
CRASHES_AT_A_TIME = 3
# The longest takes one minute alone; on a busy machine all take several times as long.
ONE_TEST_S = 600.0
ONE_LONG_TEST_S = 6 * 3600.0
sys.path[:0] = [str(HERE), str(HERE.parent / "gateways")]

from tilltest.daemon import REPOSITORY, executable  # noqa: E402
from tilltest.proofs import proof_gaps  # noqa: E402
from tilltest.vectors import replay  # noqa: E402
from tilltest.watch import Watch, still_running, tell_all  # noqa: E402

# A failure stands above a thousand lines of what went well, so its words are said again below.
said_at_the_end: list[str] = []
watch = Watch(ONE_LONG_TEST_S if os.environ.get("TILL_LONG") else ONE_TEST_S)


def wanted(name: str, parts: list[str]) -> bool:
    return not parts or any(part in name for part in parts)


def run_vectors(parts: list[str]) -> tuple[int, int]:
    """Several dialogues at a time: each has a daemon of its own, and most of them wait."""
    found = sorted((REPOSITORY / "Protocol" / "vectors").rglob("*.jsonl"))
    paths = [path for path in found if wanted(str(path.relative_to(REPOSITORY)), parts)]
    failed = 0
    with ThreadPoolExecutor(VECTORS_AT_A_TIME) as pool:
        for fault in pool.map(run_vector, paths):
            if fault is not None:
                failed += 1
                print(f"FAIL {fault}", flush=True)
                said_at_the_end.append(f"FAIL {fault}")
    return len(paths) - failed, failed


def run_vector(path: Path) -> str | None:
    watch.begin(path.name)
    try:
        return replay(path)
    finally:
        watch.end(path.name)


def each_test(suite: Any) -> Iterator[unittest.TestCase]:
    for member in suite:
        if isinstance(member, unittest.TestSuite):
            yield from each_test(member)
        else:
            yield member


class Told(unittest.TextTestResult):
    """One line a test, with its time, so a slow one is seen; a failure with the daemon's log."""

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        watch.begin(test.id())
        self.began = time.monotonic()
        self.failed_before = self.count()
        self.reason: str | None = None

    def count(self) -> int:
        return len(self.failures) + len(self.errors)

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        watch.end(test.id())
        word = "FAIL" if self.count() > self.failed_before else "ok  "
        if self.reason is not None:
            return print(f"--   {test.id()}: {self.reason}", flush=True)
        print(f"{word} {test.id()} {time.monotonic() - self.began:.1f} s", flush=True)

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addFailure(test, err)
        self.show_log(test)

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        self.show_log(test)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self.reason = reason

    def show_log(self, test: unittest.TestCase) -> None:
        daemon = getattr(test, "daemon", None)
        if daemon is not None:
            print(f"--- log of tilld in {test.id()}\n{daemon.log()}---", flush=True)


def run_scenarios(parts: list[str]) -> tuple[int, int]:
    """A few beside each other: each has a daemon of its own, and each thread its own gateways."""
    found = unittest.defaultTestLoader.discover(str(HERE / "scenarios"), top_level_dir=str(HERE))
    tests = [t for t in each_test(found) if wanted(t.id(), parts)]
    return run_beside(tests, SCENARIOS_AT_A_TIME)


def run_gateways(parts: list[str]) -> tuple[int, int]:
    """Every behaviour for every gateway; the gateways beside each other, for they mostly wait."""
    found = unittest.defaultTestLoader.discover(str(HERE / "gateways"), top_level_dir=str(HERE))
    tests = [t for t in each_test(found) if wanted(t.id(), parts)]
    by_name: dict[str, unittest.TestSuite] = {}
    for test in tests:
        name = test.kind_of_driver.name  # type: ignore[attr-defined]
        by_name.setdefault(name, unittest.TestSuite()).addTest(test)
    suites = list(by_name.values())
    with ThreadPoolExecutor(max(1, len(suites))) as pool:
        results = list(pool.map(run_suite, suites))
    return sum(good for good, _ in results), sum(bad for _, bad in results)


def run_proofs(_: list[str]) -> tuple[int, int]:
    """Every bad input, error code and limit has a proof that exists; needs no daemon."""
    gaps = proof_gaps()
    for gap in gaps:
        print(f"FAIL {gap}", flush=True)
    return (0, len(gaps)) if gaps else (1, 0)


def run_harness(parts: list[str]) -> tuple[int, int]:
    """The harness checks itself; needs no daemon."""
    found = unittest.defaultTestLoader.discover(str(HERE / "selftest"), top_level_dir=str(HERE))
    return run_suite(unittest.TestSuite(t for t in each_test(found) if wanted(t.id(), parts)))


def run_faults(parts: list[str]) -> tuple[int, int]:
    """Beside each other, because many wait for a limit of the daemon."""
    found = unittest.defaultTestLoader.discover(str(HERE / "faults"), top_level_dir=str(HERE))
    tests = [t for t in each_test(found) if wanted(t.id(), parts)]
    return run_beside(tests, FAULTS_AT_A_TIME)


def run_beside(tests: list[unittest.TestCase], count: int) -> tuple[int, int]:
    """So many at a time, the slow ones first."""
    tests.sort(key=lambda test: not getattr(test, "slow", False))
    with ThreadPoolExecutor(count) as pool:
        results = list(pool.map(run_alone, tests))
    return sum(good for good, _ in results), sum(bad for _, bad in results)


def run_alone(test: unittest.TestCase) -> tuple[int, int]:
    """Says more than one line only when it fails."""
    words = io.StringIO()
    result = run_suite(unittest.TestSuite([test]), words)
    if result[1]:
        print(words.getvalue(), flush=True)
    return result


def run_crashes(parts: list[str]) -> tuple[int, int]:
    """A sample, or with TILL_LONG all of them; the books of each are its own."""
    found = unittest.defaultTestLoader.discover(str(HERE / "crashes"), top_level_dir=str(HERE))
    tests = [t for t in each_test(found) if wanted(t.id(), parts)]
    return run_beside(tests, CRASHES_AT_A_TIME)


def run_suite(suite: unittest.TestSuite, words: TextIO = sys.stderr) -> tuple[int, int]:
    """Tests passed and failed; a test with several failed parts counts once."""
    told: Any = Told
    runner = unittest.TextTestRunner(verbosity=0, resultclass=told, stream=words)
    result = runner.run(suite)
    what = [(getattr(t, "test_case", t).id(), why) for t, why in result.failures + result.errors]
    bad = {name for name, _ in what}
    said_at_the_end.extend(f"FAIL {name}\n{why.strip()}" for name, why in what)
    return max(0, result.testsRun - len(bad) - len(result.skipped)), len(bad)


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # A shell has its background jobs ignore it, and all that they start would too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    runs = {
        "harness": run_harness,
        "proofs": run_proofs,
        "vectors": run_vectors,
        "gateways": run_gateways,
        "faults": run_faults,
        "scenarios": run_scenarios,
        "crashes": run_crashes,
    }
    what = [name for name in runs if name in arguments] or list(runs)
    parts = [a for a in arguments if a not in runs]
    if set(what) - {"harness", "proofs"}:
        executable()
    watch.start()
    passed = failed = 0
    for name, run in runs.items():
        if name in what:
            good, bad = run(parts)
            passed, failed = passed + good, failed + bad
    for words in said_at_the_end:
        print(words)
    left = still_running()
    if left:
        failed += 1
        tell_all()
        print(f"FAIL threads were left running: {', '.join(left)}")
    print(f"{passed} passed, {failed} failed", flush=True)
    if left:
        os._exit(1)
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
