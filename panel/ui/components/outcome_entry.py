"""Entering how people did later, one by one or as a table, and taking it back."""

import streamlit as st
from markupsafe import Markup

from panel.actions import outcomes
from panel.actions.outcomes import KnownOutcomes, Preview
from panel.actions.told import author_name
from panel.domain.outcomes import LONGEST_CRITERION, NewOutcome
from panel.errors import PanelError
from panel.stats.wording import listed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import Visitor, visitor
from panel.ui.words import count, plain, when

PASTED = "outcomes-pasted"
UPLOADS = "outcomes-uploads"  # how often the upload field was emptied
SHOWN = 200
MOST_AWAITED = 12
COLUMNS = "candidate or email, date, criterion, value, low, high; role where two candidates share a name"


# ---- one by one ---------------------------------------------------------------------------------------------------


def enter_one(known: KnownOutcomes) -> None:
    frame.section("Enter one", "whoever has an outcome counts as hired")
    if not known.people:
        frame.quiet("There is no candidate yet. Add them under Candidates.")
        return
    if known.awaited:
        frame.quiet(f"Hired, and without an outcome yet: {listed(known.awaited, most=MOST_AWAITED)}.")
    hired = known.hired
    by_name = sorted(
        known.people.values(),
        key=lambda each: (each.candidate.id not in hired, each.candidate.name.casefold(), each.role),
    )
    labels = {
        each.candidate.id: f"{each.candidate.name} · {each.role}{' · hired' if each.candidate.id in hired else ''}"
        for each in by_name
    }
    with st.form("outcome-form", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                "Candidate", list(labels), index=None, format_func=lambda each: plain(labels[each]),
                key="outcome-candidate", placeholder="Choose", width=280,
            )  # fmt: skip
            st.date_input("Observed on", value=None, max_value="today", key="outcome-on", width=160)
            st.selectbox(
                "Criterion", known.criteria, index=None, key="outcome-criterion", accept_new_options=True,
                placeholder="Choose, or type a new one", width=280,
            )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.number_input("Value", value=None, key="outcome-value", width=120)
            st.number_input("Scale from", value=1.0, key="outcome-low", width=120)
            st.number_input("Scale to", value=5.0, key="outcome-high", width=120)
            st.form_submit_button("Save outcome", type="primary", on_click=_enter)


def _enter() -> None:
    here = visitor()
    given = {name: st.session_state.get(f"outcome-{name}") for name in ("candidate", "on", "criterion", "value")}
    if given["candidate"] is None or given["on"] is None or given["value"] is None:
        state.tell("Choose the candidate and the day, and enter the value; then save again.", problem=True)
        return
    with frame.told_when_refused():
        outcomes.enter_outcome(
            here.workspace, by=here.person, candidate_id=given["candidate"], on=given["on"],
            criterion=str(given["criterion"] or "")[: LONGEST_CRITERION + 1], value=float(given["value"]),
            low=float(st.session_state["outcome-low"]), high=float(st.session_state["outcome-high"]),
        )  # fmt: skip
        for name in ("candidate", "value"):
            st.session_state[f"outcome-{name}"] = None
        state.tell("The outcome is saved.")


# ---- as a table ---------------------------------------------------------------------------------------------------


def bring_in(here: Visitor, known: KnownOutcomes) -> None:
    frame.section("Bring in a table", "CSV, TSV or XLSX, or pasted from a spreadsheet")
    frame.quiet(f"The first row names the columns: {COLUMNS}.")
    left, right = st.columns(2, gap="large")
    with left:
        uploads = st.session_state.setdefault(UPLOADS, 0)
        file = st.file_uploader("File", key=f"outcomes-file-{uploads}", label_visibility="collapsed")
    with right:
        st.text_area(
            "Table", key=PASTED, height=120, label_visibility="collapsed", placeholder="Or paste the table here"
        )
    text = str(st.session_state.get(PASTED) or "")
    if file is None and not text.strip():
        return
    name, data = (file.name, file.getvalue()) if file is not None else ("a pasted table", text)
    try:
        found = outcomes.preview_outcomes(here.workspace, by=here.person, name=name, data=data)
    except PanelError as error:
        st.warning(plain(f"{name}: {error}"))
        return
    _preview(found, known)
    with st.container(horizontal=True):
        if found.ready:
            st.button(
                f"Bring in {count(len(found.ready), 'outcome')}", type="primary", on_click=_bring_in, args=(name, data)
            )
        st.button("Discard", on_click=_empty_fields)


