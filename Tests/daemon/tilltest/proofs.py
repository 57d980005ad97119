"""What proves each bad input, each error code (`bad_inputs.json`) and each limit (`limits.json`).

A proof is `vector:NAME` (a dialogue), `KIND:FILE::FUNCTION` (a test in Tests/daemon, KIND as in
FOLDERS), or `swift:FILE::NAME` (a test in Tests by its display name).
"""

from __future__ import annotations

import ast
import functools
import json
from pathlib import Path
from typing import Any, Iterator

from .contract import PROTOCOL, load

TESTS = Path(__file__).resolve().parents[2]
VECTORS = PROTOCOL / "vectors"
FOLDERS = {
    "fault": "faults",
    "scenario": "scenarios",
    "gateway": "gateways",
    "crash": "crashes",
}
ROWS = 75


@functools.cache
def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def fault_of(proof: str) -> str | None:
    """Why this proof does not exist."""
    kind, _, name = proof.partition(":")
    if kind == "vector":
        return None if (VECTORS / f"{name}.jsonl").exists() else "no such dialogue"
    file, _, test = name.partition("::")
    if kind in FOLDERS:
        path = TESTS / "daemon" / FOLDERS[kind] / file
        if not path.exists():
            return "no such file"
        return None if test in functions(path) else "no such test"
    if kind == "swift":
        path = TESTS / file
        if not path.exists():
            return "no such file"
        return None if f'"{test}"' in path.read_text(encoding="utf-8") else "no such test"
    return "unknown kind of proof"


def codes_in(value: Any) -> Iterator[str]:
    """Codes that an expectation asks for: of errors and of goodbyes."""
    if isinstance(value, dict):
        if isinstance(value.get("code"), str):
            yield value["code"]
        for each in value.values():
            yield from codes_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from codes_in(each)


def codes_of_vectors() -> set[str]:
    found: set[str] = set()
    for path in VECTORS.rglob("*.jsonl"):
        for text in path.read_text(encoding="utf-8").split("\n"):
            if text.strip():
                found.update(codes_in({k: v for k, v in json.loads(text).items() if k != "send"}))
    return found


def table(name: str) -> Any:
    return json.loads((TESTS / "daemon" / name).read_text(encoding="utf-8"))


def proof_gaps() -> list[str]:
    """What is missing, in words; empty when all is proven."""
    limits = limit_gaps(load("limits.json")["limits"], table("limits.json")["limits"])
    return input_gaps(table("bad_inputs.json")) + limits


def input_gaps(whole: dict[str, Any]) -> list[str]:
    gaps: list[str] = []
    numbers = [row["number"] for row in whole["rows"]]
    if numbers != list(range(1, ROWS + 1)):
        gaps.append(f"bad_inputs.json: rows are not 1 to {ROWS}")
    for row in whole["rows"]:
        if not row["proofs"]:
            gaps.append(f"bad input {row['number']} has no proof: {row['what']}")
        gaps += [
            f"bad input {row['number']}: {proof}: {fault}"
            for proof in row["proofs"]
            if (fault := fault_of(proof))
        ]
    return gaps + code_gaps(whole["codes"])


def code_gaps(others: dict[str, Any]) -> list[str]:
    """Codes that no dialogue produces must be exempt or name a test."""
    produced = codes_of_vectors()
    gaps: list[str] = []
    for code in load("errors.json")["errors"]:
        entry = others.get(code)
        if code in produced:
            if entry is not None:
                gaps.append(f"code {code} is produced by a dialogue; its entry is not needed")
        elif entry is None:
            gaps.append(f"code {code} is produced by no dialogue and by no named test")
        elif "exempt" not in entry:
            gaps += [f"code {code}: {p}: {f}" for p in entry["proofs"] if (f := fault_of(p))]
    return gaps


def limit_gaps(limits: dict[str, Any], rows: dict[str, Any]) -> list[str]:
    """Each limit needs a proof that was written for its value, or a reason why there is none."""
    gaps = [f"{name} is no limit of the contract" for name in rows if name not in limits]
    for name, limit in limits.items():
        row = rows.get(name)
        if row is None:
            gaps.append(f"limit {name} has no proof at its edge")
            continue
        if row["value"] != limit["value"]:
            gaps.append(f"limit {name} is {limit['value']}; its proof is for {row['value']}")
        if not row.get("edge"):
            gaps.append(f"limit {name}: what happens at its edge is not said")
        proofs = row.get("proofs", [])
        if not proofs and not row.get("unproven"):
            gaps.append(f"limit {name} has neither a proof nor a reason")
        gaps += [f"limit {name}: {p}: {f}" for p in proofs if (f := fault_of(p))]
    return gaps
