"""`python3 fakeeasypay --dir FOLDER`"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakehttp.program import run
from fakeeasypay.site import EasypaySite

if __name__ == "__main__":
    sys.exit(run("fakeeasypay", __doc__, EasypaySite))
