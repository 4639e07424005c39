"""`python -m accounts`: what is asked for is done here, or by the running dashboard."""

import sys
from pathlib import Path

from accounts.arguments import parser
from accounts.commands import run
from base.errors import ShownError
from store import remote


def main(arguments: list[str]) -> int:
    """Run a command line; a problem is told in words, without a traceback.

    Args:
        arguments: without the program's name.

    Returns:
        The exit code: 0 done, 1 the audit was altered, 2 refused.
    """
    options = parser().parse_args(arguments)
    try:
        dashboard = remote.running()
        if dashboard is not None:
            code = remote.send(
                dashboard,
                "accounts",
                arguments,
                Path.cwd(),
                remote.to_screen,
                remote.to_errors,
            )
            if code is not None:
                return code
        return run(options, Path.cwd(), remote.to_screen)
    except ShownError as problem:
        remote.to_errors(str(problem))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
