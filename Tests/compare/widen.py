#!/usr/bin/env python3
"""Files of a planted day made so many times as large, for sizes that no generator holds in memory.

    .build/release/till-bench reconcile --orders 1000000 --files FOLDER
    Tests/compare/widen.py FOLDER --times 20 --into LARGE
    .build/release/till-bench reconcile-files --files LARGE --folder SCRATCH
    Tests/compare/widen.py LARGE --judge

Each copy has numbers of its own, so the faults of each are found or missed by themselves.
"""

import argparse
import collections
import os

END = "总交易单数".encode()


def copied(text, copy):
    """The rows with the numbers of one copy: transactions, and our references."""
    return text.replace(b"42000002632026", b"42%04d02632026" % copy).replace(b"X", b"X%04d" % copy)


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def widened(field, times):
    """A figure of the totals, times as large; its point stays where it is."""
    whole, point, part = field.partition(b".")
    value = str(int(whole + part) * times).rjust(len(part) + 1, "0").encode()
    return b"`" + (value[:-len(part)] + point + value[-len(part):] if part else value)


def widen(folder, times, into):
    os.makedirs(into, exist_ok=True)
    bill = read(folder, "bill.csv")
    start, end = bill.index(b"\n") + 1, bill.rindex(END)
    heading, sums = bill[end:].split(b"\r\n")[:2]
    with open(os.path.join(into, "bill.csv"), "wb") as file:
        file.write(bill[:start])
        for copy in range(times):
            file.write(copied(bill[start:end], copy))
        fields = [widened(field, times) for field in sums.lstrip(b"`").split(b",`")]
        file.write(heading + b"\r\n" + b",".join(fields) + b"\r\n")
    for name in ["books.csv", "truth.csv"]:
        first, _, rows = read(folder, name).partition(b"\n")
        with open(os.path.join(into, name), "wb") as file:
            file.write(first + b"\n")
            for copy in range(times):
                file.write(copied(rows, copy))


def judge(folder):
    """What was found beside what was planted."""
    found, truth = (
        collections.Counter(read(folder, name).splitlines()[1:])
        for name in ["found.csv", "truth.csv"])
    missed, false = truth - found, found - truth
    print(f"{sum((truth & found).values())} of {sum(truth.values())} found and rightly named, "
          f"{sum(false.values())} false alarms")
    for line in sorted(missed)[:5] + sorted(false)[:5]:
        print(line.decode())
    return 1 if missed or false else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--into")
    parser.add_argument("--judge", action="store_true")
    options = parser.parse_args()
    if options.judge:
        return judge(options.folder)
    if not options.into or not 1 <= options.times <= 9_999:
        parser.error("--into and --times from 1 to 9999")
    return widen(options.folder, options.times, options.into)


if __name__ == "__main__":
    raise SystemExit(main())
