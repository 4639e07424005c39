"""How do words of people stand where the framework reads markdown? As they are."""

# Without brackets there is neither link nor picture, nor a sign of the framework.
_MARKS = "\\`*_[]<>$~#|"


def plain(text: object) -> str:
    """Return a text in which markdown sees no marks: no picture, no link, no heading.

    Args:
        text: that somebody wrote, or that may hold what somebody wrote.
    """
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in str(text))
