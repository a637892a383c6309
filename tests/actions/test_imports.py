"""Importing questions: nothing before it is confirmed, all at once, and undone as a whole; on both engines."""

from dataclasses import replace
from pathlib import Path

import pytest

from panel.actions import bank, exports, import_preview, imports, questions
from panel.actions.imports import Choice, Defaults, Imported, Undone
from panel.actions.questions import Seen
from panel.domain.basics import new_id
from panel.domain.questions import QuestionState
from panel.errors import InputError, Stale
from panel.house import Workspace
from panel.importing.found import FoundQuestion
from tests.actions.test_questions import text_of
from tests.factories import Call, Team, a_team, outcomes, taking_a_person

ASKED = "what-ana-asks"
BREAD = FoundQuestion("What is proofing?", 3, "Baking", "The dough rises.", ("For how long?",))
CRUST = FoundQuestion("How do you get a crust?", 7, "Baking")
ARTICLE = "Baking\n\nWhat is proofing?\n\nAnswer: The dough rises.\n\nHow is it baked?\n\nAnswer: In an oven.\n"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def bring_in(
    team: Team, *choices: Choice, import_id: str = "", state: QuestionState = "draft", defaults: Defaults | None = None
) -> Imported:
    return imports.bring_in(
        team.workspace, by=team.people["Max"], import_id=import_id or new_id(), name="bread.md", choices=choices,
        defaults=defaults or Defaults(), state=state,
    )  # fmt: skip


def undo(team: Team) -> Undone:
    (newest, *_) = imports.past_imports(team.workspace, by=team.people["Max"])
    return imports.undo(team.workspace, by=team.people["Max"], import_id=newest.id)


def prompts(team: Team) -> list[str]:
    return [each.question.prompt for each in bank.questions(team.workspace, by=team.people["Max"])]


def categories(team: Team) -> list[str]:
    return [each.name for each in bank.categories(team.workspace, by=team.people["Max"])]


def twin(team: Team, found: FoundQuestion, **how: object) -> Choice:
    return replace(Choice(found, twin_key=ASKED, twin_version=1), **how)  # type: ignore[arg-type]


class TestPreview:
    def test_it_names_questions_and_problems_and_writes_nothing(self, team: Team) -> None:
        before = prompts(team)
        preview = import_preview.preview_pasted(
            team.workspace, by=team.people["Max"], text=ARTICLE + "\nLeave a Comment"
        )
        assert [each.found.prompt for each in preview.rows] == ["What is proofing?", "How is it baked?"]
        assert [each.text for each in preview.problems] == ["Leave a Comment"]
        assert prompts(team) == before

    def test_the_twin_of_a_question_stands_beside_it(self, team: Team) -> None:
        bring_in(team, Choice(BREAD))
        preview = import_preview.preview_pasted(team.workspace, by=team.people["Max"], text=ARTICLE)
        assert [[each.stored.question.prompt for each in row.twins] for row in preview.rows] == [
            ["What is proofing?"], [],
        ]  # fmt: skip
        assert [row.in_bank for row in preview.rows] == [True, False]


class TestBringingIn:
    def test_questions_come_in_as_drafts_in_categories_made_once(self, team: Team) -> None:
        assert bring_in(team, Choice(BREAD), Choice(CRUST)) == Imported(2, 0, 0)
        assert categories(team) == ["General", "Baking"]
        view = bank.question(team.workspace, by=team.people["Tom"], key="what-is-proofing")
        assert (view.stored.state, view.stored.question.probes) == ("draft", ("For how long?",))
        assert [(each.author, each.reason) for each in view.versions] == [("Max", "Imported from bread.md")]

    def test_what_the_document_does_not_say_comes_from_the_defaults(self, team: Team) -> None:
        defaults = Defaults(category="Kitchen", competency="Explanation", difficulty="advanced", minutes=9)
        bring_in(team, Choice(replace(BREAD, category="")), defaults=defaults)
        stored = bank.question(team.workspace, by=team.people["Max"], key="what-is-proofing").stored
        question = stored.question
        assert (stored.category.name, question.competency, question.difficulty, question.minutes) == (
            "Kitchen", "Explanation", "advanced", 9,
        )  # fmt: skip

    def test_what_lacks_something_stays_a_draft(self, team: Team) -> None:
        defaults = Defaults(competency="Explanation", difficulty="advanced")
        assert bring_in(team, Choice(BREAD), Choice(CRUST), state="approved", defaults=defaults) == Imported(2, 0, 1)
        states = {each.key: each.state for each in bank.questions(team.workspace, by=team.people["Max"])}
        assert (states["what-is-proofing"], states["how-do-you-get-a-crust"]) == ("approved", "draft")

    def test_confirming_twice_brings_in_once(self, team: Team) -> None:
        bring_in(team, Choice(BREAD), import_id="the-same")
        with pytest.raises(InputError, match="These questions are in the bank already"):
            bring_in(team, Choice(BREAD), import_id="the-same")
        assert prompts(team).count("What is proofing?") == 1

    def test_one_that_cannot_be_used_keeps_all_of_them_out(self, team: Team) -> None:
        before = prompts(team), categories(team)
        with pytest.raises(InputError) as refusal:
            bring_in(team, Choice(BREAD), Choice(FoundQuestion("x" * 1001, 9, "New")))
        assert str(refusal.value).startswith("Line 9, “xxx")
        assert (prompts(team), categories(team)) == before
        assert imports.past_imports(team.workspace, by=team.people["Max"]) == []

    def test_nothing_chosen_is_said(self, team: Team) -> None:
        with pytest.raises(InputError, match="No question is chosen"):
            bring_in(team)

    def test_a_merge_keeps_the_banks_words_and_adds_what_is_new(self, team: Team) -> None:
        assert bring_in(team, twin(team, BREAD, how="merge", answer="both")) == Imported(0, 1, 0)
        question = bank.question(team.workspace, by=team.people["Max"], key=ASKED).stored.question
        assert question.prompt == "What is what-ana-asks?"
        assert question.answer == "All about what-ana-asks.\n\n---\n\nThe dough rises."
        assert question.probes == ("Why?", "What if not?", "For how long?")

    def test_a_replacement_writes_only_what_the_document_says(self, team: Team) -> None:
        bring_in(team, twin(team, CRUST, how="replace"))
        question = bank.question(team.workspace, by=team.people["Max"], key=ASKED).stored.question
        assert (question.prompt, question.answer, question.minutes) == (
            "How do you get a crust?", "All about what-ana-asks.", 5,
        )  # fmt: skip

    def test_a_twin_that_changed_since_is_told_and_nothing_comes_in(self, team: Team) -> None:
        edit(team, ASKED, minutes=9)
        with pytest.raises(Stale, match="its twin in the bank was changed"):
            bring_in(team, Choice(BREAD), twin(team, CRUST, how="merge"))
        assert "What is proofing?" not in prompts(team)

    def test_five_thousand_come_in_together(self, team: Team) -> None:
        many = [Choice(FoundQuestion(f"Question {number}?", number)) for number in range(5_000)]
        assert bring_in(team, *many) == Imported(5_000, 0, 0)
        assert undo(team).removed == 5_000


