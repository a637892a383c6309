"""Interviewers in the order of their names: which of very many are shown, and their numbers as a table.

No column can be sorted by: it is no leaderboard.
"""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from panel.ui.components import frame

MOST_SHOWN = 25
Names = dict[str, str]


def shown_people(names: Names) -> Names:
    """Those whose figures are shown; where there are many, those whose name was looked for."""
    if len(names) <= MOST_SHOWN:
        return names
    wanted = st.text_input("Find interviewers by name", key="calibrated-people", width=360).casefold().strip()
    matching = {key: name for key, name in names.items() if wanted in name.casefold()}
    found = dict(list(matching.items())[:MOST_SHOWN])
    if not found:
        frame.quiet("No interviewer of these ratings has this in their name.")
    elif len(matching) > MOST_SHOWN:
        frame.quiet(
            f"{MOST_SHOWN} of {len(matching):,} interviewers are shown, in the order of their names. "
            "Type a part of a name to see others."
        )
    return found


def table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    head = Markup("").join(Markup("<th>{}</th>").format(title) for title in titles)
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    with st.expander("The numbers"):
        frame.html(
            Markup('<div class="table-scroll"><table class="plain-table"><tr>{}</tr>{}</table></div>').format(
                head, lines
            )
        )
