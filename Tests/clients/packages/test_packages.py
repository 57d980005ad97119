"""Each library is installed as its README says, and the README's examples are run with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from clienttest.drivers import client_program
from tilltest.daemon import REPOSITORY, Daemon

CLIENTS = REPOSITORY / "Clients"
EXAMPLE_LINES = 12


class Packages(unittest.TestCase):
    daemon: Daemon

    @classmethod
    def setUpClass(cls) -> None:
        # As the quickstart starts it: our own roles, a sandbox, time as it is.
        cls.daemon = Daemon(bare=True).start()
        cls.addClassCleanup(cls.daemon.close)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="till-package-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.environment = os.environ | {
            "TILL_SOCKET": self.daemon.socket,
            "XDG_STATE_HOME": str(self.folder),
            "PATH": f"{client_program().parent}:{os.environ['PATH']}",
        }
        self.environment.pop("PYTHONPATH", None)

    def examples(self, name: str, language: str) -> list[str]:
        text = (CLIENTS / name / "README.md").read_text(encoding="utf-8")
        found = re.findall(rf"^```{language} run\n(.*?)^```$", text, re.M | re.S)
        self.assertLessEqual(len(found[0].splitlines()), EXAMPLE_LINES)
        return found

    def ran(self, *words: str, text: str | None = None) -> str:
        done = subprocess.run(
            words,
            input=text,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def needs(self, program: str) -> None:
        if shutil.which(program) is None:
            self.skipTest(f"there is no {program}")

    def copy(self, name: str) -> Path:
        """A build writes beside its sources, so it gets its own."""
        copy = self.folder / "source" / name
        shutil.copytree(CLIENTS / name, copy)
        return copy

    def test_python(self) -> None:
        self.ran(sys.executable, "-m", "venv", "venv")
        # What builds the package is fetched by pip; the library itself needs nothing.
        quiet = ["--quiet", "--disable-pip-version-check"]
        self.ran("venv/bin/pip", "install", *quiet, "--no-deps", str(self.copy("python")))
        first, second = self.examples("python", "python")
        told = self.ran("venv/bin/python", "-c", first)
        self.assertIn("show the buyer sandbox://pay/", told)
        self.assertIn("paid and ", told)
        self.assertEqual(self.ran("venv/bin/python", "-c", second), "10\n")
        place = self.ran("venv/bin/python", "-c", "import till; print(till.__file__)")
        self.assertTrue(place.startswith(str(self.folder)), place)

    def test_node(self) -> None:
        self.needs("node")
        (self.folder / "package.json").write_text('{"type":"module"}')
        if shutil.which("npm") is not None:
            words = ["npm", "install", "--offline", "--no-audit", "--no-fund"]
            self.ran(*words, str(self.copy("node")))
        else:
            (self.folder / "node_modules").mkdir()
            (self.folder / "node_modules" / "till-client").symlink_to(CLIENTS / "node")
        (example,) = self.examples("node", "js")
        (self.folder / "example.mjs").write_text(example)
        told = self.ran("node", "example.mjs").splitlines()
        self.assertTrue(told[0].startswith("show the buyer sandbox://pay/"), told)
        self.assertEqual(told[1:], ["paid"])

    def test_php(self) -> None:
        self.needs("php")
        (example,) = self.examples("php", "php")
        if shutil.which("composer") is not None:
            (self.folder / "composer.json").write_text("{}")
            self.ran("composer", "config", "repositories.till", "path", str(CLIENTS / "php"))
            self.ran("composer", "config", "repositories.packagist", "false")
            self.ran("composer", "require", "--quiet", "till/client:^1.0")
            loader = str(self.folder / "vendor" / "autoload.php")
        else:
            loader = str(CLIENTS / "php" / "autoload.php")
        (self.folder / "example.php").write_text(f"<?php\nrequire '{loader}';\n{example}")
        told = self.ran("php", "example.php").splitlines()
        self.assertTrue(told[0].startswith("show the buyer sandbox://pay/"), told)
        self.assertEqual(told[1:], ["paid"])

    def test_shell(self) -> None:
        (example,) = self.examples("shell", "sh")
        source = f". {CLIENTS}/shell/till.sh\n{example}"
        shells = [["sh", "-eu"], ["bash", "-eu"], ["busybox", "sh", "-eu"]]
        for shell in shells:
            with self.subTest(shell=shell[0]):
                self.needs(shell[0])
                told = self.ran(*shell, "-c", source)
                self.assertIn("show the buyer sandbox://pay/", told)
                self.assertIn("is paid", told.splitlines()[-1])
