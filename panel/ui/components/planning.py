"""The list of roles and plans, and one plan with its rounds, minutes, coverage and publication."""

import streamlit as st
from markupsafe import Markup

from panel.actions import accounts, bank, plans, roles
from panel.actions import rubrics as rubric_actions
from panel.actions.plans import PlanView
from panel.domain import preflight
from panel.domain.people import may_manage_hiring
from panel.domain.plans import SITTING_NAMES, Assignment, Round, Sitting
from panel.domain.publishing import leaked, outdated
from panel.domain.questions import BankQuestion
from panel.domain.rubrics import BankRubric, Rubric
from panel.domain.text import listed
from panel.store.plans import StoredRole
from panel.ui import state
from panel.ui.components import frame, kit_downloads
from panel.ui.resources import visitor
from panel.ui.words import count, when

SITTINGS: list[Sitting] = ["panel", "separate"]
STATES = {"open": "", "proposed": "proposed, waits for acceptance", "accepted": "accepted"}


def go(**params: str) -> None:
    """Show another place of this page."""
    st.query_params.from_dict(params)


# ---- the list ---------------------------------------------------------------------------------------------------


def list_page() -> None:
    here = visitor()
    manages = may_manage_hiring(here.person)
    found = plans.visible_plans(here.workspace, by=here.person)
    all_roles = roles.roles(here.workspace, by=here.person)
    frame.heading("Plans", "What is asked of a role's candidates, by whom, in which round, judged with which rubric.")
    if not found and not manages:
        frame.empty("You are not part of a plan yet.", "When a hiring manager assigns you, your part stands here.")
        return
    if not all_roles:
        frame.empty("There is no role yet.", "Start with the opening you hire for and the competencies you measure.")
    for role in all_roles:
        of_role = [each for each in found if each.stored.role_id == role.id]
        if of_role or manages:
            _role_section(role, of_role, manages=manages)
    if manages:
        with st.expander("Create a role", expanded=not all_roles):
            _role_form(None)


def _role_section(role: StoredRole, found: list[PlanView], *, manages: bool) -> None:
    frame.section(role.role.name, ", ".join(role.role.competencies))
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            newest = each.versions[0] if each.versions else None
            words = f"version {newest.number} published {when(newest.published_at)}" if newest else "draft"
            frame.html(
                Markup('<p><b>{}</b> <span class="quiet">{}, {}</span></p>').format(
                    each.plan.title, count(len(each.plan.rounds), "round"), words
                )
            )
            st.button("Open the plan", key=f"open-{each.id}", on_click=go, kwargs={"plan": each.id})
    if manages:
        with st.container(horizontal=True):
            with st.popover("New plan"), st.form(f"new-plan-{role.id}", border=False):
                st.text_input("Title", value="Interview plan", key=f"title-{role.id}", max_chars=120)
                st.form_submit_button("Create the plan", on_click=_create_plan, args=(role.id,))
            with st.popover("Change the role"):
                _role_form(role)


