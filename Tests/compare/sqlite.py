"""SQLite called from Python in the shop's own process: what a small shop writes by itself."""

import os
import random
import re
import sqlite3
import threading
import time

from shared import EVENT_LINE, WARM_ROWS, Folder, figure
from postgres import SCHEMA

NAME = "SQLite in Python"


class Contender:
    works = ["create", "read"]

    def __init__(self, parent):
        self.folder = Folder(parent, "sqlite")
        self.path = os.path.join(self.folder.path, "shop.db")
        self.next = 0
        self.lock = threading.Lock()

    def start(self):
        text = SCHEMA.replace("bigserial PRIMARY KEY", "INTEGER PRIMARY KEY")
        text = re.sub(r"CREATE SEQUENCE.*", "", text)
        connection = self._connect()
        connection.executescript(text.replace("bytea", "BLOB").replace("bigint", "INTEGER"))
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(WARM_ROWS):
            self._rows(connection)
        connection.execute("COMMIT")
        connection.close()

    def measure(self, work, clients, seconds):
        latencies, threads = [], []
        deadline = time.monotonic() + seconds
        for _ in range(clients):
            thread = threading.Thread(target=self._load, args=(work, deadline, latencies))
            thread.start()
            threads.append(thread)
        for thread in threads:
            thread.join()
        return figure(NAME, work, clients, seconds, latencies)

    def stop(self):
        self.folder.__exit__()

    def _connect(self):
        connection = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def _load(self, work, deadline, latencies):
        connection, mine, now = self._connect(), [], time.perf_counter
        while time.monotonic() < deadline:
            began = now()
            if work == "create":
                connection.execute("BEGIN IMMEDIATE")
                self._rows(connection)
                connection.execute("COMMIT")
            else:
                number = f"SHOP-{random.randint(1, WARM_ROWS):016}"
                connection.execute("SELECT * FROM orders WHERE number=?", (number,)).fetchone()
            mine.append(int((now() - began) * 1_000_000))
        connection.close()
        with self.lock:
            latencies += mine

    def _rows(self, connection):
        with self.lock:
            self.next += 1
            n = f"{self.next:016}"
        key = connection.execute(
            "INSERT INTO orders(id,number,owner,currency,amount,subject,created_at,expires_at,"
            "pay_state,delivery_state,risk_state,dispute_state,captured,refunded,excess,flags,"
            "updated_at,version,expiry_due) VALUES(?,?,'shop','CNY',5800,'Game card',1,2,'created',"
            "'none','clear','none',0,0,0,0,1,1,2)", (f"ord_{n}", f"SHOP-{n}")).lastrowid
        seq = connection.execute(
            "INSERT INTO events(tx,order_key,type,line,hash) VALUES(1,?,'order.created',?,?)",
            (key, EVENT_LINE, b"x" * 32)).lastrowid
        connection.execute(
            "INSERT INTO keys(principal,key,fingerprint,method,created_at,seq,state) "
            "VALUES('shop',?,?,'order.create',1,?,'done')", (f"SHOP-{n}", b"x" * 16, seq))