def _preview(found: Preview, known: KnownOutcomes) -> None:
    left_out = f"; {count(len(found.problems), 'row')} left out" if found.problems else ""
    ready = count(len(found.ready), "outcome") if found.ready else "No outcome"
    frame.html(Markup("<p>{} to bring in{}.</p>").format(ready, left_out))
    _table(list(found.ready[:10]), known)
    if len(found.ready) > 10:
        frame.quiet(f"And {len(found.ready) - 10:,} more.")
    if found.problems:
        with st.expander(f"Rows left out: {len(found.problems):,}", expanded=True):
            items = Markup("").join(Markup("<li>{}</li>").format(each) for each in found.problems[:SHOWN])
            frame.html(Markup("<ul>{}</ul>").format(items))
            if len(found.problems) > SHOWN:
                frame.quiet(f"And {len(found.problems) - SHOWN:,} more.")


def _bring_in(name: str, data: bytes | str) -> None:
    here = visitor()
    with frame.told_when_refused():
        done = outcomes.bring_in_outcomes(here.workspace, by=here.person, name=name, data=data)
        left_out = f" {count(len(done.problems), 'row')} left out." if done.problems else ""
        state.tell(f"{count(len(done.ready), 'outcome')} brought in.{left_out}")
        _empty_fields()


def _empty_fields() -> None:
    st.session_state[UPLOADS] += 1
    st.session_state[PASTED] = ""


# ---- what is there ------------------------------------------------------------------------------------------------


def everything_known(known: KnownOutcomes) -> None:
    for each in known.imports:
        frame.html(
            Markup('<p>{} <span class="quiet">{} brought in by {}, {}; {} left</span></p>').format(
                each.name, count(each.outcomes, "outcome"), author_name(each.imported_by, known.names),
                when(each.imported_at), each.left,
            )
        )  # fmt: skip
        st.button("Take this import back", key=f"undo-{each.id}", on_click=_undo, args=(each.id,))
    frame.section("Every outcome", f"{len(known.outcomes):,}, the latest first")
    _table(list(known.outcomes[:SHOWN]), known)
    if len(known.outcomes) > SHOWN:
        frame.quiet(f"The first {SHOWN} of {len(known.outcomes):,} are shown.")
    labels = {each.id: f"{_called(each, known)} · {each.criterion} · {each.on:%d %b %Y}" for each in known.outcomes}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Remove one", list(labels), index=None, format_func=lambda each: plain(labels[each]),
            key="outcome-to-remove", placeholder="Choose an outcome", width=420,
        )  # fmt: skip
        st.button("Remove outcome", disabled=chosen is None, on_click=_remove, args=(chosen,))


def _table(shown: list[NewOutcome], known: KnownOutcomes) -> None:
    if not shown:
        return
    head = Markup("").join(
        Markup("<th>{}</th>").format(title) for title in ("Candidate", "Role", "Observed on", "Criterion", "Value")
    )
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{:g} on {:g} to {:g}</td></tr>").format(
            _called(each, known), known.people[each.candidate_id].role if each.candidate_id in known.people else "",
            f"{each.on:%d %b %Y}", each.criterion, each.value, each.low, each.high,
        )
        for each in shown
    )  # fmt: skip
    frame.html(
        Markup('<div class="table-scroll"><table class="plain-table"><tr>{}</tr>{}</table></div>').format(head, rows)
    )


def _called(each: NewOutcome, known: KnownOutcomes) -> str:
    one = known.people.get(each.candidate_id)
    return one.candidate.name if one else "somebody who is no candidate any more"


def _undo(import_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        removed = outcomes.undo_outcome_import(here.workspace, by=here.person, import_id=import_id)
        state.tell(f"The import is taken back: {count(removed, 'outcome')} removed.")


def _remove(outcome_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        outcomes.remove_outcome(here.workspace, by=here.person, outcome_id=outcome_id)
        st.session_state["outcome-to-remove"] = None
        state.tell("The outcome is removed.")
