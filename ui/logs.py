"""How do the framework's own lines come into our log?"""

import streamlit.logger

from base.log import follow, set_up_logs


def take_over_logs() -> None:
    """Have every logger of the framework write through ours, later ones too.

    The framework gives each of its loggers a handler of its own when it is made, which
    would write lines of another form beside ours.
    """
    streamlit.logger.setup_formatter = follow
    set_up_logs()
