"""`python -m accounts`: what is asked for is done here, or by the running dashboard."""

import sys
from pathlib import Path

from accounts.arguments import parser
from accounts.commands import run
from store import remote


def main(arguments: list[str]) -> int:
    """Run a command line; a problem is told in words, without a traceback.

    Args:
        arguments: without the program's name.

    Returns:
        The exit code: 0 done, 1 the audit was altered, 2 refused.
    """
    options = parser().parse_args(arguments)
    return remote.there_or_here(
        "accounts",
        arguments,
        lambda: run(options, Path.cwd(), remote.to_screen),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
