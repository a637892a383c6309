"""The bank in files against the database: what differs, and applying one side to the other, on both engines."""

from datetime import date
from pathlib import Path

import pytest

from panel.actions import bank, files, question_life, questions, rubrics, start
from panel.actions.file_writing import take_database
from panel.actions.files import Mark, Taken
from panel.content import read_content
from panel.domain.people import Person
from panel.domain.questions import Category
from panel.errors import InputError
from panel.house import House, Workspace
from panel.settings import Settings
from tests.actions.test_questions import text_of
from tests.factories import (
    GENERAL,
    RUBRICS,
    Call,
    Team,
    a_filed_question,
    a_question,
    a_rubric,
    a_team,
    audited,
    everybody,
    in_bank,
    outcomes,
    question_file,
    reading_from,
    taking_a_person,
    toml,
    write_content,
)

TECHNICAL = Category(key="technical", name="Technical", order=2, about="How it works.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_content(
        tmp_path / "content",
        {
            "a-technical": question_file(a_question("gradients"), category=TECHNICAL),
            "general": question_file(a_question("why-ask"), a_question("how-come")),
        },
        RUBRICS,
    )


@pytest.fixture
def small(workspace: Workspace, folder: Path) -> Workspace:
    return reading_from(workspace, folder)


@pytest.fixture
def max_(small: Workspace) -> Person:
    """A manager, in a bank that holds what the files hold."""
    max_ = everybody(small)["Max"]
    files.bring_in_files(small, by=max_)
    return max_


def differing(workspace: Workspace, by: Person) -> dict[tuple[str, str], str]:
    found = files.differences(workspace, by=by)
    return {(each.kind, each.key): each.standing for each in found.entries}


def edit(workspace: Workspace, by: Person, key: str, **changes: object) -> None:
    stored = next(each for each in bank.questions(workspace, by=by) if each.key == key)
    questions.change_question(
        workspace, by=by, key=key, seen=questions.Seen(stored.version, stored.state),
        text=text_of(stored, **changes), reason="For a test",
    )  # fmt: skip


