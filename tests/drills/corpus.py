"""Is every bad file answered in words, within 30 s and 1 GB, whichever way it comes?"""

import argparse
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.door import opened
from store import close_all
from tests.corpus.bad import Bad
from tests.corpus.entries import KINDS
from tests.corpus.outcome import Answer, by_command_measured, wrong_with
from tests.corpus.serving import Serving, sent, serving, wrong_when_sent

_HEAD = "kind | files | answers | as expected | tracebacks | 500s | longest s | MB"


@dataclass
class Row:
    """What came of the files of a kind, all ways together."""

    kind: str
    files: int = 0
    answers: list[Answer] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, bad: Bad, at: Serving) -> None:
        """Ask of a file by command line, page and program."""
        self.files += 1
        commanded = by_command_measured(bad)
        told = wrong_with(bad, commanded)
        if told:
            self.wrong.append(f"{bad.name} by command: {told}")
        answers = sent(bad, at)
        self.wrong += wrong_when_sent(bad, answers)
        self.answers += [commanded, *answers]

    def cells(self) -> tuple[object, ...]:
        """Return the line of the closing table."""
        faults = [one.fault for one in self.answers if one.fault]
        failed = sum(fault.startswith("status 5") for fault in faults)
        return (
            self.kind,
            self.files,
            len(self.answers),
            len(self.answers) - len(self.wrong),
            len(faults) - failed,
            failed,
            f"{max(one.seconds for one in self.answers):.1f}",
            max(one.peak_bytes for one in self.answers) // 1_000_000,
        )


def main(arguments: list[str]) -> int:
    """Send the whole corpus; return 1 where a file is not answered as expected."""
    options = argparse.ArgumentParser(prog="python -m tests.drills corpus")
    options.add_argument("--kind", choices=[*KINDS], action="append")
    kinds = options.parse_args(arguments).kind or [*KINDS]
    warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
    rows = []
    with TemporaryDirectory() as folder:
        opened(Path(folder) / "var")
        close_all()
        with serving(Path(folder) / "var") as at:
            for kind in kinds:
                rows.append(Row(kind))
                for bad in KINDS[kind]:
                    rows[-1].add(bad, at)
                sys.stderr.write(f"{kind}: {len(rows[-1].wrong)} wrong\n")
    wrong = [one for row in rows for one in row.wrong]
    sys.stdout.write(f"{_HEAD}\n")
    for cells in (row.cells() for row in rows):
        sys.stdout.write(" | ".join(map(str, cells)) + "\n")
    sys.stdout.write("".join(f"{one}\n" for one in wrong))
    return 1 if wrong else 0
