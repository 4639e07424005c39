"""Who is looking? Every read takes a viewer, and sees the viewer's scope only."""

from dataclasses import dataclass

from base.place import Scope
from base.settings import settings


@dataclass(frozen=True)
class Viewer:
    """A person or a program that reads: a name, a role and a scope."""

    name: str
    role: str
    scope: Scope


def city_viewer() -> Viewer:
    """Return the viewer of the whole city, which stands in until accounts exist."""
    return Viewer("city", "leader", Scope.of([settings().city]))
