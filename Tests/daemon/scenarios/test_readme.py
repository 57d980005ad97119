"""The README's commands work as they are written."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from tilltest.daemon import REPOSITORY, executable

CLIENT = REPOSITORY / ".build-client" / "release" / "till"


class Readme(unittest.TestCase):
    def test_every_block_marked_run_works(self) -> None:
        text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```sh run\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        self.assertGreaterEqual(len(blocks), 3)
        client = CLIENT if CLIENT.exists() else REPOSITORY / ".build" / "debug" / "till"
        with tempfile.TemporaryDirectory(prefix="till-readme-") as folder:
            socket = f"{folder}/s.sock"
            daemon = subprocess.Popen(
                [str(executable()), "--state", f"{folder}/state", "--socket", socket],
                stderr=subprocess.DEVNULL,
            )
            try:
                environment = dict(os.environ, TILL_SOCKET=socket)
                environment["PATH"] = f"{client.parent}:{environment['PATH']}"
                for block in blocks:
                    done = subprocess.run(
                        ["sh", "-eu", "-c", block],
                        env=environment,
                        cwd=folder,
                        capture_output=True,
                        text=True,
                        timeout=60,
                    )
                    self.assertEqual(done.returncode, 0, f"{block}\n{done.stdout}\n{done.stderr}")
                    self.assertTrue(done.stdout)
            finally:
                daemon.terminate()
                daemon.wait(20)

    def test_the_configuration_page_is_what_the_daemon_prints(self) -> None:
        printed = subprocess.run(
            [str(executable()), "--describe-config"], capture_output=True, text=True, check=True
        ).stdout
        page = (REPOSITORY / "Protocol" / "configuration.md").read_text(encoding="utf-8")
        self.assertEqual(printed.strip(), page.strip())