class TestBringingIn:
    def test_a_new_team_starts_with_what_the_files_hold(self, house: House, folder: Path) -> None:
        house._open["team"] = reading_from(house.team, folder)
        start.prepare(house)
        start.prepare(house)  # a second start brings nothing in twice

        somebody = everybody(house.team)["Tom"]
        assert [(each.key, each.category, each.version) for each in bank.questions(house.team, by=somebody)] == [
            ("why-ask", GENERAL, 1), ("how-come", GENERAL, 1), ("gradients", TECHNICAL, 1),
        ]  # fmt: skip
        assert rubrics.rubrics(house.team, by=somebody) == {
            "explanation": (RUBRICS[1], 1), "technical-depth": (RUBRICS[0], 1),
        }  # fmt: skip
        assert [each[:2] for each in audited(house.team, "bank", "bank")] == [("files", "bring_in_files")]

    def test_a_text_comes_out_as_it_went_in(self, workspace: Workspace, tmp_path: Path) -> None:
        hostile = a_question(
            "hostile",
            prompt='\'; DROP TABLE question; -- "x" %s ? \\ 🧪 =cmd()|calc',
            answer="$$\\frac{1}{2}$$ `<script>alert(1)</script>`\n\n" + "ö" * 10_000,
        )
        small = reading_from(workspace, write_content(tmp_path, {"general": question_file(hostile)}, RUBRICS))
        people = everybody(small)
        files.bring_in_files(small, by=people["Max"])
        assert bank.questions(small, by=people["Ana"]) == list(in_bank(hostile).values())

    def test_differences_are_named_before_anything_is_written(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        changed, fresh = a_question("why-ask", minutes=9), a_question("fresh")
        longer, new = a_rubric(levels=6), a_rubric("data-sense", "Data sense")
        write_content(folder, {"general": question_file(changed, a_question("how-come"), fresh)}, [longer, new])

        expected = {
            ("question", "why-ask"): "files newer", ("question", "fresh"): "only in files",
            ("rubric", "technical-depth"): "files newer", ("rubric", "data-sense"): "only in files",
        }  # fmt: skip
        assert differing(small, max_) == expected
        assert {each.version for each in bank.questions(small, by=max_)} == {1}

        files.bring_in_files(small, by=max_)
        assert {each.key: (each.question, each.version) for each in bank.questions(small, by=max_)} == {
            "why-ask": (changed, 2), "how-come": (a_question("how-come"), 1), "fresh": (fresh, 1),
            "gradients": (a_question("gradients"), 1),
        }  # fmt: skip
        assert rubrics.rubrics(small, by=max_) == {
            "data-sense": (new, 1), "explanation": (RUBRICS[1], 1), "technical-depth": (longer, 2),
        }  # fmt: skip
        assert differing(small, max_) == {}

    def test_bringing_in_is_on_record(self, small: Workspace, max_: Person) -> None:
        assert audited(small, "bank", "bank") == [
            (
                max_.id,
                "bring_in_files",
                None,
                {
                    "category": ["general", "technical"],
                    "question": ["why-ask", "how-come", "gradients"],
                    "rubric": ["explanation", "technical-depth"],
                },
            )
        ]

    def test_a_broken_file_is_named_and_leaves_the_others(self, small: Workspace, folder: Path) -> None:
        write_content(folder, {"general": "[category"})
        people = everybody(small)
        found = files.bring_in_files(small, by=people["Max"])
        assert len(found.errors) == 1
        assert found.errors[0].startswith("question_bank/general.toml: is not valid TOML: ")
        assert [each.key for each in bank.questions(small, by=people["Max"])] == ["gradients"]

    def test_a_question_taken_out_of_the_files_stays_in_the_bank(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        (folder / "question_bank" / "a-technical.toml").unlink()
        assert differing(small, max_) == {
            ("category", "technical"): "only in database", ("question", "gradients"): "only in database",
        }  # fmt: skip
        files.bring_in_files(small, by=max_)
        assert [each.key for each in bank.questions(small, by=max_)] == ["why-ask", "how-come", "gradients"]

    def test_a_key_in_two_files_is_told_and_the_first_file_counts(self, small: Workspace, folder: Path) -> None:
        twin = a_question("gradients", prompt="The second of that name?")
        write_content(folder, {"general": question_file(twin, a_question("why-ask"))})
        people = everybody(small)
        found = files.bring_in_files(small, by=people["Max"])
        assert found.errors == (
            "question_bank/general.toml: the key 'gradients' stands in question_bank/a-technical.toml already; "
            "give this one its own.",
        )
        assert differing(small, people["Max"]) == {}
        assert {each.key: each.question for each in bank.questions(small, by=people["Max"])} == {
            "why-ask": a_question("why-ask"), "gradients": a_question("gradients"),
        }  # fmt: skip

    def test_a_rubric_key_in_two_files_is_told_and_the_first_file_counts(self, small: Workspace, folder: Path) -> None:
        write_content(folder, {}, {"z-copy": toml(a_rubric("explanation", "The second"), tables="anchors")})
        people = everybody(small)
        assert files.bring_in_files(small, by=people["Max"]).errors == (
            "rubrics/z-copy.toml: the key 'explanation' stands in rubrics/explanation.toml already; "
            "give this one its own.",
        )
        assert rubrics.rubrics(small, by=people["Max"])["explanation"] == (RUBRICS[1], 1)

    def test_a_folder_without_files_brings_in_nothing(self, workspace: Workspace, tmp_path: Path) -> None:
        empty = reading_from(workspace, tmp_path / "nowhere")
        assert files.bring_in_files(empty, by=everybody(empty)["Max"]) == files.Differences((), ())

    def test_the_programs_own_files_can_be_brought_in(self, workspace: Workspace) -> None:
        people = everybody(workspace)
        assert workspace.settings.content == Settings().content
        assert files.bring_in_files(workspace, by=people["Max"]).errors == ()
        assert differing(workspace, people["Max"]) == {}

    def test_state_leak_and_order_come_from_the_file(self, small: Workspace, folder: Path, max_: Person) -> None:
        day = "2026-03-01"
        retired = a_filed_question("how-come", state="retired")
        text = question_file(retired, a_filed_question("why-ask")) + f'leaked = {{on = {day}, reason = "x"}}\n'
        write_content(folder, {"general": text})
        files.bring_in_files(small, by=max_)
        found = bank.questions(small, by=max_)[:2]
        assert [(each.key, each.state, each.leak and each.leak.reason) for each in found] == [
            ("how-come", "retired", None), ("why-ask", "approved", "x"),
        ]  # fmt: skip

    def test_a_state_or_leak_mark_that_the_file_takes_away_is_on_record(self, small: Workspace, max_: Person) -> None:
        question_life.mark_leaked(
            small, by=max_, key="why-ask", seen=None, on=date(2026, 3, 1), reason="Seen on a forum"
        )
        question_life.move_question(small, by=max_, key="why-ask", seen=questions.Seen(1, "approved"), to="retired")
        (entry,) = files.differences(small, by=max_).entries
        files.take_files(small, by=max_, marks=[entry.mark])
        view = bank.question(small, by=max_, key="why-ask")
        assert (view.stored.state, view.stored.leak) == ("approved", None)
        assert [(each.state, each.leak and each.leak.reason) for each in view.steps] == [
            (None, None), ("approved", None), ("retired", None), (None, "Seen on a forum"),
        ]  # fmt: skip


class TestBothSidesChanged:
    def test_what_changed_in_the_browser_is_newer_in_the_database(self, small: Workspace, max_: Person) -> None:
        edit(small, max_, "why-ask", prompt="Why ask at all?")
        assert differing(small, max_) == {("question", "why-ask"): "database newer"}
        files.bring_in_files(small, by=max_)
        assert bank.questions(small, by=max_)[0].question.prompt == "Why ask at all?"

    def test_what_changed_on_both_sides_is_left_alone_until_it_is_named(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        edit(small, max_, "why-ask", prompt="Why ask at all?")
        write_content(folder, {"general": question_file(a_question("why-ask", minutes=9), a_question("how-come"))})
        assert differing(small, max_) == {("question", "why-ask"): "both changed"}
        files.bring_in_files(small, by=max_)
        assert bank.questions(small, by=max_)[0].question.prompt == "Why ask at all?"

        (entry,) = files.differences(small, by=max_).entries
        files.take_files(small, by=max_, marks=[entry.mark])
        assert bank.questions(small, by=max_)[0].question == a_question("why-ask", minutes=9)
        assert differing(small, max_) == {}

    def test_a_difference_that_changed_since_it_was_shown_is_not_applied(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        write_content(folder, {"general": question_file(a_question("why-ask", minutes=9), a_question("how-come"))})
        (shown,) = files.differences(small, by=max_).entries
        write_content(folder, {"general": question_file(a_question("why-ask", minutes=12), a_question("how-come"))})
        assert files.take_files(small, by=max_, marks=[shown.mark]) == Taken((), (shown.mark,))
        assert bank.questions(small, by=max_)[0].question.minutes == 5

    def test_both_sides_changed_alike_agree(self, small: Workspace, folder: Path, max_: Person) -> None:
        edit(small, max_, "why-ask", minutes=9)
        write_content(folder, {"general": question_file(a_question("why-ask", minutes=9), a_question("how-come"))})
        assert differing(small, max_) == {}


def marks(workspace: Workspace, by: Person) -> list[Mark]:
    return [each.mark for each in files.differences(workspace, by=by).entries]


class TestWritingFiles:
    def test_a_changed_question_is_written_and_comments_stay(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        path = folder / "question_bank" / "general.toml"
        path.write_text("# Kept by hand.\n" + path.read_text(), encoding="utf-8")
        edit(small, max_, "how-come", minutes=12)
        before = path.read_text()
        take_database(small, marks=marks(small, max_))
        head, _, tail = before.rpartition("minutes = 5")
        assert path.read_text() == f"{head}minutes = 12{tail}"
        assert differing(small, max_) == {}

    def test_new_questions_and_categories_are_written(self, small: Workspace, folder: Path, max_: Person) -> None:
        stored = bank.questions(small, by=max_)[0]
        for category in ("General", "Behaviour"):
            text = text_of(stored, prompt=f"New in {category}?", category=category)
            questions.add_question(small, by=max_, text=text)
        take_database(small, marks=marks(small, max_))
        found = read_content(folder)
        assert found.errors == ()
        assert {file.category.name: [each.prompt for each in file.questions] for file in found.question_files} == {
            "General": ["What is why-ask?", "What is how-come?", "New in General?"],
            "Technical": ["What is gradients?"],
            "Behaviour": ["New in Behaviour?"],
        }
        assert differing(small, max_) == {}

    def test_a_question_that_changed_its_category_moves_to_its_file(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        edit(small, max_, "how-come", category="Technical")
        take_database(small, marks=marks(small, max_))
        found = read_content(folder)
        assert {file.category.key: [each.key for each in file.questions] for file in found.question_files} == {
            "general": ["why-ask"], "technical": ["gradients", "how-come"],
        }  # fmt: skip
        assert differing(small, max_) == {}

    def test_the_last_question_of_a_file_may_leave_it_and_another_come(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        edit(small, max_, "gradients", category="General")
        take_database(small, marks=marks(small, max_))
        found = read_content(folder)
        assert (found.errors, differing(small, max_)) == ((), {})
        assert {file.category.key: [each.key for each in file.questions] for file in found.question_files} == {
            "general": ["why-ask", "how-come", "gradients"], "technical": [],
        }  # fmt: skip
        edit(small, max_, "why-ask", category="Technical")
        take_database(small, marks=marks(small, max_))
        assert [each.key for each in read_content(folder).question_files[1].questions] == ["why-ask"]
        assert differing(small, max_) == {}

    def test_a_category_without_questions_has_a_file_too(self, small: Workspace, folder: Path, max_: Person) -> None:
        edit(small, max_, "how-come", category="Behaviour")
        edit(small, max_, "how-come", category="General")
        assert differing(small, max_) == {("category", "behaviour"): "only in database"}
        take_database(small, marks=marks(small, max_))
        assert differing(small, max_) == {}
        assert read_content(folder).category_files["behaviour"] == folder / "question_bank" / "behaviour.toml"

    def test_a_file_that_lists_its_questions_in_brackets_is_named_and_left_alone(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        text = '[category]\nkey = "technical"\nname = "Technical"\norder = 2\nabout = "How it works."\n'
        inline = f'questions = [{{key = "gradients", prompt = "New?", state = "draft", minutes = 3}}]\n{text}'
        write_content(folder, {"a-technical": inline})
        edit(small, max_, "gradients", minutes=9)
        with pytest.raises(InputError, match=r"^question_bank/a-technical\.toml: The file of Technical does not write"):
            take_database(small, marks=marks(small, max_))
        assert (folder / "question_bank" / "a-technical.toml").read_text() == inline

    def test_of_two_files_of_one_category_the_one_that_holds_the_question_is_changed(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        write_content(folder, {"more": question_file(a_question("extra"))})
        files.bring_in_files(small, by=max_)
        edit(small, max_, "extra", minutes=9)
        before = (folder / "question_bank" / "general.toml").read_text()
        take_database(small, marks=marks(small, max_))
        found = read_content(folder)
        assert (found.errors, differing(small, max_)) == ((), {})
        assert (folder / "question_bank" / "general.toml").read_text() == before

    def test_a_broken_file_is_not_written_over(self, small: Workspace, folder: Path, max_: Person) -> None:
        write_content(folder, {"general": "[category"})
        with pytest.raises(InputError, match=r"^question_bank/general\.toml cannot be read"):
            take_database(small, marks=marks(small, max_))
        assert (folder / "question_bank" / "general.toml").read_text() == "[category"

    def test_nothing_new_is_written_beside_a_file_that_cannot_be_read(
        self, small: Workspace, folder: Path, max_: Person
    ) -> None:
        (folder / "question_bank" / "general.toml").rename(folder / "question_bank" / "01_general.toml")
        path = folder / "question_bank" / "01_general.toml"
        path.write_text(path.read_text(encoding="utf-8") + "prompt = \n", encoding="utf-8")
        with pytest.raises(InputError, match=r"^question_bank/01_general\.toml cannot be read"):
            take_database(small, marks=marks(small, max_))
        assert sorted(each.name for each in (folder / "question_bank").iterdir()) == [
            "01_general.toml", "a-technical.toml",
        ]  # fmt: skip

    def test_only_what_is_marked_is_written(self, small: Workspace, folder: Path, max_: Person) -> None:
        edit(small, max_, "how-come", minutes=12)
        edit(small, max_, "why-ask", minutes=13)
        wanted = [each for each in marks(small, max_) if each[1] == "why-ask"]
        assert [each.key for each in take_database(small, marks=wanted).applied] == ["why-ask"]
        assert differing(small, max_) == {("question", "how-come"): "database newer"}


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, Call] = {
    "differences": lambda team, by: files.differences(team.workspace, by=by),
    "bring_in_files": lambda team, by: files.bring_in_files(team.workspace, by=by),
    "file_notice": lambda team, by: files.file_notice(team.workspace, by=by),
    "take_files": lambda team, by: files.take_files(team.workspace, by=by, marks=[]),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(files)


@pytest.mark.parametrize("action", ACCESS)
def test_managers_bring_in_the_files(workspace: Workspace, tmp_path: Path, action: str) -> None:
    team: Team = a_team(workspace, tmp_path / "content")
    assert outcomes(team, ACCESS[action]) == MANAGERS