def edit(team: Team, key: str, **changes: object) -> None:
    stored = bank.question(team.workspace, by=team.people["Max"], key=key).stored
    questions.change_question(
        team.workspace, by=team.people["Max"], key=key, seen=Seen(stored.version, stored.state),
        text=text_of(stored, **changes), reason="For a test",
    )  # fmt: skip


class TestUndoing:
    def test_everything_is_as_it_was(self, team: Team) -> None:
        before = prompts(team), categories(team)
        text = bank.question(team.workspace, by=team.people["Max"], key=ASKED).stored.question
        bring_in(team, Choice(BREAD), Choice(CRUST), twin(team, BREAD, how="merge"))
        assert undo(team) == Undone(2, 1, ())
        assert (prompts(team), categories(team)) == before
        stored = bank.question(team.workspace, by=team.people["Max"], key=ASKED).stored
        assert (stored.question, stored.version) == (text, 3)

    def test_what_was_edited_since_is_kept_and_named(self, team: Team) -> None:
        bring_in(team, Choice(BREAD), Choice(CRUST))
        edit(team, "what-is-proofing", minutes=9)
        assert undo(team) == Undone(1, 0, ("What is proofing?",))
        assert "What is proofing?" in prompts(team)

    def test_it_is_undone_once(self, team: Team) -> None:
        bring_in(team, Choice(BREAD))
        undo(team)
        with pytest.raises(InputError, match="This import has been undone already"):
            undo(team)

    def test_the_same_document_can_come_in_again(self, team: Team) -> None:
        bring_in(team, Choice(BREAD))
        undo(team)
        assert bring_in(team, Choice(BREAD)) == Imported(1, 0, 0)
        assert prompts(team).count("What is proofing?") == 1


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip


def _bring_in(team: Team, by: object) -> None:
    imports.bring_in(
        team.workspace,
        by=by,
        import_id=new_id(),
        name="x",
        choices=[Choice(BREAD)],
        defaults=Defaults(),  # type: ignore[arg-type]
    )


def _and_undo(team: Team, by: object) -> None:
    import_id = new_id()
    bring_in(team, Choice(BREAD), import_id=import_id)
    imports.undo(team.workspace, by=by, import_id=import_id)  # type: ignore[arg-type]


ACCESS: dict[str, Call] = {
    "bring_in": _bring_in,
    "undo": _and_undo,
    "past_imports": lambda team, by: imports.past_imports(team.workspace, by=by),
    "preview_pasted": lambda team, by: import_preview.preview_pasted(team.workspace, by=by, text=ARTICLE),
    "preview_document": lambda team, by: import_preview.preview_document(
        team.workspace, by=by, name="a.txt", data=ARTICLE.encode()
    ),
    "row_of": lambda team, by: import_preview.row_of(team.workspace, by=by, found=BREAD),
    "how_many": lambda team, by: exports.how_many(team.workspace, by=by),
    "exported_bank": lambda team, by: exports.exported_bank(team.workspace, by=by, form="csv"),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(imports) | taking_a_person(import_preview) | taking_a_person(exports)


@pytest.mark.parametrize("action", ACCESS)
def test_only_managers_import_and_export(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == MANAGERS
