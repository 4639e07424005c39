"""Which errors may be shown to a person as they are?"""


class ShownError(Exception):
    """An error whose text is written for the person in front of the screen.

    Commands print it and stop, pages show it; neither shows a traceback.
    """
