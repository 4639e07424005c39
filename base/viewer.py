"""Who is looking or sending? Every read and every change takes a viewer."""

from dataclasses import dataclass, replace

from base.place import Scope
from base.roles import DECIDE, ROLES
from base.settings import settings
from base.words import _

# How somebody reaches the system.
PAGE, API, INBOX, COMMAND, SYSTEM = "page", "api", "inbox", "command", "system"


@dataclass(frozen=True)
class Viewer:
    """A person or a program: a name to show, a role and a scope.

    `actor` is what journal and audit keep, for good: `u17` for an account, so that a
    person's name can be erased without touching them. `way` and `address` tell how
    and from where.
    """

    name: str
    role: str
    scope: Scope
    actor: str = ""
    way: str = COMMAND
    address: str = ""

    def may(self, what: str) -> bool:
        """Tell whether the role allows something; what is not allowed is denied."""
        role = ROLES.get(self.role)
        return role is not None and what in role.may

    def within(self, place_code: str) -> "Viewer":
        """Return the same viewer, narrowed to a place."""
        return replace(self, scope=self.scope.narrowed(place_code))

    @property
    def signature(self) -> str:
        """Return what journal and audit keep of this viewer."""
        return self.actor or self.name

    def signed(self) -> dict[str, str]:
        """Return who acts, in the words of journal and audit."""
        return {
            "actor": self.signature,
            "role": self.role,
            "way": self.way,
            "address": self.address,
        }

    @property
    def is_deciding(self) -> bool:
        """Tell whether what this viewer sends may count without another's review."""
        return self.may(DECIDE)


def operator(name: str = "") -> Viewer:
    """Return whoever holds the machine: the city's office, at the command line.

    Args:
        name: as said by `--as`; it stands in journal and audit as it is.
    """
    return Viewer(
        name or _("命令行"), "office", Scope.of([settings().city]), actor=name
    )


def system_viewer() -> Viewer:
    """Return the system itself, which publishes the registry and shows the demo."""
    return Viewer("system", "office", Scope.of([settings().city]), way=SYSTEM)
