"""`python3 fakeepay2 --dir FOLDER`: a site of version 2."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakeepay.site import EpaySite
from fakehttp.program import run

if __name__ == "__main__":
    sys.exit(run("fakeepay2", __doc__, lambda folder: EpaySite(folder, "2")))
