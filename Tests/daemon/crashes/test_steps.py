"""Every write, sync, name and send of a whole job: killed before, killed after, torn, or failing.

A careful shop does the same work each time. Step after step is broken until none is left; then the
daemon runs on, or starts again, and everything it has promised is held against it.
"""

from __future__ import annotations

import itertools
import signal
import subprocess
from typing import Callable, Iterator

from tilltest.crashcase import CrashCase, Shop, is_long
from tilltest.disk import Shim
from tilltest.shopper import shoppers

STEPS = "wstcurm"
_names = itertools.count(1)
# A short run breaks so many steps of each kind, spread over all.
SAMPLE = 8
JOBS = 2
# So many steps in a row that were not reached end the long run.
MISSED_MAX = 5
# How often a shop is sent away by a daemon that runs before it is started anew.
IDLE_MAX = 30
# So long a daemon that was killed may take to be gone.
ENDED_S = 20


class Steps(CrashCase):
    def test_killed_before_each_step(self) -> None:
        self.break_each("*", "kill-before", self.must_die)

    def test_killed_after_each_step(self) -> None:
        self.break_each("*", "kill-after", self.must_die)

    def test_killed_in_the_middle_of_each_write(self) -> None:
        self.break_each("wm", "torn", self.must_die)

    def test_each_write_fails_once(self) -> None:
        self.break_each("wt", "EIO", self.may_end)

    def test_each_sync_fails_once(self) -> None:
        self.break_each("s", "EIO", self.may_end)

    def test_no_file_can_be_made(self) -> None:
        self.break_each("c", "EMFILE", self.may_end)

    def test_the_disk_is_full_at_each_write(self) -> None:
        self.break_each("wt", "ENOSPC", self.may_end)

    def test_every_write_and_every_send_is_cut_in_half(self) -> None:
        """Nothing may rely on the system taking all bytes at once."""
        shop = Solo(self, "m:1:short+,w:1:short+")
        shop.work()
        self.assertIsNone(shop.ended, shop.daemon.log())
        shop.finish()

    def break_each(self, letters: str, action: str, check: Callable[[Solo], None]) -> None:
        done = missed = 0
        for number in self.numbers(letters):
            with self.subTest(step=number):
                shop = Solo(self, f"{letters}:{number}:{action}")
                shop.work()
                check(shop)
                fired = shop.fired
                shop.finish()
                done, missed = (done + 1, 0) if fired else (done, missed + 1)
            # How many steps a job takes depends on what was committed together.
            if missed == MISSED_MAX:
                break
        print(f"{action} at {letters}: {done} steps", flush=True)
        self.assertGreater(done, 0)

    def numbers(self, letters: str) -> Iterator[int]:
        """All in the long run, until none is reached; else some of those a job has."""
        if is_long():
            yield from range(1, 100_000)
            return
        shop = Solo(self, "")
        shop.work()
        count = shop.shim.count(STEPS if letters == "*" else letters)
        shop.finish()
        # The last ones are not reached every time.
        often = max(2, count * 8 // 10)
        yield from range(1, often, max(1, often // SAMPLE))

    def must_die(self, shop: Solo) -> None:
        if shop.fired:
            self.assertEqual(shop.end_code(), -signal.SIGKILL, shop.daemon.log())

    def may_end(self, shop: Solo) -> None:
        """A disk that fails ends the daemon with a word, or is survived; nothing in between."""
        if shop.ended is not None:
            self.assertEqual(shop.ended, 1, shop.daemon.log())


class Solo:
    """One shop, one thread: who finds no daemon starts it again, without the fault."""

    def __init__(self, case: CrashCase, plan: str) -> None:
        self.shop: Shop = case.shop(0, f"S{next(_names)}")
        self.daemon = self.shop.daemon
        self.shim = Shim(self.daemon, plan, journaled=True)
        self.dies = plan.endswith(("kill-before", "kill-after", "torn"))
        self.ended: int | None = None
        self.idle = 0

    @property
    def fired(self) -> bool:
        return self.shim.count("f") > 0

    def end_code(self) -> int | None:
        """How the fault ended the daemon; it may have done so after the last reply."""
        if self.ended is None and self.daemon.process is not None:
            return self.daemon.process.wait(ENDED_S)
        return self.ended

    def work(self) -> None:
        self.daemon.start(wait=False)
        (shopper,) = shoppers(
            self.daemon,
            self.shop.fake,
            self.shop.promises,
            self.shop.halted,
            self.shop.name,
            1,
            self.revive,
        )
        for _ in range(JOBS):
            shopper.job()
        shopper.line.drop()
        shopper.amy.drop()

    def revive(self) -> None:
        process = self.daemon.process
        assert process is not None
        try:
            code = process.wait(0.01)
        except subprocess.TimeoutExpired:
            self.idle += 1
            if self.idle < IDLE_MAX:
                return
            # It waits for a better disk, which it has by now; no need to wait with it. One that
            # the fault has killed may need longer than that to be gone.
            is_dying = self.dies and self.fired
            process.kill()
            # Its lock is free when it is gone, not before.
            code = process.wait()
            code = code if is_dying else 0
        self.idle = 0
        if self.ended is None and code != 0:
            self.ended = code
        self.daemon.process = None
        self.daemon.environment = {}
        self.daemon.start(wait=False)

    def finish(self) -> None:
        """Whatever the fault was, it is over."""
        self.daemon.environment = {}
        if self.daemon.running():
            self.daemon.kill()
        self.shop.reckon()
        self.shop.close()
