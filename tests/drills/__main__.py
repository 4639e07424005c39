"""Which long drills are there? python -m tests.drills NAME ..."""

import sys
from importlib import import_module

NAMES = {"enumeration": "tests.drills.enumeration"}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        sys.exit(f"python -m tests.drills {'|'.join(sorted(NAMES))} ...")
    sys.exit(import_module(NAMES[sys.argv[1]]).main(sys.argv[2:]))
