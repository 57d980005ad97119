"""Till beside what a shop would use instead, on one machine and one disk, in one go.

    swift build -c release && python3 Tests/compare/run.py [--seconds 5] [--clients 1,16,64]

The durable work is the same for all: an order row, an event row and an idempotency row with their
indexes, on disk before the reply. It needs postgresql, redis-server, mariadb-server and sysbench
from Debian's packages; what is not installed is left out and said.
"""

import argparse
import os
import platform
import shutil
import sys

import mariadb
import postgres
import redis
import sqlite
import till
from shared import Folder

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def contenders(parent, programs):
    yield till.NAME, till.Contender(parent, programs)
    wanted = [
        (postgres, postgres.programs() and shutil.which("pgbench")),
        (mariadb, shutil.which("mariadbd") and shutil.which("sysbench")),
        (redis, shutil.which("redis-server")),
        (sqlite, True)]
    for module, is_here in wanted:
        if is_here:
            yield module.NAME, module.Contender(parent)
        else:
            print(f"{module.NAME} is not installed and left out", file=sys.stderr)


def show(figures):
    baseline = {
        (each.work, each.clients): each.per_second
        for each in figures if each.contender == postgres.NAME}
    print("| work | clients | | per second | p50 | p99 | to PostgreSQL |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for each in sorted(figures, key=lambda f: (f.work, f.clients, -f.per_second)):
        base = baseline.get((each.work, each.clients))
        ratio = f"{each.per_second / base:.2f} ×" if base else ""
        times = [f"{value} µs" if value is not None else "–" for value in (each.p50, each.p99)]
        print(f"| {each.work} | {each.clients} | {each.contender} | {each.per_second:,} | "
              f"{times[0]} | {times[1]} | {ratio} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--clients", default="1,16,64")
    parser.add_argument("--folder", default="/tmp", help="on the disk that is measured")
    parser.add_argument("--programs", default=os.path.join(ROOT, ".build/release"))
    options = parser.parse_args()
    figures = []
    with Folder(options.folder, "all") as folder:
        for name, contender in contenders(folder.path, options.programs):
            contender.start()
            try:
                for work in contender.works:
                    for clients in map(int, options.clients.split(",")):
                        figures.append(contender.measure(work, clients, options.seconds))
                        print(f"{figures[-1]}", file=sys.stderr)
            finally:
                contender.stop()
    print(f"{os.cpu_count()} cores, Linux {platform.release()}; load now "
          f"{os.getloadavg()[0]:.1f}")
    show(figures)


if __name__ == "__main__":
    main()
