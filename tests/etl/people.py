"""Who sends and decides in tests? One of each role, each with a scope of its own."""

from base.place import Scope
from base.viewer import Viewer

HESHUN, LIUQUAN, DONGLI = "410581105200", "410581105201", "410581105202"
RENCUN = "410581106200"


def person(role: str, *codes: str) -> Viewer:
    """Return somebody of a role, named after it."""
    return Viewer(role, role, Scope.of(codes), actor=f"{role}:{','.join(codes)}")


OFFICE = person("office", "410581")
TOWNSHIP = person("township", "410581105")
OTHER_TOWNSHIP = person("township", "410581106")
SECRETARY = person("secretary", LIUQUAN)
OTHER_SECRETARY = person("secretary", DONGLI)
LEADER = person("leader", "410581")
ADMIN = person("admin")