def _create_plan(role_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        plan_id = plans.create_plan(
            here.workspace, by=here.person, role_id=role_id, title=st.session_state[f"title-{role_id}"]
        )
        go(plan=plan_id)


def _role_form(role: StoredRole | None) -> None:
    here = visitor()
    key = role.id if role else "new"
    offered = sorted(
        {rubric.competency for rubric, _ in rubric_actions.rubrics(here.workspace, by=here.person).values()}
    )
    chosen = list(role.role.competencies) if role else []
    with st.form(f"role-{key}", border=False):
        st.text_input("Role", value=role.role.name if role else "", key=f"role-name-{key}", max_chars=120)
        st.multiselect(
            "Competencies to measure",
            [*offered, *(each for each in chosen if each not in offered)],
            default=chosen,
            key=f"role-competencies-{key}",
            accept_new_options=True,
            placeholder="Four to six is usual",
        )
        st.text_input("Remark", value=role.role.about if role else "", key=f"role-about-{key}", max_chars=1000)
        st.form_submit_button("Save the role" if role else "Create the role", on_click=_save_role, args=(role,))


def _save_role(role: StoredRole | None) -> None:
    here = visitor()
    key = role.id if role else "new"
    name, about = st.session_state[f"role-name-{key}"], st.session_state[f"role-about-{key}"]
    competencies = tuple(st.session_state[f"role-competencies-{key}"])
    with frame.told_when_refused():
        if role is None:
            roles.create_role(here.workspace, by=here.person, name=name, competencies=competencies, about=about)
            state.tell(f"{name} is created. Give it a plan next.")
        else:
            roles.change_role(
                here.workspace,
                by=here.person,
                role_id=role.id,
                seen_version=role.version,
                name=name,
                competencies=competencies,
                about=about,
            )
            state.tell(f"{name} is saved.")


# ---- one plan ---------------------------------------------------------------------------------------------------


def plan_page(view: PlanView) -> None:
    here = visitor()
    manages = may_manage_hiring(here.person)
    questions = {each.key: each for each in bank.questions(here.workspace, by=here.person)}
    stored_rubrics = {each.key: each for each in rubric_actions.bank_rubrics(here.workspace, by=here.person)}
    rubrics = {key: each.rubric for key, each in stored_rubrics.items()}
    names = {each.id: each.name for each in accounts.people(here.workspace, by=here.person)}
    frame.back("All plans", go)
    published = (
        f"version {view.versions[0].number} published {when(view.versions[0].published_at)}"
        if view.versions
        else "draft, not published yet"
    )
    frame.heading(view.plan.title, f"{view.role.role.name} · {published}")
    if manages:
        _publication(view, questions, stored_rubrics, names)
    timings = preflight.timings(view.plan, questions)
    for each in view.plan.rounds:
        _round(view, each, [line for line in timings if line.round_id == each.id], names, questions, manages)
    if manages:
        with st.expander("Add a round", expanded=not view.plan.rounds):
            _round_form(view, None, names)
    coverage_table(view, questions, rubrics)
    _versions(view, names, questions)
    kit_downloads.of_plan(view)


def _versions(view: PlanView, names: dict[str, str], questions: dict[str, BankQuestion]) -> None:
    """What was published, as it was: questions and rubrics with the text they had."""
    if not view.versions:
        return
    frame.section("Published versions", "frozen; interviews keep the version they were made from")
    newer = outdated(view.versions[0].published, questions)
    if newer:
        frame.quiet(
            f"{count(len(newer), 'question')} of version {view.versions[0].number} "
            f"{'has a newer version' if len(newer) == 1 else 'have newer versions'} in the bank: "
            + listed([f"“{each.question.prompt}”" for each in newer])
            + ". Take them over in the question sets, then publish the next version."
        )
    known = leaked(view.versions[0].published, questions)
    if known:
        frame.html(
            Markup("<p>Candidates may know {} of version {}: {}</p>").format(
                count(len(known), "question"),
                view.versions[0].number,
                listed([f"“{each.question.prompt}”" for each in known])
                + ". Take them out of the question sets, then publish the next version.",
            )
        )
    for version in view.versions:
        who = names.get(version.published_by, "somebody who left")
        rounds = Markup("").join(
            Markup("<p><b>{}</b></p><ol>{}</ol>").format(
                each.name,
                Markup("").join(
                    Markup('<li>{} <span class="quiet">{}, {}</span></li>').format(
                        item.question.prompt, item.asked_by, item.rubric.name
                    )
                    for item in each.items()
                ),
            )
            for each in version.published.rounds
        )
        frame.html(
            Markup("<details><summary>Version {}, {}, by {}</summary>{}</details>").format(
                version.number, when(version.published_at), who, rounds
            )
        )


def _publication(
    view: PlanView, questions: dict[str, BankQuestion], rubrics: dict[str, BankRubric], names: dict[str, str]
) -> None:
    stops, warns = preflight.preflight(view.role.role, view.plan, questions, rubrics, names)
    if view.says_the_same:
        frame.quiet(f"The draft says the same as version {view.versions[0].number}; there is nothing to publish.")
        return
    st.button(
        "Publish plan",
        type="primary",
        disabled=bool(stops),
        on_click=_publish,
        args=(view,),
        help="Freezes questions, rubrics, scale and weights. Interviews under way keep their version.",
    )
    for sentence in stops:
        frame.html(Markup("<p>To do: {}</p>").format(sentence))
    for sentence in warns:
        frame.quiet(f"Consider: {sentence}")


def _publish(view: PlanView) -> None:
    here = visitor()
    with frame.told_when_refused():
        version = plans.publish(here.workspace, by=here.person, plan_id=view.id, seen_version=view.stored.version)
        state.tell(f"Version {version.number} is published. Make interviews from it under Candidates.")


def _round(
    view: PlanView,
    each: Round,
    timings: list[preflight.Timing],
    names: dict[str, str],
    questions: dict[str, BankQuestion],
    manages: bool,
) -> None:
    frame.section(each.name, SITTING_NAMES[each.sitting])
    if each.sitting == "panel" and timings:
        meter(timings[0].minutes, each.minutes)
    for assignment in each.assignments:
        with st.container(horizontal=True, vertical_alignment="center", key=f"part-{assignment.id}"):
            _assignment_line(each, assignment, names, questions)
            st.button(
                "Questions",
                key=f"questions-{assignment.id}",
                on_click=go,
                kwargs={"plan": view.id, "part": assignment.id},
            )
            if manages:
                with st.popover("Remove"):
                    frame.quiet("Takes this interviewer out of the draft, with the questions chosen for them.")
                    st.button(
                        "Remove the interviewer",
                        key=f"unassign-{assignment.id}",
                        on_click=_unassign,
                        args=(view, assignment),
                    )
    if manages:
        _round_tools(view, each, names)


def _assignment_line(
    each: Round, assignment: Assignment, names: dict[str, str], questions: dict[str, BankQuestion]
) -> None:
    minutes = preflight.minutes_of(assignment, questions)
    slot = f" of {each.minutes}" if each.sitting == "separate" else ""
    over = ", over the slot" if each.sitting == "separate" and minutes > each.minutes else ""
    state_words = STATES[assignment.state]
    words = f"{count(len(assignment.questions), 'question')}, {minutes}{slot} minutes{over}" + (
        f", {state_words}" if state_words else ""
    )
    frame.html(
        Markup('<p>{}<br><span class="quiet">{}</span></p>').format(
            names.get(assignment.interviewer_id, "Somebody who left"), words
        )
    )


def _round_tools(view: PlanView, each: Round, names: dict[str, str]) -> None:
    seated = {assignment.interviewer_id for assignment in each.assignments}
    with st.container(horizontal=True):
        with st.popover("Assign an interviewer"), st.form(f"assign-{each.id}", border=False):
            st.selectbox(
                "Interviewer",
                [one for one in names if one not in seated],
                format_func=lambda one: names[one],
                key=f"seat-{each.id}",
                index=None,
                placeholder="Choose a person",
            )
            st.form_submit_button("Assign", on_click=_assign, args=(view, each))
        with st.popover("Change the round"):
            _round_form(view, each, names)
            st.button("Remove the round", key=f"drop-{each.id}", on_click=_remove_round, args=(view, each))


def _round_form(view: PlanView, each: Round | None, names: dict[str, str]) -> None:
    key = each.id if each else "new"
    with st.form(f"round-{key}", border=False):
        st.text_input("Name of the round", value=each.name if each else "", key=f"round-name-{key}", max_chars=120)
        st.radio(
            "Sitting",
            SITTINGS,
            index=SITTINGS.index(each.sitting) if each else 0,
            key=f"round-sitting-{key}",
            format_func=lambda one: SITTING_NAMES[one],
        )
        st.number_input(
            "Slot, minutes", 10, 480, value=each.minutes if each else 60, step=5, key=f"round-minutes-{key}"
        )
        if each is None:
            st.multiselect("Interviewers", list(names), format_func=lambda one: names[one], key="round-people-new")
        st.form_submit_button("Save the round" if each else "Add the round", on_click=_save_round, args=(view, each))


def _save_round(view: PlanView, each: Round | None) -> None:
    here = visitor()
    key = each.id if each else "new"
    name, sitting = st.session_state[f"round-name-{key}"], st.session_state[f"round-sitting-{key}"]
    minutes = int(st.session_state[f"round-minutes-{key}"])
    with frame.told_when_refused():
        if each is None:
            plans.add_round(
                here.workspace,
                by=here.person,
                plan_id=view.id,
                name=name,
                sitting=sitting,
                minutes=minutes,
                interviewers=tuple(st.session_state["round-people-new"]),
            )
            st.session_state["round-name-new"], st.session_state["round-people-new"] = "", []
        else:
            plans.change_round(
                here.workspace,
                by=here.person,
                plan_id=view.id,
                round_id=each.id,
                seen_version=view.stored.version,
                name=name,
                sitting=sitting,
                minutes=minutes,
            )


def _remove_round(view: PlanView, each: Round) -> None:
    here = visitor()
    with frame.told_when_refused():
        plans.remove_round(
            here.workspace, by=here.person, plan_id=view.id, round_id=each.id, seen_version=view.stored.version
        )


def _assign(view: PlanView, each: Round) -> None:
    here = visitor()
    person_id = st.session_state[f"seat-{each.id}"]
    with frame.told_when_refused():
        plans.assign(here.workspace, by=here.person, plan_id=view.id, round_id=each.id, person_id=person_id or "")


def _unassign(view: PlanView, assignment: Assignment) -> None:
    here = visitor()
    with frame.told_when_refused():
        plans.unassign(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            assignment_id=assignment.id,
            seen_revision=assignment.revision,
        )


# ---- shared with the assembling page ----------------------------------------------------------------------------


def meter(minutes: int, slot: int) -> None:
    """Minutes against the slot; over the slot is said in words too."""
    over = minutes > slot
    words = f"{minutes} of {slot} minutes" + (f", {minutes - slot} over the slot" if over else "")
    frame.html(
        Markup('<p>{}</p><div class="meter{}" role="presentation"><i style="width:{}%"></i></div>').format(
            words, " over" if over else "", min(100, round(100 * minutes / slot))
        )
    )


def coverage_table(view: PlanView, questions: dict[str, BankQuestion], rubrics: dict[str, Rubric]) -> None:
    frame.section("Competencies covered")
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            each.competency + ("" if each.in_role else " (not one of the role's)"),
            each.questions or "none yet",
            each.minutes or "",
            each.interviewers or "",
        )
        for each in preflight.coverage(view.role.role, view.plan, questions, rubrics)
    )
    head = Markup("<tr><th>Competency</th><th>Questions</th><th>Minutes</th><th>Ratings per candidate</th></tr>")
    frame.html(
        Markup(
            '<div class="table-scroll"><table class="plain-table"><thead>{}</thead><tbody>{}</tbody></table></div>'
        ).format(head, rows)
    )
