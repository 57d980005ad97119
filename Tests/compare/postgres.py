"""PostgreSQL over its Unix socket, driven by pgbench with prepared statements."""

import glob
import os

from shared import EVENT_LINE, WARM_ROWS, Folder, figure, run

NAME = "PostgreSQL"

SCHEMA = """
CREATE TABLE orders(
  key bigserial PRIMARY KEY, id text NOT NULL UNIQUE, number text UNIQUE, owner text NOT NULL,
  currency text NOT NULL, amount bigint NOT NULL, subject text NOT NULL, lines text, source text,
  created_at bigint NOT NULL, expires_at bigint NOT NULL, pay_state text NOT NULL,
  delivery_state text NOT NULL, risk_state text NOT NULL, dispute_state text NOT NULL,
  captured bigint NOT NULL, refunded bigint NOT NULL, excess bigint NOT NULL,
  flags bigint NOT NULL, updated_at bigint NOT NULL, version bigint NOT NULL, expiry_due bigint);
CREATE INDEX orders_expiry ON orders(expiry_due) WHERE expiry_due IS NOT NULL;
CREATE TABLE events(
  seq bigserial PRIMARY KEY, tx bigint NOT NULL, order_key bigint, type text NOT NULL,
  line text NOT NULL, hash bytea NOT NULL);
CREATE INDEX events_of_order ON events(order_key, seq) WHERE order_key IS NOT NULL;
CREATE TABLE keys(
  principal text NOT NULL, key text NOT NULL, fingerprint bytea NOT NULL, method text NOT NULL,
  created_at bigint NOT NULL, seq bigint NOT NULL, state text NOT NULL, reply text,
  PRIMARY KEY(principal, key));
CREATE SEQUENCE numbers;
"""

# One statement, so one trip and one commit. Numbers ascend, as Till's do: indexes grow at one end.
CREATE = """\
WITH n AS (SELECT lpad(nextval('numbers')::text, 16, '0') AS n),
o AS (INSERT INTO orders(id, number, owner, currency, amount, subject, created_at, expires_at,
    pay_state, delivery_state, risk_state, dispute_state, captured, refunded, excess, flags,
    updated_at, version, expiry_due)
  SELECT 'ord_' || n, 'SHOP-' || n, 'shop', 'CNY', 5800, 'Game card', 1, 2, 'created', 'none',
    'clear', 'none', 0, 0, 0, 0, 1, 1, 2 FROM n RETURNING key, number),
e AS (INSERT INTO events(tx, order_key, type, line, hash)
  SELECT 1, key, 'order.created', :line, '\\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
  FROM o RETURNING seq)
INSERT INTO keys(principal, key, fingerprint, method, created_at, seq, state)
  SELECT 'shop', o.number, '\\x00112233445566778899aabbccddeeff', 'order.create', 1, e.seq, 'done'
  FROM o, e;
"""

GET = """\
\\set n random(1, :rows)
SELECT * FROM orders WHERE number = 'SHOP-' || lpad(:n::text, 16, '0');
"""


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    return found[-1] if found else None


class Contender:
    works = ["create", "read"]

    def __init__(self, parent):
        self.folder = Folder(parent, "postgres", owner="postgres")
        self.bin = programs()
        self.data = os.path.join(self.folder.path, "data")
        self.rows = 0

    def start(self):
        run(f"{self.bin}/initdb", "-D", self.data, "--no-sync", "-A", "trust", "-U", "postgres",
            user="postgres")
        # The defaults that a careful operator changes; durability stays as it is (fsync and
        # synchronous_commit on).
        options = (
            f"-k {self.folder.path} -c listen_addresses= -c max_connections=200 "
            "-c shared_buffers=1GB -c max_wal_size=4GB -c log_min_messages=error")
        run(f"{self.bin}/pg_ctl", "-D", self.data, "-o", options, "-w", "-l",
            os.path.join(self.folder.path, "log"), "start", user="postgres")
        schema = self.folder.file("schema.sql", SCHEMA)
        self._psql("-q", "-f", schema)
        self.scripts = {
            "create": self.folder.file("create.sql", CREATE),
            "read": self.folder.file("get.sql", GET)}
        for path in self._bench("create", 16, ["-t", str(WARM_ROWS // 16)]):
            os.remove(path)
        self._psql("-q", "-c", "VACUUM ANALYZE")

    def measure(self, work, clients, seconds):
        logs = self._bench(work, clients, ["-T", str(seconds)])
        latencies = []
        for path in logs:
            with open(path, encoding="ascii") as lines:
                latencies += [int(line.split()[2]) for line in lines]
            os.remove(path)
        return figure(NAME, work, clients, seconds, latencies)

    def stop(self):
        run(f"{self.bin}/pg_ctl", "-D", self.data, "-m", "immediate", "stop", user="postgres")
        self.folder.__exit__()

    def _psql(self, *words):
        return run("psql", "-h", self.folder.path, "-U", "postgres", "-X", "-t", "-A", *words)

    def _bench(self, work, clients, length):
        rows = int(self._psql("-c", "SELECT count(*) FROM orders").strip() or 0)
        prefix = os.path.join(self.folder.path, "latency")
        run("pgbench", "-h", self.folder.path, "-U", "postgres", "-n", "-M", "prepared",
            "-c", clients, "-j", min(clients, 2), "-f", self.scripts[work], "-l",
            "--log-prefix", prefix, "-D", f"line={EVENT_LINE}", "-D", f"rows={max(1, rows)}",
            *length, "postgres")
        return glob.glob(prefix + ".*")
