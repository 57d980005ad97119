#!/usr/bin/env python3
"""Proves that the simulator can fail: it must find every planted bug.

    Tests/planted/run.py [--debug] [NAME ...]

Each row of bugs.json changes one place of the sources. All rows are applied to a copy of the tree at
once, each behind a choice that the environment makes at run time, so one build serves them all and
the shipped sources hold no switch. `BUG` in a row stands for that choice; rows about one place are
joined. A row whose place is not found exactly once is an error: the list follows the code.

Every bug must be found within its row's number of seeds, counted from 1; the same seeds find nothing
without a bug; `only` in a row names the behaviours that are met instead of drawn ones. Exits 1
where one is not found.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPY = ROOT / ".build-planted" / "tree"
SWITCH = """@preconcurrency import Glibc

/// Which planted bug is alive in this process, by the environment.
package enum Planted {
  private static let name: String = {
    guard let text = getenv("TILL_PLANTED") else { return "" }
    return String(cString: text)
  }()

  package static func has(_ bug: String) -> Bool { name == bug }
}
"""


def plant(rows):
    """Copies the tree and applies every row; only files that change are written."""
    texts = {}
    for row in rows:
        texts.setdefault(row["file"], (ROOT / row["file"]).read_text())
    # Rows about one and the same place become one change with several choices.
    places = {}
    for row in rows:
        places.setdefault((row["file"], row["find"]), []).append(row)
    for (name, find), group in places.items():
        if texts[name].count(find) != 1:
            sys.exit(f"{group[0]['name']}: its place is not in {name} exactly once")
        texts[name] = texts[name].replace(find, joined(find, group))
    mirror(texts)


def joined(find, group):
    def choice(row):
        return row["put"].replace("BUG", f'Planted.has("{row["name"]}")')

    if len(group) == 1:
        return choice(group[0])
    # Only filters share a place: each adds its own states.
    head, body = find.split("{", 1)
    parts = [row["put"].split("{", 1)[1].rsplit("}", 1)[0].strip() for row in group]
    conditions = [
        part.replace("BUG", f'Planted.has("{row["name"]}")') for part, row in zip(parts, group)
    ]
    return head + "{\n      " + "\n        || ".join(f"({text})" for text in conditions) + "\n    }"


def mirror(texts):
    wanted = {}
    for name in ["Package.swift"]:
        wanted[name] = (ROOT / name).read_bytes()
    for folder in ["Sources", "Tests"]:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                wanted[str(path.relative_to(ROOT))] = path.read_bytes()
    for name, text in texts.items():
        wanted[name] = text.encode()
    wanted["Sources/Domain/Planted.swift"] = SWITCH.encode()
    for path in list(COPY.rglob("*")) if COPY.exists() else []:
        if path.is_file() and ".build" not in path.relative_to(COPY).parts:
            if str(path.relative_to(COPY)) not in wanted:
                path.unlink()
    for name, data in wanted.items():
        path = COPY / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            shutil.copymode(ROOT / name, path) if (ROOT / name).exists() else None


def build(kind):
    subprocess.run(
        ["swift", "build", "-c", kind, "--product", "simulate", "--package-path", str(COPY)],
        check=True, stdout=sys.stderr)
    return COPY / ".build" / kind / "simulate"


def hunt(program, name, seeds, only):
    """The first seed that finds a bug, with what it says; None where none does."""
    # A rare lie is told often, where the row says so.
    choice = ["--only", only] if only else []
    environment = dict(os.environ, TILL_PLANTED=name, SWIFT_BACKTRACE="enable=no")
    for seed in range(1, seeds + 1):
        try:
            run = subprocess.run(
                [str(program), "--seed", str(seed), "--seeds", "1", *choice], env=environment,
                capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired:
            return seed, "it never ends"
        if run.returncode == 0:
            continue
        told = [line for line in run.stdout.splitlines() if "BROKEN" in line]
        return seed, told[0].split("BROKEN ", 1)[1] if told else f"it died ({run.returncode})"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", help="bugs to look for; all where none is named")
    parser.add_argument("--debug", action="store_true", help="build without optimisation")
    options = parser.parse_args()
    rows = json.loads((ROOT / "Tests/planted/bugs.json").read_text())
    plant(rows)
    program = build("debug" if options.debug else "release")
    missed = 0
    for row in rows:
        if options.names and row["name"] not in options.names:
            continue
        begun = time.monotonic()
        found = hunt(program, row["name"], row["seeds"], row.get("only"))
        took = f"{time.monotonic() - begun:.1f} s"
        if found:
            print(f"found   {row['name']}  seed {found[0]} of {row['seeds']}, {took}: {found[1][:110]}",
                  flush=True)
        else:
            missed += 1
            print(f"MISSED  {row['name']}  in {row['seeds']} seeds, {took}: {row['says']}", flush=True)
    print(f"{len(rows)} planted bugs, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
