"""Import and export: bring in a document after looking through it, undo an import, compare with the files."""

import streamlit as st

from panel.domain.people import may_review_questions
from panel.errors import NotAllowed
from panel.ui.components import frame, import_page
from panel.ui.components.export_page import export_page
from panel.ui.components.file_page import file_page
from panel.ui.components.import_history import import_history
from panel.ui.resources import visitor

PARTS = {"import": "Import", "export": "Export", "files": "Files", "history": "Past imports"}

if not may_review_questions(visitor().person):
    raise NotAllowed("Only hiring managers and administrators import and export questions. Ask one of them.")

st.page_link("screens/questions.py", label="Back to the questions", icon=":material/arrow_back:")
frame.heading("Import and export", "Nothing is written before you confirm it, and a whole import can be undone.")
wanted = st.query_params.get("part", "import")
chosen = wanted if wanted in PARTS else "import"
st.segmented_control(
    "Part",
    list(PARTS),
    format_func=lambda each: PARTS[each],
    default=chosen,
    required=True,
    key=f"part-{chosen}",
    on_change=lambda: st.query_params.from_dict({"part": st.session_state[f"part-{chosen}"]}),
    label_visibility="collapsed",
)
if chosen == "export":
    export_page()
elif chosen == "files":
    file_page()
elif chosen == "history":
    import_history()
else:
    import_page.import_page()
