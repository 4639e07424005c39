"""`python -m etl`: what is asked for is done here, or by the running dashboard."""

import sys
from pathlib import Path

from base.errors import ShownError
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
    try:
        dashboard = remote.running()
        # check writes nothing and needs no store
        if dashboard is not None and options.command != "check":
            code = remote.send(
                dashboard,
                "etl",
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
