"""`python -m etl`: what is asked for is done here, or by the running dashboard."""

import sys
from pathlib import Path

from etl.arguments import parser
from etl.commands import run
from store import remote


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
        # check writes nothing and needs no store
        is_sent=options.command != "check",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
