"""Panels proposed for coming candidates: what to choose, what is proposed and why, and making the interviews."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st
from markupsafe import Markup

from panel.actions import fair_panels, plans
from panel.actions.fair_panels import Choices, FairPanels, NewPanel
from panel.actions.plans import PlanView
from panel.domain.seats import Slot, working_days_from
from panel.domain.text import listed
from panel.seating.sentences import links_in_words, loads_in_words, short_in_words
from panel.stats.progress import Report
from panel.ui import link_chart, state
from panel.ui.components import frame
from panel.ui.components.long_fit import long_fit
from panel.ui.components.person_seating import person_seating
from panel.ui.resources import visitor
from panel.ui.words import count, to_utc, when, zone

WHAT = (
    "Proposes who meets whom: even loads, no conflict of interest, nobody who is away, trainees only as shadows, and "
    "panels that overlap enough for a harsh interviewer to be told from weak candidates. Nothing is written before you "
    "make the interviews."
)
PLOT = {"displayModeBar": False}


@dataclass(frozen=True)
class Request:
    """What was asked for when the button was pressed."""

    plan_id: str
    round_id: str
    slots: tuple[tuple[str, Slot], ...]
    raters: tuple[str, ...]
    shadows: tuple[str, ...]
    always: tuple[str, ...]
    size: int


def panels_page(role_id: str) -> None:
    here = visitor()
    frame.back("All candidates", _leave, role=role_id)
    frame.heading("Propose panels", WHAT)
    published = [
        each
        for each in plans.visible_plans(here.workspace, by=here.person)
        if each.stored.role_id == role_id and each.versions
    ]
    rounds = {
        (view.id, each.id): (view, each.name)
        for view in published
        for each in view.versions[0].published.rounds
        if each.sitting == "panel"
    }
    if not rounds:
        frame.empty(
            "This role has no published plan with a panel round.",
            "In a panel everybody rates the same questions, so seats can be exchanged. Publish such a plan first.",
        )
        return
    chosen = st.selectbox(
        "Round", list(rounds), format_func=lambda each: _round_words(*rounds[each]), key=f"panel-round-{role_id}"
    )
    choices = fair_panels.choices(here.workspace, by=here.person, plan_id=chosen[0], round_id=chosen[1])
    with st.expander("Training, conflicts of interest and days away", expanded="person" in st.query_params):
        person_seating()
    if not choices.waiting:
        frame.empty("Every candidate of this role has an interview for this round.", "Add candidates, then come back.")
        return
    _choose(chosen[0], choices)
    request: Request | None = st.session_state.get(state.PANELS_ASKED)
    if request and (request.plan_id, request.round_id) == chosen:
        _answer(request)


def _leave(role: str) -> None:
    st.query_params.from_dict({"role": role})


def _round_words(view: PlanView, name: str) -> str:
    return f"{name} ({view.plan.title})"


def _choose(plan_id: str, choices: Choices) -> None:
    names, each = choices.names, choices.round
    key = each.id
    people = [*choices.raters, *choices.others]
    who = {candidate.id: candidate.name for candidate in choices.waiting}
    st.multiselect("Candidates", list(who), default=list(who), format_func=lambda one: who[one], key=f"coming-{key}")
    if each.needs_training:
        frame.quiet(f"{each.name} asks for training in {each.needs_training}; only who is trained for it may rate.")
    st.multiselect(
        "People who may rate",
        people,
        default=list(choices.raters),
        format_func=lambda one: names[one],
        key=f"raters-{key}",
    )
    st.multiselect(
        "People who shadow: they rate, and it counts for their training only",
        [*choices.trainees, *(one for one in people if one not in choices.trainees)],
        default=list(choices.trainees),
        format_func=lambda one: names[one],
        key=f"shadows-{key}",
        placeholder="Nobody",
    )
    st.multiselect(
        "Sit in every panel",
        people,
        format_func=lambda one: names[one],
        key=f"always-{key}",
        placeholder="Nobody",
        help="Somebody who meets every candidate links all panels, at the price of their time.",
    )
    size, first, a_day = st.columns(3)
    tomorrow = (datetime.now(zone()) + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    with size:
        usual = max(len(each.guides), each.minimum_interviewers)
        st.number_input("Interviewers in a panel", each.minimum_interviewers, 12, usual, key=f"size-{key}")
    with first:
        st.datetime_input("First interview", value=tomorrow.replace(tzinfo=None), key=f"first-{key}")
    with a_day:
        st.number_input("Interviews a day", 1, 12, 4, key=f"a-day-{key}")
    asked = st.session_state.get(state.PANELS_ASKED) is not None
    st.button(
        "Propose panels", type="secondary" if asked else "primary", on_click=_ask, args=(plan_id, choices), key="ask"
    )


def _ask(plan_id: str, choices: Choices) -> None:
    typed, key = st.session_state, choices.round.id
    coming = typed[f"coming-{key}"]
    starts = working_days_from(
        typed[f"first-{key}"],
        minutes=choices.round.minutes,
        a_day=int(typed[f"a-day-{key}"]),
        number=len(coming),
    )
    typed[state.PANELS_ASKED] = Request(
        plan_id=plan_id,
        round_id=key,
        slots=tuple((one, Slot(to_utc(at), at.date())) for one, at in zip(coming, starts, strict=True)),
        raters=tuple(typed[f"raters-{key}"]),
        shadows=tuple(typed[f"shadows-{key}"]),
        always=tuple(typed[f"always-{key}"]),
        size=int(typed[f"size-{key}"]),
    )
    state.fits("fair-panels").clear()


def _answer(request: Request) -> None:
    here = visitor()

    def work(report: Report) -> FairPanels:
        report("Putting panels together", None)
        return fair_panels.propose(
            here.workspace,
            by=here.person,
            plan_id=request.plan_id,
            round_id=request.round_id,
            slots=dict(request.slots),
            raters=request.raters,
            shadows=request.shadows,
            size=request.size,
            always=request.always,
        )

    with frame.sentence_in_place():
        fair_panels.check_choice(
            here.workspace,
            by=here.person,
            plan_id=request.plan_id,
            round_id=request.round_id,
            slots=dict(request.slots),
            raters=request.raters,
            shadows=request.shadows,
            size=request.size,
            always=request.always,
        )
        found = long_fit("fair-panels", str(hash(request)), work)
        if found is not None:
            _show(request, found)


def _show(request: Request, found: FairPanels) -> None:
    proposal, names = found.proposal, found.names
    frame.section("Proposed panels", count(len(proposal.panels), "panel"))
    for each in proposal.short:
        frame.html(Markup('<p class="finding blocks">{}</p>').format(short_in_words(each, names, least=found.least)))
    if proposal.panels:
        st.button("Make these interviews", type="primary", on_click=_make, args=(request, found))
    table, picture = st.columns([6, 5], gap="large")
    with table:
        frame.html(_panels(found))
    with picture:
        for sentence in links_in_words(proposal.links, names, chosen=len(request.raters)):
            frame.html(Markup("<p>{}</p>").format(sentence))
        people = [each.person for each in proposal.loads if each.person in set(request.raters)]
        if proposal.links.shared and len(people) > 1:
            st.plotly_chart(
                link_chart.links(proposal.links, people, names, frame.palette()),
                config=PLOT,
                key="panel-links",
                theme=None,
                alt="Who shares candidates with whom; a thicker line is more, a dashed one crosses the weakest link",
            )
            frame.quiet("A thicker line: more candidates shared, earlier panels included. Dashed: the weakest link.")
    frame.section("Loads", loads_in_words(proposal))
    frame.html(_loads(found))


def _panels(found: FairPanels) -> Markup:
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}{}</td></tr>").format(
            found.names[each.candidate],
            when(found.slots[each.candidate].starts_at),
            listed([found.names[one] for one in each.raters]),
            f"; as a shadow {listed([found.names[one] for one in each.shadows])}" if each.shadows else "",
        )
        for each in sorted(found.proposal.panels, key=lambda one: found.slots[one.candidate].starts_at)
    )
    head = Markup("<tr><th>Candidate</th><th>Start</th><th>Panel</th></tr>")
    return Markup(
        '<div class="table-scroll"><table class="plain-table"><thead>{}</thead><tbody>{}</tbody></table></div>'
    ).format(head, rows)


def _loads(found: FairPanels) -> Markup:
    """A bar for each person: interviews they had ahead, and those proposed."""
    most = max((each.before + each.new for each in found.proposal.loads), default=0) or 1
    return Markup("").join(
        Markup(
            '<p>{} <span class="quiet">{}</span></p><div class="slot" role="presentation"><i class="opening" '
            'style="width:{}%"></i><i class="asked" style="width:{}%"></i></div>'
        ).format(
            found.names[each.person],
            f"{each.new} proposed" + (f", {each.before} ahead already" if each.before else ""),
            round(100 * each.before / most, 1),
            round(100 * each.new / most, 1),
        )
        for each in found.proposal.loads
    )


def _make(request: Request, found: FairPanels) -> None:
    here = visitor()
    panels = [
        NewPanel(each.candidate, found.slots[each.candidate].starts_at, each.raters, each.shadows)
        for each in found.proposal.panels
    ]
    with frame.told_when_refused():
        made = fair_panels.make(
            here.workspace, by=here.person, plan_id=request.plan_id, round_id=request.round_id, panels=panels
        )
        st.session_state.pop(state.PANELS_ASKED, None)
        state.tell(f"{count(made, 'interview')} made. The panels see them on Today.")
