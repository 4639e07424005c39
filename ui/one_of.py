"""Which of a few groups is looked at? The address keeps the choice."""

from collections.abc import Mapping

import streamlit as st


def one_of(
    name: str,
    label: str,
    words: Mapping[str, str],
    default: str,
    is_said: bool = False,
) -> str:
    """Let one of a few groups be chosen, and keep it in the address.

    Args:
        name: of the address's parameter: `list` for `?list=near`.
        label: what is chosen.
        words: what each group is called.
        default: where the address names none that is known; also where the choice is
            taken back and no group stands for all ("").
        is_said: show the label.

    Returns:
        The group chosen.
    """
    asked = st.query_params.get(name, default)
    chosen = st.segmented_control(
        label,
        list(words),
        default=asked if asked in words else default,
        format_func=words.__getitem__,
        key=f"which_{name}",
        label_visibility="visible" if is_said else "collapsed",
    )
    word = chosen or ("" if "" in words else default)
    if word != asked:
        st.query_params[name] = word
    return word
