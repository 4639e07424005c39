"""`python -m reports.meeting FOLDER`: the papers of the last meeting, as files."""

import sys
from pathlib import Path

from base.errors import ShownError
from base.meeting import FROZEN
from base.viewer import operator
from base.words import _
from etl.door import clock_of, is_demo, opened
from office.meetings import meetings
from reports.meeting.papers import WHOLE, Making, makes


def main(arguments: list[str]) -> int:
    """Write all papers of the meeting that was frozen last into a folder.

    Args:
        arguments: the folder.

    Returns:
        The exit code: 0 done, 2 refused.
    """
    if len(arguments) != 1:
        sys.stderr.write(_("用法：python -m reports.meeting 文件夹") + "\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    store, by = opened(), operator()
    try:
        found = meetings(store, by)
        held = found[found["state"] == FROZEN]
        if held.empty:
            raise ShownError(_("还没有冻结数据的会议。"))
        now = clock_of(store).now()
        making = Making(store, by, held.iloc[0], is_demo(store), now)
        townships = sorted(map(str, making.whole().townships["township_code"]))
        for paper in makes(making, WHOLE, townships):
            (folder / paper.name).write_bytes(paper.content)
            sys.stdout.write(f"{paper.name}\n")
    except ShownError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
