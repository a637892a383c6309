"""Kits and calendar files where an interviewer prepares, and kits of a plan for those who manage it."""

import streamlit as st

from panel.actions import calendar_files, kits
from panel.actions.agendas import Agenda
from panel.actions.kits import KitForm, PrintableGuide
from panel.actions.plans import PlanView
from panel.store.plans import PlanVersion
from panel.ui.components import frame
from panel.ui.components.downloads import Ending, choose_paper, download
from panel.ui.resources import visitor
from panel.ui.words import count, when, zone

EVERYBODY = ""  # the choice of every guide of a version
FORMS: dict[KitForm, tuple[str, Ending]] = {"pdf": ("PDF", "pdf"), "markdown": ("Markdown", "md")}
MOST_OFFERED = 12


def on_today(agenda: list[Agenda]) -> None:
    """What the reader takes along: a calendar file of everything ahead, and a kit for each interview."""
    here = visitor()
    ahead = calendar_files.own_ahead(here.workspace, by=here.person)
    lines = [line for line in agenda if line.scorecard_id in ahead]
    if not ahead:
        return
    clock = str(zone())
    with st.container(horizontal=True):
        download(
            "Calendar file", lambda: calendar_files.own_calendar(here.workspace, by=here.person, zone=clock),
            named=("my interviews",), ending="ics", key="own-calendar",
        )  # fmt: skip
        if lines:
            with st.popover("Print my kits"):
                frame.quiet("Questions, probes, levels and room for notes, to take into the room.")
                paper = choose_paper("paper-today")
                for line in sorted(lines, key=lambda each: each.starts_at)[:MOST_OFFERED]:
                    download(
                        f"{line.candidate_name}, {line.round_name}, {when(line.starts_at)}",
                        lambda card=line.scorecard_id: kits.interview_kit(  # type: ignore[misc]
                            here.workspace, by=here.person, scorecard_id=card, form="pdf", paper=paper, zone=clock
                        ),
                        named=("kit", line.round_name, line.candidate_name), ending="pdf",
                        key=f"kit-{line.scorecard_id}",
                    )  # fmt: skip


def for_scorecard(scorecard_id: str) -> None:
    """The kit of one interview for whoever may print it; its own interviewer gets a calendar file too."""
    here = visitor()
    guide = kits.printable_interview(here.workspace, by=here.person, scorecard_id=scorecard_id)
    if guide is None:
        return
    clock = str(zone())
    with st.popover("Take along"):
        frame.quiet("The guide on paper: questions, probes, levels and room for notes. It holds no rating.")
        paper = choose_paper("paper-scorecard")
        with st.container(horizontal=True):
            for form, (title, ending) in FORMS.items():
                download(
                    f"Kit as {title}",
                    lambda form=form: kits.interview_kit(  # type: ignore[misc]
                        here.workspace, by=here.person, scorecard_id=scorecard_id, form=form, paper=paper, zone=clock
                    ),
                    named=("kit", guide.round_name, guide.interviewer_name), ending=ending, key=f"kit-{form}",
                )  # fmt: skip
        if scorecard_id in calendar_files.own_ahead(here.workspace, by=here.person):
            download(
                "Calendar file",
                lambda: calendar_files.own_calendar(
                    here.workspace, by=here.person, zone=clock, scorecard_id=scorecard_id
                ),
                named=("interview",), ending="ics", key="calendar-one",
            )  # fmt: skip


def of_plan(view: PlanView) -> None:
    """The guides of a published version that the reader may print."""
    if not view.versions:
        return
    here = visitor()
    with st.expander("Print kits"):
        version = _choose_version(view)
        guides = kits.printable_guides(here.workspace, by=here.person, plan_version_id=version.id)
        if not guides:
            frame.quiet("You have no guide in this version. When you are part of the next one, it stands here.")
            return
        chosen = _choose_guides(guides)
        paper, clock = choose_paper("paper-plan"), str(zone())
        one = chosen[0] if len(chosen) == 1 else None
        named = (one.round_name, one.interviewer_name) if one else (version.published.title,)
        with st.container(horizontal=True):
            for form, (title, ending) in FORMS.items():
                download(
                    f"Download as {title}",
                    lambda form=form: kits.plan_kits(  # type: ignore[misc]
                        here.workspace, by=here.person, plan_version_id=version.id,
                        assignment_ids=[each.assignment_id for each in chosen], form=form, paper=paper, zone=clock,
                    ),
                    named=("kit", *named, f"version {version.number}"), ending=ending, key=f"plan-kit-{form}",
                )  # fmt: skip


def _choose_version(view: PlanView) -> PlanVersion:
    if len(view.versions) == 1:
        return view.versions[0]
    numbers = {each.id: f"Version {each.number}, {when(each.published_at)}" for each in view.versions}
    chosen = st.selectbox("Version", list(numbers), format_func=lambda each: numbers[each], key="kit-version")
    return next(each for each in view.versions if each.id == chosen)


def _choose_guides(guides: list[PrintableGuide]) -> list[PrintableGuide]:
    """One guide, or all of them as one file."""
    names = {
        each.assignment_id: f"{each.round_name}, {each.interviewer_name}: {count(each.questions, 'question')}"
        for each in guides
    }
    if len(guides) > 1:
        names = {EVERYBODY: f"All {len(guides)} guides in one file"} | names
    chosen = st.selectbox("Guide", list(names), format_func=lambda each: names[each], key="kit-guide")
    return [each for each in guides if chosen in (EVERYBODY, each.assignment_id)]
