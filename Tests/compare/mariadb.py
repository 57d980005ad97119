"""MariaDB (InnoDB, flushed at every commit) over its Unix socket, driven by sysbench."""

import os
import re
import subprocess

from shared import EVENT_LINE, WARM_ROWS, Figure, Folder, run, wait_until
from postgres import SCHEMA

NAME = "MariaDB"

# A procedure, so that three rows take one trip.
PROCEDURE = f"""
DELIMITER //
CREATE PROCEDURE create_order() BEGIN
  DECLARE n VARCHAR(16);
  START TRANSACTION;
  SET n = lpad(nextval(numbers), 16, '0');
  INSERT INTO orders(id, number, owner, currency, amount, subject, created_at, expires_at,
    pay_state, delivery_state, risk_state, dispute_state, captured, refunded, excess, flags,
    updated_at, version, expiry_due)
    VALUES(concat('ord_', n), concat('SHOP-', n), 'shop', 'CNY', 5800, 'Game card', 1, 2,
      'created', 'none', 'clear', 'none', 0, 0, 0, 0, 1, 1, 2);
  INSERT INTO events(tx, order_key, type, line, hash)
    VALUES(1, last_insert_id(), 'order.created', '{EVENT_LINE}', repeat('x', 32));
  INSERT INTO `keys`(principal, `key`, fingerprint, method, created_at, seq, state)
    VALUES('shop', concat('SHOP-', n), repeat('x', 16), 'order.create', 1, last_insert_id(), 'done');
  COMMIT;
END //
DELIMITER ;
"""

SCRIPT = """
function thread_init()
  drv = sysbench.sql.driver()
  con = drv:connect()
end
function event()
  con:query(%s)
end
"""


def schema():
    text = re.sub(r" WHERE [a-z_]+ IS NOT NULL", "", SCHEMA)
    text = text.replace("bigserial PRIMARY KEY", "bigint AUTO_INCREMENT PRIMARY KEY")
    text = text.replace("bytea", "varbinary(32)").replace("line text", "line longtext")
    text = re.sub(r"\b(?<!long)text\b", "varchar(128)", text)
    text = text.replace("TABLE keys", "TABLE `keys`").replace(" lines ", " `lines` ")
    text = re.sub(r"(?<=[ (])key (?=varchar|bigint)", "`key` ", text)
    return text.replace("(principal, key)", "(principal, `key`)")


class Contender:
    works = ["create", "read"]

    def __init__(self, parent):
        self.folder = Folder(parent, "mariadb", owner="mysql")
        self.socket = os.path.join(self.folder.path, "m.sock")
        self.process = None

    def start(self):
        data = os.path.join(self.folder.path, "data")
        run("mariadb-install-db", "--no-defaults", "--user=mysql", f"--datadir={data}",
            "--auth-root-authentication-method=normal", "--skip-test-db")
        self.process = subprocess.Popen(
            ["mariadbd", "--no-defaults", "--user=mysql", f"--datadir={data}",
             f"--socket={self.socket}", "--skip-networking", "--innodb-buffer-pool-size=1G",
             "--innodb-log-file-size=1G", "--innodb-flush-log-at-trx-commit=1",
             "--max-connections=200"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: os.path.exists(self.socket), NAME)
        self._sql("CREATE DATABASE shop")
        self._sql(schema() + PROCEDURE, "shop")
        self._bench("create", 16, ["--events=%d" % WARM_ROWS, "--time=0"])

    def measure(self, work, clients, seconds):
        printed = self._bench(work, clients, ["--events=0", f"--time={seconds}"])
        total = int(re.search(r"total number of events:\s+(\d+)", printed)[1])
        p50, p99 = self._quantiles(printed)
        return Figure(NAME, work, clients, total // seconds, p50, p99)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.folder.__exit__()

    def _sql(self, text, *words):
        run("mariadb", "--no-defaults", "-u", "root", "-S", self.socket, *words, input=text)

    def _bench(self, work, clients, length):
        call = {
            "create": "\"CALL create_order()\"",
            "read": "\"SELECT * FROM orders WHERE number = concat('SHOP-', lpad(\" .. "
                    f"sysbench.rand.uniform(1, {WARM_ROWS}) .. \", 16, '0'))\""}[work]
        script = self.folder.file("work.lua", SCRIPT % call)
        return run("sysbench", script, f"--mysql-socket={self.socket}", "--mysql-user=root",
                   "--mysql-db=shop", f"--threads={clients}", "--histogram", *length, "run")

    @staticmethod
    def _quantiles(printed):
        """sysbench prints a histogram: milliseconds, a bar, a count."""
        bars = [(float(ms), int(count)) for ms, count in
                re.findall(r"^\s*([0-9.]+) \|[* ]*\s(\d+)$", printed, re.M)]
        total, found = sum(count for _, count in bars), []
        for percent in (50, 99):
            passed = 0
            for ms, count in bars:
                passed += count
                if passed * 100 >= total * percent:
                    found.append(int(ms * 1000))
                    break
        return found if len(found) == 2 else (None, None)
