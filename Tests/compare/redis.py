"""Redis with `appendfsync always` over its Unix socket, driven by redis-benchmark."""

import os
import subprocess

from shared import EVENT_LINE, WARM_ROWS, Figure, Folder, run, wait_until

NAME = "Redis"

# The same three rows in one step: a hash, a stream entry, a key that is set once.
ROWS = """\
local n = redis.call('INCR', 'numbers')
redis.call('HSET', 'order:' .. n, 'number', 'SHOP-' .. n, 'owner', 'shop', 'currency', 'CNY',
  'amount', 5800, 'subject', 'Game card', 'created_at', 1, 'expires_at', 2, 'pay_state', 'created',
  'delivery_state', 'none', 'risk_state', 'clear', 'dispute_state', 'none', 'captured', 0,
  'refunded', 0, 'excess', 0, 'flags', 0, 'updated_at', 1, 'version', 1)
redis.call('XADD', 'events', '*', 'order', n, 'line', ARGV[1])
redis.call('SET', 'key:shop:' .. n, 'done', 'NX')
return n"""


class Contender:
    works = ["bare SET", "create", "read"]

    def __init__(self, parent):
        self.folder = Folder(parent, "redis")
        self.socket = os.path.join(self.folder.path, "redis.sock")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", self.socket, "--dir",
             self.folder.path, "--appendonly", "yes", "--appendfsync", "always", "--save", ""],
            stdout=subprocess.DEVNULL)
        wait_until(lambda: os.path.exists(self.socket), NAME)
        self._bench(16, WARM_ROWS, "EVAL", ROWS, 0, EVENT_LINE)

    def measure(self, work, clients, seconds):
        words = {
            "bare SET": ["SET", "bare:__rand_int__", EVENT_LINE],
            "create": ["EVAL", ROWS, "0", EVENT_LINE],
            "read": ["HGETALL", "order:__rand_int__"]}[work]
        # redis-benchmark counts requests, not seconds: a short run says how many fit.
        trial = self._bench(clients, 200 * clients, *words)
        return self._bench(
            clients, max(1_000, trial.per_second * seconds), *words, work=work)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.folder.__exit__()

    def _bench(self, clients, count, *words, work=""):
        printed = run("redis-benchmark", "-s", self.socket, "-c", clients, "-n", count, "-r",
                      WARM_ROWS, "--csv", *words)
        # The first cell repeats the command unquoted; these are the seven at the end.
        cells = printed.strip().splitlines()[-1].rsplit(",", 7)[1:]
        rate, _, _, p50, _, p99, _ = (float(cell.strip('"')) for cell in cells)
        return Figure(NAME, work, clients, int(rate), int(p50 * 1000), int(p99 * 1000))
