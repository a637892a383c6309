"""Rubrics: read, written, compared and brought in by those who may, read by everybody."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from panel.actions import rubric_edits, rubrics
from panel.domain.rubrics import SCALES, BankRubric, FiledRubric
from panel.exporting.rubrics import exported
from tests.actions.test_rubrics import TEXT, text_of
from tests.factories import RUBRICS, Team, a_rubric
from tests.ui.driving import EVE, EVERY_PAGE, Tab

Seats = Callable[[str], Tab]
HOSTILE = f'{EVE}<script>alert("x")</script>=1+1'


def standing(team: Team, key: str) -> BankRubric:
    return rubrics.rubric(team.workspace, by=team.people["Ada"], key=key).stored


def fill_levels(page: Tab, *texts: str) -> Tab:
    for level, text in enumerate(texts, start=1):
        page.fill(f"Anchor of level {level}", text)
    return page


# ---- reading -----------------------------------------------------------------------------------------------------


def test_everybody_sees_name_state_competency_and_levels(team: Team, tab: Seats) -> None:
    page = tab("Tom").open("rubrics")
    assert page.app.dataframe[0].value.to_dict("list") == {
        "Rubric": ["Explanation", "Technical depth"],
        "State": ["Active", "Active"],
        "Competency": ["Explanation", "Technical depth"],
        "Levels": [5, 5],
    }
    for action in ("New rubric", "Edit", "Retire now", "Back to draft now"):
        assert not page.has_button(action)


def test_a_rubric_is_read_with_an_anchor_at_every_level(team: Team, tab: Seats) -> None:
    page = tab("Bo").open("rubrics")
    anchors = [f"{level} Label {level} explanation: behaviour of level {level}." for level in range(1, 6)]
    assert page.lacks("Explanation · Active · 5 levels · version 1", *anchors) == []
    page.tick_row("rubrics", 1)
    assert page.lacks("Technical depth · Active", "How technical-depth is heard.", "behaviour of level 5.") == []
    assert page.lacks(*anchors) == anchors
    assert page.app.query_params["rubric"] == "technical-depth"


def test_the_preview_is_given_the_levels_as_the_desk_is(team: Team, tab: Seats) -> None:
    page = tab("Mia").open("rubrics").fill("Part", "Preview").run()
    for screen, phone in (("At a desk", False), ("On a phone", True)):
        page.fill("Screen", screen).run()
        given = page.data_of("levels-preview")
        assert given["phone"] is phone
        assert [(each["level"], each["label"], each["colour"]) for each in given["levels"]] == [
            (level, f"Label {level}", level) for level in range(1, 6)
        ]


def test_history_names_versions_authors_reasons_and_compares_two(team: Team, tab: Seats) -> None:
    seen = standing(team, "explanation")
    text = rubric_edits.RubricText("Explanation", "Explanation", "Heard anew.", text_of(seen.rubric).anchors)
    saved = rubric_edits.change_rubric(
        team.workspace, by=team.people["Max"], key="explanation", seen=seen, text=text, reason="Shorter"
    )
    rubric_edits.retire(team.workspace, by=team.people["Mia"], key="explanation", seen=saved, reason="Out of use")
    page = tab("Ana").open("rubrics", rubric="explanation").fill("Part", "History").run()
    assert page.lacks("Version 2 Max", "Shorter", "Version 1 Ada", "Retired Mia", "Out of use", "From version") == []
    assert "<dt>About</dt>" in page.markup
    assert "<ins>Heard anew</ins>" in page.markup
    assert "<dt>Level 1</dt>" not in page.markup


# ---- writing -----------------------------------------------------------------------------------------------------


def test_a_new_rubric_starts_with_five_levels_and_is_saved_as_a_draft(team: Team, tab: Seats) -> None:
    page = tab("Max").open("rubrics").click("New rubric")
    assert [page.field(f"Label of level {level}").value for level in range(1, 6)] == list(SCALES[5])
    page.fill("Name", "Care").fill("Competency", "Data sense").click("Save the draft")
    assert page.toasts == ["Care is saved as a draft."]
    assert page.lacks("Data sense · Draft · 5 levels · version 1", "No anchor yet.", "It can be activated once") == []
    assert page.button("Activate").disabled


def test_four_levels_without_a_middle_are_one_click_and_the_text_comes_back(team: Team, tab: Seats) -> None:
    page = fill_levels(tab("Max").open("rubrics", part="new"), "One", "Two", "Three", "Four", "Five").run()
    page.fill("Number of levels", 4).run()
    assert [page.field(f"Label of level {level}").value for level in range(1, 5)] == list(SCALES[4])
    assert [page.field(f"Anchor of level {level}").value for level in range(1, 5)] == ["One", "Two", "Four", "Five"]
    page.fill("Number of levels", 5).run()
    assert [page.field(f"Anchor of level {level}").value for level in range(1, 6)] == [
        "One", "Two", "Three", "Four", "Five",
    ]  # fmt: skip


def test_advice_stands_on_the_page_while_writing_and_blocks_nothing(team: Team, tab: Seats) -> None:
    page = tab("Max").open("rubrics", part="new")
    page.fill("Anchor of level 2", "Good understanding.").fill("Anchor of level 4", "Seems motivated.").run()
    assert page.lacks("Cannot be observed Good, understanding", "Speaks of the person Seems motivated") == []
    page.fill("Anchor of level 2", "Names one cause of the outage.").run()
    assert page.lacks("Cannot be observed") == ["Cannot be observed"]
    page.fill("Name", "Care").fill("Competency", "Data sense").click("Save the draft")
    assert page.toasts == ["Care is saved as a draft."]


def test_an_edit_is_saved_as_the_next_version_with_its_reason(team: Team, tab: Seats) -> None:
    page = tab("Mia").open("rubrics", rubric="explanation").click("Edit")
    page.fill("Anchor of level 3", "Names the point once asked.").click("Save as version 2")
    assert page.warnings == ["Say in a few words why you change it; the history keeps the reason."]
    page.fill("Why this change?", "It was vague").click("Save as version 2")
    assert page.toasts == ["Version 2 of Explanation is saved."]
    assert page.lacks("Active · 5 levels · version 2", "Names the point once asked.") == []
    assert standing(team, "explanation").rubric.anchor(3).text == "Names the point once asked."


def test_an_active_rubric_is_not_saved_with_an_empty_anchor_and_keeps_what_was_typed(team: Team, tab: Seats) -> None:
    page = tab("Mia").open("rubrics", rubric="explanation", part="edit")
    page.fill("Anchor of level 3", "").fill("Why this change?", "Later").fill("Name", "Explaining")
    page.click("Save as version 2")
    assert page.warnings == [
        "An active rubric must stay whole: level 3 (Label 3) has no text. Write what is missing first."
    ]
    assert page.field("Name").value == "Explaining"


def test_a_second_tab_is_told_sees_the_difference_and_loses_nothing(team: Team, tab: Seats) -> None:
    first = tab("Mia").open("rubrics", rubric="explanation", part="edit")
    second = tab("Max").open("rubrics", rubric="explanation", part="edit")
    first.fill("Anchor of level 1", "Theirs for one.").fill("Why this change?", "Mine").click("Save as version 2")

    second.fill("Anchor of level 2", "Mine for two.").fill("Why this change?", "Other").click("Save as version 2")
    (warning,) = second.warnings
    assert warning.startswith(
        "Explanation was changed in the meantime: it is now version 2 (active), last written by Mia"
    )
    assert second.field("Anchor of level 2").value == "Mine for two."
    assert second.lacks("Version 2 by Mia") == []
    assert "<dt>Level 1</dt>" in second.markup
    assert standing(team, "explanation").version == 2

    second.click("Go on with mine").click("Save as version 3")
    saved = standing(team, "explanation")
    assert saved.version == 3
    assert [saved.rubric.anchor(level).text for level in (1, 2)] == [RUBRICS[1].anchor(1).text, "Mine for two."]


def test_a_second_tab_can_take_the_newer_text_instead(team: Team, tab: Seats) -> None:
    page = tab("Max").open("rubrics", rubric="explanation", part="edit").fill("Name", "Mine")
    seen = standing(team, "explanation")
    rubric_edits.change_rubric(
        team.workspace, by=team.people["Mia"], key="explanation", seen=seen, text=TEXT, reason="Theirs"
    )
    page.run().click("Take theirs")
    assert page.field("Name").value == TEXT.name
    assert [page.field(f"Anchor of level {level}").value for level in (1, 2, 3)] == [text for _, text in TEXT.anchors]
    assert not page.has_button("Take theirs")


def test_what_is_typed_survives_a_look_at_another_page_until_it_is_discarded(team: Team, tab: Seats) -> None:
    page = tab("Max").open("rubrics", part="new").fill("Name", "Half written").run()
    page.open("today").open("rubrics", part="new")
    assert page.field("Name").value == "Half written"
    page.click("Discard").open("rubrics", part="new")
    assert page.field("Name").value == ""


# ---- states ------------------------------------------------------------------------------------------------------


def test_a_manager_takes_a_rubric_through_its_states(team: Team, tab: Seats) -> None:
    page = tab("Mia").open("rubrics", rubric="explanation")
    assert page.lacks("Used in the plan draft Onsite.") == []
    page.fill("Why? The history keeps it.", "Unclear").click("Back to draft now")
    assert page.toasts == ["Explanation is a draft again."]
    page.click("Activate")
    assert page.toasts == ["Explanation is active. Plans can choose it."]
    page.click("Retire now")
    assert page.toasts == ["Explanation is retired. Still used in Onsite."]
    assert standing(team, "explanation").state == "retired"


@pytest.mark.parametrize("part", ["new", "edit"])
def test_an_interviewer_who_types_the_address_is_told_why_not(team: Team, tab: Seats, part: str) -> None:
    page = tab("Ana").open("rubrics", rubric="explanation", part=part)
    assert page.warnings == ["Only hiring managers and administrators write rubrics. Ask one of them."]


def test_a_rubric_in_the_address_that_does_not_exist_is_told(team: Team, tab: Seats) -> None:
    assert tab("Max").open("rubrics", rubric="nowhere", part="edit").warnings == [
        "This rubric does not exist. Choose one from the list."
    ]


def test_an_empty_list_says_the_first_step(team: Team, tab: Seats) -> None:
    team.workspace.database.write(lambda transaction: transaction.run("DELETE FROM rubric"))
    assert tab("Max").open("rubrics").lacks("There is no rubric yet.", "Write the first one here.") == []
    assert tab("Ana").open("rubrics").lacks("A hiring manager or an administrator writes the first one.") == []


# ---- files -------------------------------------------------------------------------------------------------------


def upload(page: Tab, name: str, text: str) -> Tab:
    page.app.get("file_uploader")[0].set_value((name, text.encode(), "text/plain"))
    return page.run()


def test_a_file_is_shown_before_it_is_brought_in(team: Team, tab: Seats) -> None:
    fresh = FiledRubric.model_validate(a_rubric("fresh", "Freshness").model_dump() | {"state": "draft"})
    changed = FiledRubric.model_validate(RUBRICS[1].model_dump() | {"about": "Heard anew."})
    same = FiledRubric.model_validate(RUBRICS[0].model_dump())
    page = upload(tab("Mia").open("rubrics", part="files"), "mine.toml", exported([fresh, changed, same], "toml"))
    assert (
        page.lacks("Freshness new · Draft · 5 levels", "Explanation becomes version 2", "1 rubric in the file says")
        == []
    )
    assert standing(team, "explanation").version == 1
    page.click("Bring in 2 rubrics")
    assert page.toasts == ["2 rubrics brought in from mine.toml."]
    assert (standing(team, "explanation").rubric.about, standing(team, "fresh").state) == ("Heard anew.", "draft")


def test_what_cannot_be_read_is_named_beside_what_can(team: Team, tab: Seats) -> None:
    good = FiledRubric.model_validate(a_rubric("fresh", "Freshness").model_dump())
    text = exported([good, good.model_copy(update={"key": "other"})], "toml").replace('key = "other"', 'key = "<b>"')
    page = upload(tab("Mia").open("rubrics", part="files"), "mine.toml", text)
    (warning,) = page.warnings
    assert "mine.toml, rubric 2 (<b>): field key: " in warning
    assert page.has_button("Bring in 1 rubric")


def test_an_interviewer_takes_rubrics_out_but_brings_none_in(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("rubrics", part="files")
    assert [each.proto.label for each in page.app.get("download_button")] == ["Download TOML", "Download CSV"]
    assert page.app.get("file_uploader") == []


# ---- text is text ------------------------------------------------------------------------------------------------


def test_hostile_text_is_shown_as_text_everywhere(team: Team, tab: Seats) -> None:
    text = rubric_edits.RubricText(HOSTILE, HOSTILE, HOSTILE, tuple((HOSTILE, HOSTILE) for _ in range(5)))
    made = rubric_edits.add_rubric(team.workspace, by=team.people["Max"], text=text)
    rubric_edits.change_rubric(
        team.workspace, by=team.people["Max"], key=made.key, seen=made, reason=HOSTILE,
        text=rubric_edits.RubricText("x", HOSTILE, HOSTILE, text.anchors),
    )  # fmt: skip
    page = tab("Mia").open("rubrics", rubric=made.key)
    for part in ("Text", "Preview", "History"):
        page.fill("Part", part).run()
        assert "<script>" not in page.markup
        assert "<img" not in page.markup
        assert ":red[" not in page.markdown
    page.open("rubrics", rubric=made.key, part="edit")
    assert "<script>" not in page.markup
    assert len(EVERY_PAGE) > 0


def own_anchors() -> None:
    """A page with the fields for a question's own anchors."""
    import streamlit as st  # noqa: PLC0415

    from panel.ui.components.anchors_editor import anchors_editor  # noqa: PLC0415
    from tests.factories import a_rubric as made  # noqa: PLC0415

    current = tuple(st.session_state.get("stored", ()))
    st.session_state["given"] = anchors_editor(made(), current, "own")


def test_a_questions_own_anchors_are_written_beside_the_rubrics() -> None:
    page = AppTest.from_function(own_anchors).run()
    assert page.session_state["given"] == ()
    page.text_area[2].set_value("Good understanding.").run()
    assert page.session_state["given"] == ("", "", "Good understanding.", "", "")
    shown = " ".join(each.value for each in page.get("html"))
    assert "Cannot be observed" in shown
    assert "technical-depth: behaviour of level 3." in shown


def test_own_anchors_for_another_scale_are_kept_until_something_is_written() -> None:
    page = AppTest.from_function(own_anchors)
    page.session_state["stored"] = ["a", "b", "c"]
    page.run()
    assert page.session_state["given"] == ("a", "b", "c")
    assert "This question has anchors of its own for 3 levels" in page.get("html")[0].value
