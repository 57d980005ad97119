"""What the daemon does to its files: counted, broken at a step, or cut off as by a power cut.

`Shim` puts `diskshim.c` between the daemon and the system. `image` says what a disk may hold when
the power goes: what was synced stands, the rest is kept, lost or torn as the seed says.
"""

from __future__ import annotations

import random
import shutil
import struct
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

from .daemon import Daemon
from .preload import library

HEAD = struct.Struct("<4sIIIQ")
SECTOR = 512
# What may become of writes that were not synced.
WAYS = ("lose all", "keep all", "mix", "mix", "tear", "tear")
# Shared memory between processes: nothing of it is on a disk, and SQLite makes it anew.
NOT_ON_DISK = "-shm"


@dataclass(frozen=True)
class Record:
    """One step: `kind` is a letter of `diskshim.c`."""

    kind: str
    file: int
    offset: int
    data: bytes


def records(path: Path) -> Iterator[Record]:
    """The journal of one run; a record cut off by the end of the process is left out."""
    raw = path.read_bytes() if path.exists() else b""
    at = 0
    while at + HEAD.size <= len(raw):
        mark, kind, file, size, offset = HEAD.unpack_from(raw, at)
        assert mark == b"TILL", f"the journal is broken at {at}"
        at += HEAD.size
        if at + size > len(raw):
            return
        yield Record(chr(kind), file, offset, raw[at : at + size])
        at += size


class Shim:
    """For the next start of a daemon. `plan` as DISKSHIM_PLAN; `journaled` records every step."""

    def __init__(self, daemon: Daemon, plan: str = "", journaled: bool = False) -> None:
        self.daemon = daemon
        self.journal = daemon.folder / "steps.journal"
        self.journal.unlink(missing_ok=True)
        self.hold = daemon.folder / "hold"
        path = library("diskshim")
        assert path is not None, "there is no C compiler"
        daemon.environment = {
            "LD_PRELOAD": str(path),
            "DISKSHIM_ROOT": str(daemon.state),
            "DISKSHIM_PLAN": plan,
            "DISKSHIM_HOLD": str(self.hold),
        }
        if journaled:
            daemon.environment["DISKSHIM_JOURNAL"] = str(self.journal)
            self.before = contents(daemon.state)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile steps whose plan is `hold` do not come to their end."""
        self.hold.touch()
        try:
            yield
        finally:
            self.hold.unlink()

    def count(self, letters: str) -> int:
        return sum(record.kind in letters for record in records(self.journal))

    def cut_power(self, source: random.Random, way: str | None = None) -> str:
        """After a kill: the folder as it may be after a power cut. Says what was lost."""
        disk = Disk(self.before)
        for record in records(self.journal):
            disk.play(record)
        files, words = disk.image(source, way or source.choice(WAYS))
        # It may have been killed before it made its folder.
        shutil.rmtree(self.daemon.state, ignore_errors=True)
        self.daemon.state.mkdir(mode=0o700)
        for name, data in files.items():
            path = Path(name)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(0o600)
        return words


def contents(folder: Path) -> dict[str, bytes]:
    if not folder.exists():
        return {}
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(NOT_ON_DISK))
    return {str(p): p.read_bytes() for p in files}


@dataclass
class Content:
    """Bytes of one file: those that are surely on the disk, and writes that may be."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Record] = field(default_factory=list)
    sync_covers: int = 0

    def settle(self) -> None:
        for record in self.pending[: self.sync_covers]:
            self.apply(record)
        del self.pending[: self.sync_covers]
        self.sync_covers = 0

    def apply(self, record: Record) -> None:
        if record.kind == "t":
            del self.durable[record.offset :]
            self.reach(record.offset)
            return
        end = record.offset + len(record.data)
        self.reach(end)
        self.durable[record.offset : end] = record.data

    def reach(self, size: int) -> None:
        """At least so long; a hole reads as zeros."""
        self.durable.extend(bytes(max(0, size - len(self.durable))))


class Disk:
    """Plays a journal. Names change in order, as a journaling file system keeps them."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self.contents = [Content(bytearray(data)) for data in before.values()]
        self.names = {name: index for index, name in enumerate(before)}
        self.durable_names = dict(self.names)
        self.changes: list[tuple[str, ...]] = []
        self.changes_covered: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        self.paths: dict[int, str] = {}

    def play(self, record: Record) -> None:
        match record.kind:
            case "n":
                path = record.data.decode()
                self.paths[record.file] = path
                if path in self.names:
                    self.numbers[record.file] = self.names[path]
            case "c":
                self.change("link", record.data.decode(), str(len(self.contents)))
                self.contents.append(Content())
            case "u":
                self.change("unlink", record.data.decode())
            case "r":
                self.change("rename", *record.data.decode().split("\0"))
            case "w" | "t" if (content := self.content(record)) is not None:
                content.pending.append(record)
            case "s":
                self.sync_begins(record)
            case "d":
                self.sync_ended(record)

    def content(self, record: Record) -> Content | None:
        index = self.numbers.get(record.file)
        return None if index is None else self.contents[index]

    def change(self, *words: str) -> None:
        self.changes.append(words)
        rename(self.names, words)

    def sync_begins(self, record: Record) -> None:
        if (content := self.content(record)) is not None:
            content.sync_covers = len(content.pending)
        else:
            self.changes_covered[record.file] = len(self.changes)

    def sync_ended(self, record: Record) -> None:
        if (content := self.content(record)) is not None:
            content.settle()
            return
        for words in self.changes[: self.changes_covered.get(record.file, 0)]:
            rename(self.durable_names, words)
        del self.changes[: self.changes_covered.get(record.file, 0)]
        self.changes_covered.clear()

    def image(self, source: random.Random, way: str) -> tuple[dict[str, bytes], str]:
        """One state the disk may be in, and what became of what was not synced."""
        kept_names = source.randint(0, len(self.changes))
        for words in self.changes[:kept_names]:
            rename(self.durable_names, words)
        waiting = 0
        for content in self.contents:
            waiting += len(content.pending)
            for record in content.pending:
                bring(content, record, way, source)
        files = {n: bytes(self.contents[i].durable) for n, i in self.durable_names.items()}
        files = {n: data for n, data in files.items() if not n.endswith(NOT_ON_DISK)}
        return files, f"{way}: {waiting} writes, {kept_names} of {len(self.changes)} names"


def rename(names: dict[str, int], words: tuple[str, ...]) -> None:
    if words[0] == "link":
        names[words[1]] = int(words[2])
    elif words[0] == "unlink":
        names.pop(words[1], None)
    elif words[1] in names:
        names[words[2]] = names.pop(words[1])


def bring(content: Content, record: Record, way: str, source: random.Random) -> None:
    """A write that was not synced: kept, lost, or torn sector by sector."""
    if way == "lose all" or (way != "keep all" and source.random() < 0.4):
        return
    if way != "tear" or record.kind == "t":
        content.apply(record)
        return
    for start in range(0, len(record.data), SECTOR):
        piece = record.data[start : start + SECTOR]
        fate = source.random()
        if fate < 0.25:
            continue
        if fate < 0.35:
            piece = bytes(len(piece))
        elif fate < 0.45:
            piece = source.randbytes(len(piece))
        content.apply(Record("w", record.file, record.offset + start, piece))
