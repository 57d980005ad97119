"""`python3 fake99bill --dir FOLDER`"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakehttp.program import run
from fake99bill.site import Bill99Site

if __name__ == "__main__":
    sys.exit(run("fake99bill", __doc__, Bill99Site))
