"""One plan: what stands before publishing, then its rounds, its coverage, and what was published."""

import streamlit as st

from panel.actions import accounts, bank, plan_check, plan_copies, plans
from panel.actions.plans import PlanView
from panel.domain.people import may_manage_hiring
from panel.ui import state
from panel.ui.components import frame, kit_downloads
from panel.ui.components.best_set import best_set_section
from panel.ui.components.coverage_picture import coverage_picture
from panel.ui.components.places import go
from panel.ui.components.plan_list import profile_line
from panel.ui.components.plan_rounds import rounds
from panel.ui.components.plan_versions import versions
from panel.ui.components.plan_worth import worth_section
from panel.ui.components.preflight_list import preflight_list
from panel.ui.components.slot_bar import slot_bar
from panel.ui.resources import visitor
from panel.ui.words import when

PARTS = {
    "rounds": "Rounds",
    "sets": "Question sets",
    "coverage": "Coverage",
    "worth": "Expected reliability",
    "versions": "Versions",
}
OF_MANAGERS = frozenset({"sets", "worth"})


def plan_page(view: PlanView) -> None:
    here = visitor()
    manages = may_manage_hiring(here.person)
    names = {each.id: each.name for each in accounts.people(here.workspace, by=here.person) if each.active}
    frame.back("All plans", go)
    published = (
        f"version {view.versions[0].number} published {when(view.versions[0].published_at)}"
        if view.versions
        else "draft, not published yet"
    )
    frame.heading(view.plan.title, f"{view.role.role.name} · {published}")
    frame.quiet(profile_line(view.role.role))
    if manages:
        _publication(view)
    reach = plan_check.reach(here.workspace, by=here.person, plan_id=view.id)
    part = _part(view, [each for each in PARTS if manages or each not in OF_MANAGERS])
    if part == "rounds":
        edit = st.query_params.get("round", "")
        rounds(view, reach.timings, names, manages=manages, edit=edit)
    elif part == "coverage":
        coverage_picture(reach.matrix, names)
        frame.section("Minutes against the slot")
        for line in reach.timings:
            slot_bar(line, f"{line.round_name}, {names[line.who]}" if line.who in names else line.round_name)
    elif part == "sets":
        best_set_section(view, names)
    elif part == "worth":
        worth_section(view)
    else:
        questions = {each.key: each for each in bank.questions(here.workspace, by=here.person)}
        everybody = {each.id: each.name for each in accounts.people(here.workspace, by=here.person)}
        versions(view, everybody, questions, manages=manages)
        kit_downloads.of_plan(view)


def _part(view: PlanView, offered: list[str]) -> str:
    """Which part of the plan is looked at; its address says so."""
    at = st.query_params.get("at", "rounds")
    at = at if at in offered else "rounds"
    key = f"at-{view.id}"
    if st.session_state.get(key) != at:
        st.session_state[key] = at

    def turn() -> None:
        go(plan=view.id, at=st.session_state[key])

    st.segmented_control(
        "Part of the plan",
        offered,
        key=key,
        format_func=lambda each: PARTS[each],
        label_visibility="collapsed",
        required=True,
        on_change=turn,
    )
    return at


def _publication(view: PlanView) -> None:
    here = visitor()
    found = plan_check.findings(here.workspace, by=here.person, plan_id=view.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        if not view.says_the_same:
            st.button(
                "Publish plan",
                type="primary",
                disabled=any(each.blocks for each in found),
                on_click=_publish,
                args=(view,),
                help="Freezes questions, rubrics, scale and weights. Interviews under way keep their version.",
            )
        with st.popover("Title"):
            _title(view)
        with st.popover("Save as template"), st.form(f"template-{view.id}", border=False):
            st.text_input("Name of the template", value=view.plan.title, key=f"template-name-{view.id}", max_chars=120)
            frame.quiet("Keeps rounds, rules and questions; the seats stand open. New plans can start from it.")
            st.form_submit_button("Save the template", on_click=_save_template, args=(view,))
    if view.says_the_same:
        frame.quiet(f"The draft says the same as version {view.versions[0].number}; there is nothing to publish.")
        return
    preflight_list(view, found)


def _title(view: PlanView) -> None:
    key = f"plan-title-{view.id}-{view.stored.version}"
    with st.form(f"form-{key}", border=False):
        st.text_input("Title of the plan", value=view.plan.title, key=key, max_chars=120)
        st.form_submit_button("Save the title", on_click=_rename, args=(view, key))
    if not view.versions:
        frame.quiet("Nothing of this plan is published. Discarding it cannot be undone.")
        st.button("Discard the draft", key=f"discard-{view.id}", on_click=_discard, args=(view,))


def _rename(view: PlanView, key: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        plans.rename_plan(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            seen_version=view.stored.version,
            title=st.session_state[key],
        )


def _discard(view: PlanView) -> None:
    here = visitor()
    with frame.told_when_refused():
        plans.discard_draft(here.workspace, by=here.person, plan_id=view.id, seen_version=view.stored.version)
        state.tell(f"{view.plan.title} is discarded.")
        go()


def _publish(view: PlanView) -> None:
    here = visitor()
    with frame.told_when_refused():
        version = plans.publish(here.workspace, by=here.person, plan_id=view.id, seen_version=view.stored.version)
        state.tell(f"Version {version.number} is published. Make interviews from it under Candidates.")


def _save_template(view: PlanView) -> None:
    here = visitor()
    name = st.session_state[f"template-name-{view.id}"]
    with frame.told_when_refused():
        plan_copies.save_template(here.workspace, by=here.person, plan_id=view.id, name=name)
        state.tell(f"{name} is a template now. Choose it under New plan.")
