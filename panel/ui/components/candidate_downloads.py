"""What a hiring manager hands to a candidate: the brief and the calendar file."""

import streamlit as st
from markupsafe import Markup

from panel.actions import briefs, calendar_files
from panel.actions.briefs import BriefForm
from panel.domain.candidates import Candidate
from panel.domain.zones import zone_names
from panel.errors import InputError
from panel.exporting.brief import USUAL_BRING
from panel.exporting.brief_forms import brief_text
from panel.ui.components import frame
from panel.ui.components.downloads import Ending, choose_paper, download
from panel.ui.resources import visitor
from panel.ui.words import zone

FORMS: dict[BriefForm, tuple[str, Ending]] = {
    "pdf": ("PDF", "pdf"), "text": ("text", "txt"), "markdown": ("Markdown", "md"),
}  # fmt: skip


def for_candidate(candidate: Candidate) -> None:
    """Offered while the candidate has an interview ahead."""
    here = visitor()
    if not calendar_files.candidate_ahead(here.workspace, by=here.person, candidate_id=candidate.id):
        return
    with st.popover("Brief and calendar"):
        clock = _choose_zone(candidate)
        _brief(candidate, clock)
        download(
            "Calendar file",
            lambda: calendar_files.candidate_calendar(
                here.workspace, by=here.person, candidate_id=candidate.id, zone=clock
            ),
            named=("interviews", candidate.name), ending="ics", key=f"candidate-calendar-{candidate.id}",
        )  # fmt: skip


def _choose_zone(candidate: Candidate) -> str:
    names, own = zone_names(), str(zone())
    return st.selectbox(
        "Time zone of the candidate", names, index=names.index(own) if own in names else 0, key=f"zone-{candidate.id}"
    )


def _brief(candidate: Candidate, clock: str) -> None:
    """What to bring counts once it is put into the brief: a press on a download would not wait for the text."""
    here = visitor()
    with st.form(f"bring-{candidate.id}", border=False):
        bring = st.text_area("What to bring", USUAL_BRING, key=f"bring-text-{candidate.id}", max_chars=2000, height=130)
        st.form_submit_button("Put it into the brief")
    try:
        made = briefs.brief(here.workspace, by=here.person, candidate_id=candidate.id, zone=clock, bring=bring)
    except InputError as refused:
        frame.html(Markup("<p>{}</p>").format(refused))
        return
    frame.html(
        Markup('<details><summary>Read the brief</summary><p class="passage">{}</p></details>').format(brief_text(made))
    )
    paper = choose_paper(f"paper-{candidate.id}")
    with st.container(horizontal=True):
        for form, (title, ending) in FORMS.items():
            download(
                f"Brief as {title}",
                lambda form=form: briefs.brief_file(  # type: ignore[misc]
                    here.workspace, by=here.person, candidate_id=candidate.id, form=form, zone=clock, bring=bring,
                    paper=paper,
                ),
                named=("brief", candidate.name), ending=ending, key=f"brief-{form}-{candidate.id}",
            )  # fmt: skip
