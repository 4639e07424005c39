"""Which drill is run? `python -m tests.drills NAME …`."""

import sys
from importlib import import_module

NAMES = {
    "corpus": "tests.drills.corpus",
    "enumeration": "tests.drills.enumeration",
    "fuzz": "tests.drills.fuzz",
    "kills": "tests.drills.kills",
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        sys.exit(f"python -m tests.drills {'|'.join(NAMES)} …")
    sys.exit(import_module(NAMES[sys.argv[1]]).main(sys.argv[2:]))
