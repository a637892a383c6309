"""Candidates of a role and their interviews."""

from typing import Any

import streamlit as st
from markupsafe import Markup

from panel.actions import candidates, plans, roles, scheduling
from panel.actions.candidates import CandidateView
from panel.domain.candidates import Candidate
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.candidate_downloads import for_candidate
from panel.ui.components.choose_role import choose_role
from panel.ui.components.fair_panels import panels_page
from panel.ui.components.making_interviews import making
from panel.ui.resources import visitor
from panel.ui.words import count, local, to_utc, when

here = visitor()
MOST_PREVIEWED = 200
STATES = {"scheduled": "", "cancelled": "cancelled"}


def add() -> None:
    with frame.told_when_refused():
        new = candidates.add_candidate(
            here.workspace,
            by=here.person,
            role_id=role_id,
            name=st.session_state["new-name"],
            email=st.session_state["new-email"],
            about=st.session_state["new-about"],
        )
        state.tell(f"{new.name} is added.")
        for key in ("new-name", "new-email", "new-about"):
            st.session_state[key] = ""


def paste() -> None:
    with frame.told_when_refused():
        added, problems = candidates.add_pasted(
            here.workspace, by=here.person, role_id=role_id, text=st.session_state["pasted"]
        )
        sentence = f"{count(added, 'candidate')} added. " + " ".join(problems)
        state.tell(sentence.strip(), problem=bool(problems))
        if not problems:
            st.session_state["pasted"] = ""


def cancel(interview_id: str, version: int) -> None:
    with frame.told_when_refused():
        scheduling.cancel_interview(here.workspace, by=here.person, interview_id=interview_id, seen_version=version)
        state.tell("The interview is cancelled. Its ratings are kept but count nowhere.")


def adding() -> None:
    with st.expander("Add candidates"):
        by_hand, pasted = st.columns(2, gap="large")
        with by_hand, st.form("add-one", border=False):
            st.text_input("Name", key="new-name", max_chars=120)
            st.text_input("Email, if known", key="new-email", max_chars=254)
            st.text_input("Remark", key="new-about", max_chars=2000)
            st.form_submit_button("Add candidate", on_click=add)
        with pasted:
            text = st.text_area(
                "Or paste a table: name, email, remark",
                key="pasted",
                height=150,
                placeholder="Priya Nair, priya@example.org, referred by Tom",
            )
            if text:
                preview = candidates.check_pasted(text)
                frame.quiet(f"{count(len(preview.candidates), 'candidate')} can be added.")
                if preview.candidates:
                    read = [each.model_dump() for each in preview.candidates[:MOST_PREVIEWED]]
                    st.dataframe(read, hide_index=True, height=min(180, 38 + 35 * len(read)))
                for problem in preview.problems[:10]:
                    frame.quiet(problem)
            st.button("Add the pasted candidates", on_click=paste, disabled=not text)


def move(interview_id: str, version: int) -> None:
    with frame.told_when_refused():
        moment = st.session_state[f"move-{interview_id}-{version}"]
        scheduling.move_interview(
            here.workspace, by=here.person, interview_id=interview_id, seen_version=version, starts_at=to_utc(moment)
        )
        state.tell("The interview is moved.")


def propose_panels(role: str) -> None:
    st.query_params.from_dict({"part": "panels", "role": role})


def change(candidate: Candidate) -> None:
    key = f"{candidate.id}-{candidate.version}"
    with frame.told_when_refused():
        candidates.change_candidate(
            here.workspace,
            by=here.person,
            candidate_id=candidate.id,
            seen_version=candidate.version,
            name=st.session_state[f"name-{key}"],
            email=st.session_state[f"email-{key}"],
            about=st.session_state[f"about-{key}"],
        )
        state.tell("The candidate is changed.")


def one(each: CandidateView) -> None:
    """A candidate's interviews, and making the missing ones."""
    person = each.candidate
    frame.section(person.name, " · ".join(part for part in (person.email, person.about) if part))
    for line in each.interviews:
        interview(line)
    making(each, published)
    if any(line["submitted"] for line in each.standing):
        st.page_link("screens/debrief.py", label="Debrief", query_params={"candidate": person.id})
    for_candidate(person)
    key = f"{person.id}-{person.version}"
    with st.popover("Change the candidate"), st.form(f"change-{key}", border=False):
        st.text_input("Name", person.name, key=f"name-{key}", max_chars=120)
        st.text_input("Email", person.email, key=f"email-{key}", max_chars=254)
        st.text_input("Remark", person.about, key=f"about-{key}", max_chars=2000)
        st.form_submit_button("Save the candidate", on_click=change, args=(person,))


def interview(line: dict[str, Any]) -> None:
    submitted = f"{line['submitted']} of {count(line['scorecards'], 'scorecard')} submitted"
    words = " · ".join(
        part for part in (when(line["starts_at"]), line["people"], submitted, STATES[line["state"]]) if part
    )
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        frame.html(
            Markup('<p>{}<br><span class="quiet">{}</span>{}</p>').format(
                line["round_name"], words, Markup("<br>{}").format(line["conflict"]) if line["conflict"] else ""
            )
        )
        if line["state"] == "cancelled":
            return
        with st.popover("Change", key=f"change-{line['id']}"):
            st.datetime_input(
                "Start", value=local(line["starts_at"]).replace(tzinfo=None), key=f"move-{line['id']}-{line['version']}"
            )
            st.button("Move", key=f"do-move-{line['id']}", on_click=move, args=(line["id"], line["version"]))
            frame.quiet("Cancelling closes the scorecards. Ratings made so far are kept but count nowhere.")
            st.button(
                "Cancel the interview", key=f"cancel-{line['id']}", on_click=cancel, args=(line["id"], line["version"])
            )


if st.query_params.get("part") == "panels":
    panels_page(st.query_params.get("role", ""))
    st.stop()
frame.heading("Candidates")
role_id = choose_role(roles.roles(here.workspace, by=here.person), person=here.person)
found = candidates.candidates_of_role(here.workspace, by=here.person, role_id=role_id)
published = [
    each
    for each in plans.visible_plans(here.workspace, by=here.person)
    if each.stored.role_id == role_id and each.versions
]
with st.container(horizontal=True):
    st.button("Propose panels", on_click=propose_panels, args=(role_id,), disabled=not found)
adding()
if not found:
    frame.empty("No candidate for this role yet.", "Add one by hand, or paste a table under “Add candidates”.")
    st.stop()

names = {each.candidate.id: each for each in found}
left, right = st.columns([6, 5], gap="large")
with left:
    table = {
        "Candidate": [each.candidate.name for each in found],
        "Remark": [each.candidate.about for each in found],
        "Interviews": [len(each.standing) for each in found],
        "Submitted": [f"{each.submitted} of {each.scorecards}" for each in found],
    }
    picked = st.dataframe(
        table,
        key="candidates",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=min(520, 38 + 35 * len(found)),
        column_config={"Candidate": st.column_config.TextColumn(width="medium")},
    )
rows = picked.selection.rows  # type: ignore[union-attr]
if rows and rows[0] < len(found):
    st.query_params["candidate"] = found[rows[0]].candidate.id
with right:
    chosen = names.get(st.query_params.get("candidate", ""))
    if chosen:
        one(chosen)
    else:
        frame.empty("Nobody is open.", "Choose a candidate in the table to see and make interviews.")
