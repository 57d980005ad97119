"""`python3 fakepingpong --dir FOLDER`"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fakehttp.program import run
from fakepingpong.site import PingPongSite

if __name__ == "__main__":
    sys.exit(run("fakepingpong", __doc__, PingPongSite))
