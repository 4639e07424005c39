"""Write the bad files into a folder: `python -m tests.corpus FOLDER`."""

import sys
import warnings
from pathlib import Path

from tests.corpus.entries import corpus

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m tests.corpus FOLDER")
    warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
    for kind, bad in corpus():
        place = Path(sys.argv[1]) / kind
        place.mkdir(parents=True, exist_ok=True)
        (place / bad.name).write_bytes(bad.make())
    sys.stdout.write(f"{len(corpus())}\n")
