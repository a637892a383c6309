"""A role's profile: what is measured, what is a must, and what weighs more than the rest, with its reason."""

import streamlit as st

from panel.actions import roles
from panel.actions import rubrics as rubric_actions
from panel.domain.roles import (
    FEWEST_ADVISED,
    MOST_ADVISED,
    NEED_NAMES,
    SENIORITY_NAMES,
    WHY_FOUR_TO_SIX,
    Need,
    RoleCompetency,
    Seniority,
)
from panel.store.plans import StoredRole
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.resources import visitor
from panel.ui.words import plain

NEEDS: list[Need] = ["must", "nice"]
SENIORITIES: list[Seniority] = list(SENIORITY_NAMES)


def profile_page(role_id: str) -> None:
    here = visitor()
    role = roles.role(here.workspace, by=here.person, role_id=role_id)
    frame.back("All plans", go)
    frame.heading(role.role.name, "Role profile: what every candidate for this role is measured against.")
    role_profile(role)


def role_profile(role: StoredRole | None) -> None:
    """The form of a role, new or there already. A change elsewhere brings fresh fields."""
    key = f"{role.id}-{role.version}" if role else "new"
    old = {each.name: each for each in role.role.competencies} if role else {}
    st.text_input("Role", value=role.role.name if role else "", key=f"role-name-{key}", max_chars=120)
    st.selectbox(
        "Seniority",
        SENIORITIES,
        index=SENIORITIES.index(role.role.seniority) if role else 0,
        key=f"role-seniority-{key}",
        format_func=lambda each: SENIORITY_NAMES[each],
        help="How hard questions should be for these candidates is judged by it when question sets are put together.",
    )
    chosen = st.multiselect(
        "Competencies to measure",
        _offered(old),
        default=list(old),
        key=f"role-competencies-{key}",
        accept_new_options=True,
        placeholder="Four to six is usual",
    )
    if chosen and not FEWEST_ADVISED <= len(chosen) <= MOST_ADVISED:
        frame.quiet(WHY_FOUR_TO_SIX)
    unequal = bool(chosen) and st.toggle(
        "Weigh competencies differently",
        value=any(each.weight != 1 for each in old.values()),
        key=f"role-unequal-{key}",
        help="Equal weights predict about as well as chosen ones, and are easier to defend. A reason is asked for.",
    )
    for place, name in enumerate(chosen):
        _line(key, place, name, old.get(name), unequal=unequal)
    st.text_area("Remark", value=role.role.about if role else "", key=f"role-about-{key}", max_chars=1000, height=90)
    st.button(
        "Save the role" if role else "Create the role",
        key=f"save-role-{key}",
        type="primary" if role else "secondary",
        on_click=_save,
        args=(role, key, unequal),
    )


def _offered(old: dict[str, RoleCompetency]) -> list[str]:
    here = visitor()
    rubrics = rubric_actions.rubrics(here.workspace, by=here.person).values()
    names = sorted({rubric.competency for rubric, _ in rubrics})
    return [*names, *(each for each in old if each not in names)]


def _line(key: str, place: int, name: str, old: RoleCompetency | None, *, unequal: bool) -> None:
    with st.container(key=f"profile-line-{place}-{key}"):
        what, need, weight, reason = st.columns([3, 3, 2, 4], vertical_alignment="bottom")
        with what:
            st.markdown(plain(name))
        with need:
            st.segmented_control(
                plain(f"Need for {name}"),
                NEEDS,
                default=old.need if old else "must",
                key=f"need-{key}-{name}",
                format_func=lambda each: NEED_NAMES[each].capitalize(),
                label_visibility="collapsed",
                required=True,
            )
        if unequal:
            with weight:
                st.number_input(
                    plain(f"Weight of {name}"), 0.1, 5.0, float(old.weight) if old else 1.0, 0.1,
                    key=f"weight-{key}-{name}",
                )  # fmt: skip
            with reason:
                st.text_input(
                    plain(f"Reason for the weight of {name}"),
                    old.weight_reason if old else "",
                    key=f"reason-{key}-{name}",
                    max_chars=300,
                    placeholder="Only where the weight is not 1",
                )


def _save(role: StoredRole | None, key: str, unequal: bool) -> None:
    here = visitor()
    typed = st.session_state
    name, about = typed[f"role-name-{key}"], typed[f"role-about-{key}"]
    with frame.told_when_refused():
        competencies = [
            roles.competency(
                each,
                need=typed.get(f"need-{key}-{each}") or "must",
                weight=round(float(typed[f"weight-{key}-{each}"]), 2) if unequal else 1.0,
                reason=typed[f"reason-{key}-{each}"] if unequal else "",
            )
            for each in typed[f"role-competencies-{key}"]
        ]
        if role is None:
            roles.create_role(
                here.workspace,
                by=here.person,
                name=name,
                competencies=competencies,
                about=about,
                seniority=typed[f"role-seniority-{key}"],
            )
            state.tell(f"{name} is created. Give it a plan next.")
            typed[f"role-name-{key}"], typed[f"role-about-{key}"] = "", ""
            typed[f"role-competencies-{key}"] = []
        else:
            roles.change_role(
                here.workspace,
                by=here.person,
                role_id=role.id,
                seen_version=role.version,
                name=name,
                competencies=competencies,
                about=about,
                seniority=typed[f"role-seniority-{key}"],
            )
            state.tell(f"{name} is saved.")
