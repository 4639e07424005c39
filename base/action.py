"""In which states may an action be, and from which to which does it go?"""

from collections.abc import Mapping
from types import MappingProxyType

from base.words import mark

OPEN, DOING, DONE, CLOSED, DROPPED = "open", "doing", "done", "closed", "dropped"
# Never written down: a closed action whose village has fallen back since.
REOPENED = "reopened"
WORDS: Mapping[str, str] = MappingProxyType(
    {
        OPEN: mark("待办"),
        DOING: mark("在办"),
        DONE: mark("已办"),
        CLOSED: mark("销号"),
        DROPPED: mark("取消"),
        REOPENED: mark("退回线下，重新打开"),
    }
)
# Something is still to be done.
UNDONE = (OPEN, DOING, REOPENED)
# What may come after a state; staying in one adds a note.
NEXT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        OPEN: (OPEN, DOING, DONE, CLOSED, DROPPED),
        DOING: (DOING, DONE, CLOSED, DROPPED),
        DONE: (DONE, DOING, CLOSED, DROPPED),
        CLOSED: (OPEN,),
        DROPPED: (OPEN,),
        REOPENED: (OPEN, DOING, DONE, CLOSED, DROPPED),
    }
)
# What the people of the village itself may say; the rest is for those who ask for it.
ANSWERS = (DOING, DONE)
