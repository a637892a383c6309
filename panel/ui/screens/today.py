"""Today: my interviews, my open scorecards, and question sets that wait for me."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from panel.actions import agendas, reminders, waiting
from panel.actions.agendas import Agenda
from panel.domain.basics import now
from panel.domain.people import may_manage_hiring
from panel.domain.scorecard_time import HandIn, scorecard_time
from panel.domain.text import listed
from panel.ui.components import frame, kit_downloads, reminding
from panel.ui.components.awaited import awaited
from panel.ui.components.board_line import board_line
from panel.ui.components.debrief_line import debriefs_line
from panel.ui.components.first_steps import first_steps
from panel.ui.components.training_lines import training_lines
from panel.ui.resources import visitor
from panel.ui.words import clock, count, day, local, plain, when, zone

here = visitor()
SCORE = "screens/score.py"


def interview_line(line: Agenda, *, primary: bool) -> None:
    done = line.submitted
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"line-{line.scorecard_id}"):
        together = f"with {listed(line.with_whom)}" if line.with_whom else "on your own"
        together += ", as a shadow" if line.shadow else ""
        progress = "submitted" if done else f"{line.answered} of {line.questions} rated"
        told = overdue.get(line.scorecard_id)
        frame.html(
            Markup('<p><b>{}</b> {} · {}<br><span class="quiet">{}, {} · {} · {}{}</span></p>').format(
                clock(line.starts_at),
                line.candidate_name,
                line.round_name,
                line.role_name,
                together,
                count(line.minutes, "minute"),
                progress,
                f" · {reminding.in_words(told, here.person)}" if told else "",
            )
        )
        st.page_link(
            SCORE,
            label="Read the scorecard" if done else "Go on scoring" if line.answered else "Open the scorecard",
            query_params={"scorecard": line.scorecard_id},
            icon=":material/arrow_forward:" if primary else None,
        )
        if told:
            reminding.stop_or_resume(here, told, "Stop reminding me", "Remind me again")


def open_line(line: Agenda) -> None:
    told = overdue.get(line.scorecard_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"line-{line.scorecard_id}"):
        frame.html(
            Markup('<p>{} · {}<br><span class="quiet">{}{} of {} rated{}</span></p>').format(
                line.candidate_name,
                line.round_name,
                "" if told else f"{day(line.starts_at)} · ",
                line.answered,
                line.questions,
                f" · {reminding.in_words(told, here.person)}" if told else "",
            )
        )
        st.page_link(SCORE, label="Finish the scorecard", query_params={"scorecard": line.scorecard_id})
        if told:
            reminding.stop_or_resume(here, told, "Stop reminding me", "Remind me again")


agenda = agendas.my_agenda(here.workspace, by=here.person)
today = [line for line in agenda if local(line.starts_at).date() == datetime.now(zone()).date()]
still_open = [line for line in agenda if not line.submitted and line.starts_at < now() and line not in today]
overdue = {each.scorecard_id: each for each in reminders.my_reminders(here.workspace, by=here.person)}
own_time = scorecard_time((HandIn(line.ends_at, line.submitted_at) for line in agenda if not line.shadow), now())
coming = [line for line in agenda if line.starts_at > now() and line not in today]
sets = waiting.waiting_for(here.workspace, by=here.person)

frame.heading(
    "Today", f"{datetime.now(zone()):%A} {datetime.now(zone()).day} {datetime.now(zone()):%B} · {here.person.name}"
)
if own_time.counted:
    frame.quiet(own_time.sentence())
first_steps(here)
if may_manage_hiring(here.person):
    board_line(here)
frame.section("My interviews")
if not today:
    following = min(coming, key=lambda line: line.starts_at, default=None)
    frame.empty(
        "No interview of yours today.",
        f"The next is {following.candidate_name}, {when(following.starts_at)}."
        if following
        else "When a hiring manager schedules you, the interview stands here with its questions.",
    )
upcoming = [line for line in today if not line.submitted and line.ends_at > now()]
for line in sorted(today, key=lambda each: each.starts_at):
    interview_line(line, primary=bool(upcoming) and line == min(upcoming, key=lambda each: each.starts_at))
kit_downloads.on_today(agenda)

if still_open:
    frame.section("My open scorecards", "what you remember fades within a day")
    for line in sorted(still_open, key=lambda each: each.starts_at):
        open_line(line)

if sets:
    frame.section("Question sets")
    for each in sets:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            frame.html(
                Markup('<p>{} · {}<br><span class="quiet">{}</span></p>').format(
                    each.plan_title, each.round_name, each.sentence
                )
            )
            st.page_link(
                "screens/plans.py",
                label=plain(each.step),
                query_params={"plan": each.plan_id, "part": each.assignment_id},
            )

debriefs_line(here)
training_lines(here)
if may_manage_hiring(here.person):
    awaited(here)

if coming:
    with st.expander(f"Later: {count(len(coming), 'interview')}"):
        for line in sorted(coming, key=lambda each: each.starts_at):
            with st.container(horizontal=True, vertical_alignment="center"):
                frame.html(
                    Markup("<p>{} · {} · {}</p>").format(when(line.starts_at), line.candidate_name, line.round_name)
                )
                st.page_link(SCORE, label="Prepare", query_params={"scorecard": line.scorecard_id})
