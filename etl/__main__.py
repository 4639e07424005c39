"""`python -m etl`: what is asked for is done here, or by the running dashboard."""

import sys
from pathlib import Path

from etl.arguments import parser
from etl.commands import run
from store import remote

# What needs no store, or must not find one open.
_HERE = ("check", "restore", "backup-key")


def main(arguments: list[str]) -> int:
    """Run a command line; a problem is told in words, without a traceback.

    Args:
        arguments: without the program's name.

    Returns:
        The exit code: 0 clean, 1 findings or differences, 2 not readable or refused.
    """
    options = parser().parse_args(arguments)
    return remote.there_or_here(
        "etl",
        arguments,
        lambda: run(options, Path.cwd(), remote.to_screen),
        is_sent=options.command not in _HERE,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
