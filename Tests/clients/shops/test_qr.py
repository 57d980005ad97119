"""The page's QR codes are read back by a reader that is not ours, at every size they come in."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from clienttest.shop import EXAMPLES

SCRIPT = """
import { readFileSync } from "node:fs";
import { qrMatrix } from "%s";
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const rows = qrMatrix(text);
  console.log(JSON.stringify(rows ? rows.map((row) => row.map(Number)) : null));
}
"""
QUIET = 4
SCALE = 4


class Codes(unittest.TestCase):
    def test_every_length_is_read_back(self) -> None:
        for program in ("node", "zbarimg"):
            if shutil.which(program) is None:
                self.skipTest(f"there is no {program}")
        address = "https://qr.alipay.com/bax0358"
        texts = [(address + "Aa0-_" * 60)[:length] for length in range(1, 210, 4)]
        texts += ["weixin://wxpay/bizpayurl?pr=abcDEF0", "付款码：订单 A-1001 ¥58.00"]
        matrices = self.matrices(texts + ["x" * 5_000])
        self.assertIsNone(matrices.pop(), "a text that is too long has no code")
        with ThreadPoolExecutor(2) as pool:
            read = list(pool.map(self.read, matrices))
        self.assertEqual(read, texts)
        self.assertGreater(len({len(matrix) for matrix in matrices if matrix}), 6)

    def matrices(self, texts: list[str]) -> list[list[list[int]] | None]:
        script = SCRIPT % (EXAMPLES / "web" / "qr.js")
        words = ["node", "--input-type=module", "--eval", script]
        done = subprocess.run(
            words, input=json.dumps(texts), capture_output=True, text=True, check=True
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    def read(self, matrix: list[list[int]] | None) -> str:
        assert matrix is not None
        side = (len(matrix) + 2 * QUIET) * SCALE
        dots = bytearray(b"\xff" * side * side)
        for y, row in enumerate(matrix):
            for x, is_dark in enumerate(row):
                for line in range((y + QUIET) * SCALE, (y + QUIET + 1) * SCALE):
                    at = line * side + (x + QUIET) * SCALE
                    dots[at : at + SCALE] = (b"\0" if is_dark else b"\xff") * SCALE
        with tempfile.TemporaryDirectory(prefix="till-qr-") as folder:
            file = Path(folder) / "code.pgm"
            file.write_bytes(f"P5 {side} {side} 255\n".encode() + dots)
            words = ["zbarimg", "--quiet", "--raw", "-Sbinary", str(file)]
            done = subprocess.run(words, capture_output=True, check=False)
        return done.stdout.decode("utf-8").rstrip("\n")
