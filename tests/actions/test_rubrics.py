"""Writing rubrics and taking them through their life, on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from panel.actions import rubric_edits, rubric_import, rubrics
from panel.actions.rubric_edits import RubricText
from panel.actions.rubrics import Step, Version
from panel.domain.people import Person
from panel.domain.rubrics import BankRubric, Rubric, RubricState
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from panel.store import revision
from tests.factories import RUBRICS, Call, Team, a_bank, a_team, audited, everybody, outcomes, taking_a_person

TEXT = RubricText(
    name="Care with data",
    competency="Data sense",
    about="What is asked of the data.",
    anchors=(("Takes it", "Asks nothing."), ("Looks", "Asks where it is from."), ("Checks", "Names a check.")),
)


@pytest.fixture
def people(workspace: Workspace) -> dict[str, Person]:
    return everybody(workspace)


@pytest.fixture
def small(workspace: Workspace, people: dict[str, Person], tmp_path: Path) -> Workspace:
    return a_bank(workspace, tmp_path / "content", people["Ada"])


def written(key: str, text: RubricText) -> Rubric:
    anchors = [{"level": level, "label": label, "text": words} for level, (label, words) in enumerate(text.anchors, 1)]
    fields = {"name": text.name, "competency": text.competency, "about": text.about}
    return Rubric.model_validate({"key": key, "anchors": anchors} | fields)


def bank_revision(workspace: Workspace) -> int:
    with workspace.database.read() as transaction:
        return revision.revision(transaction)


def standing(workspace: Workspace, by: Person, key: str) -> BankRubric:
    return rubrics.rubric(workspace, by=by, key=key).stored


def text_of(rubric: Rubric) -> RubricText:
    anchors = tuple((each.label, each.text) for each in rubric.anchors)
    return RubricText(rubric.name, rubric.competency, rubric.about, anchors)


def test_a_new_rubric_is_a_draft_with_a_key_of_its_name(small: Workspace, people: dict[str, Person]) -> None:
    before = bank_revision(small)
    saved = rubric_edits.add_rubric(small, by=people["Max"], text=TEXT)
    again = rubric_edits.add_rubric(small, by=people["Mia"], text=TEXT)

    assert saved == BankRubric(rubric=written("care-with-data", TEXT), version=1, state="draft")
    assert again.key == "care-with-data-2"
    assert bank_revision(small) == before + 2
    assert audited(small, "rubric", "care-with-data") == [
        (people["Max"].id, "add_rubric", None, {"state": "draft"} | saved.rubric.model_dump(mode="json"))
    ]


def test_a_draft_is_saved_with_empty_anchors_and_activated_once_it_is_whole(
    small: Workspace, people: dict[str, Person]
) -> None:
    unfinished = replace(TEXT, about="", anchors=(*TEXT.anchors[:2], ("Checks", "")))
    draft = rubric_edits.add_rubric(small, by=people["Max"], text=unfinished)
    with pytest.raises(InputError) as refusal:
        rubric_edits.activate(small, by=people["Max"], key=draft.key, seen=draft)
    assert str(refusal.value) == (
        "A rubric can be activated once it is whole: “about” has no text, level 3 (Checks) has no text. "
        "Write what is missing first."
    )
    whole = rubric_edits.change_rubric(
        small, by=people["Max"], key=draft.key, seen=draft, text=TEXT, reason="  Finished\nit "
    )
    active = rubric_edits.activate(small, by=people["Ada"], key=draft.key, seen=whole)
    assert active == BankRubric(rubric=written(draft.key, TEXT), version=2, state="active")
    with pytest.raises(InputError, match=r"^An active rubric must stay whole: “about” has no text, level 3 \(Checks\)"):
        rubric_edits.change_rubric(
            small, by=people["Max"], key=draft.key, seen=active, text=unfinished, reason="Shorter"
        )
    assert standing(small, people["Ana"], draft.key) == active


def test_every_edit_is_a_version_with_author_time_and_reason(small: Workspace, people: dict[str, Person]) -> None:
    first = standing(small, people["Max"], "explanation")
    text = replace(text_of(first.rubric), name="Explaining")
    saved = rubric_edits.change_rubric(
        small, by=people["Max"], key="explanation", seen=first, text=text, reason="A verb says more"
    )
    view = rubrics.rubric(small, by=people["Ana"], key="explanation")

    assert view.stored == saved == BankRubric(rubric=written("explanation", text), version=2, state="active")
    assert [replace(each, at=datetime.min) for each in view.versions] == [
        Version(2, saved.rubric, "Max", "A verb says more", datetime.min),
        Version(1, RUBRICS[1], "Ada", "Brought in from the files", datetime.min),
    ]
    assert rubrics.rubrics(small, by=people["Ana"])["explanation"] == (saved.rubric, 2)
    assert audited(small, "rubric", "explanation")[-1] == (
        people["Max"].id, "change_rubric", RUBRICS[1].model_dump(mode="json"), saved.rubric.model_dump(mode="json"),
    )  # fmt: skip


def test_a_rubric_goes_from_active_to_draft_to_retired_and_back(small: Workspace, people: dict[str, Person]) -> None:
    by, key = people["Max"], "explanation"
    before = bank_revision(small)
    active = standing(small, by, key)
    draft = rubric_edits.make_draft(small, by=by, key=key, seen=active, reason="Level 3 is unclear")
    assert rubric_edits.retire(small, by=by, key=key, seen=draft) == ()
    retired = standing(small, by, key)
    back = rubric_edits.activate(small, by=by, key=key, seen=retired)

    assert [each.state for each in (active, draft, retired, back)] == ["active", "draft", "retired", "active"]
    assert {each.version for each in (active, draft, retired, back)} == {1}
    steps = rubrics.rubric(small, by=by, key=key).steps
    assert [replace(each, at=datetime.min) for each in steps] == [
        Step("active", "Max", "", datetime.min),
        Step("retired", "Max", "", datetime.min),
        Step("draft", "Max", "Level 3 is unclear", datetime.min),
    ]
    assert bank_revision(small) == before + 3
    assert audited(small, "rubric", key) == [
        (by.id, "move_rubric", {"state": "active"}, {"state": "draft", "reason": "Level 3 is unclear"}),
        (by.id, "move_rubric", {"state": "draft"}, {"state": "retired"}),
        (by.id, "move_rubric", {"state": "retired"}, {"state": "active"}),
    ]
    with pytest.raises(InputError, match=r"^This rubric is active already\.$"):
        rubric_edits.activate(small, by=by, key=key, seen=back)


def test_retiring_names_the_plan_drafts_that_use_it(workspace: Workspace, tmp_path: Path) -> None:
    team = a_team(workspace, tmp_path / "content")
    by = team.people["Max"]
    seen = standing(team.workspace, by, "explanation")
    assert rubrics.rubric(team.workspace, by=by, key="explanation").in_drafts == ("Onsite",)
    assert rubrics.rubric(team.workspace, by=team.people["Ana"], key="explanation").in_drafts == ()
    assert rubric_edits.retire(team.workspace, by=by, key="explanation", seen=seen) == ("Onsite",)


Change = Callable[[Workspace, Person, BankRubric], object]
CHANGES: dict[str, Change] = {
    "change": lambda small, by, seen: rubric_edits.change_rubric(
        small, by=by, key=seen.key, seen=seen, text=TEXT, reason="Mine"
    ),
    "retire": lambda small, by, seen: rubric_edits.retire(small, by=by, key=seen.key, seen=seen),
    "make_draft": lambda small, by, seen: rubric_edits.make_draft(small, by=by, key=seen.key, seen=seen),
    "activate": lambda small, by, seen: rubric_edits.activate(small, by=by, key=seen.key, seen=seen),
}


@pytest.mark.parametrize("action", CHANGES)
def test_whoever_comes_second_is_told_and_overwrites_nothing(
    small: Workspace, people: dict[str, Person], action: str
) -> None:
    seen = standing(small, people["Max"], "explanation")
    text = replace(text_of(seen.rubric), name="Explaining")
    theirs = rubric_edits.change_rubric(
        small, by=people["Mia"], key="explanation", seen=seen, text=text, reason="Theirs"
    )
    with pytest.raises(Stale) as told:
        CHANGES[action](small, people["Max"], seen)
    assert str(told.value) == (
        "Explaining was changed in the meantime: it is now version 2 (active), last written by Mia. "
        "Compare it with yours, then save again."
    )
    assert standing(small, people["Max"], "explanation") == theirs


def test_of_two_edits_at_the_same_moment_one_is_saved_and_one_is_told(
    small: Workspace, people: dict[str, Person]
) -> None:
    seen = standing(small, people["Max"], "explanation")

    def edit(name: str) -> str:
        text = replace(text_of(seen.rubric), about=f"As {name} hears it.")
        try:
            rubric_edits.change_rubric(small, by=people[name], key=seen.key, seen=seen, text=text, reason="At once")
        except Stale:
            return "told"
        return "saved"

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(edit, ("Max", "Mia", "Ada", "Max")))
    assert sorted(answers) == ["saved", "told", "told", "told"]
    assert [each.number for each in rubrics.rubric(small, by=people["Max"], key=seen.key).versions] == [2, 1]


def test_a_change_of_state_makes_an_open_edit_stale(small: Workspace, people: dict[str, Person]) -> None:
    seen = standing(small, people["Max"], "explanation")
    rubric_edits.retire(small, by=people["Mia"], key="explanation", seen=seen)
    with pytest.raises(Stale, match=r"it is now version 1 \(retired\)"):
        CHANGES["change"](small, people["Max"], seen)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (replace(TEXT, name=" "), "The name is empty. Write it, then save."),
        (replace(TEXT, competency="x" * 121), "The competency is too long: at most 120 characters."),
        (replace(TEXT, about="x" * 2001), "What the rubric is about is too long: at most 2,000 characters."),
        (
            replace(TEXT, anchors=(("", "a"), ("b\nb", "b"), ("c", "bell \x07"))),
            "The label of level 1 is empty. Write it, then save. The label of level 2 must be one line. "
            "The anchor of level 3 contains a control character; retype it as plain text.",
        ),
        (replace(TEXT, anchors=TEXT.anchors[:2]), "A scale has 3 to 7 levels."),
        (replace(TEXT, anchors=TEXT.anchors * 3), "A scale has 3 to 7 levels."),
    ],
    ids=["no name", "long competency", "long about", "three levels at once", "too few", "too many"],
)
def test_what_cannot_be_saved_is_named_by_level_and_field(
    small: Workspace, people: dict[str, Person], text: RubricText, sentence: str
) -> None:
    with pytest.raises(InputError) as refusal:
        rubric_edits.add_rubric(small, by=people["Max"], text=text)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("  ", "Say in a few words why you change it; the history keeps the reason."),
        ("x" * 301, "Give the reason as plain text of at most 300 characters."),
        ("bell \x07", "Give the reason as plain text of at most 300 characters."),
    ],
)
def test_a_change_needs_a_reason(small: Workspace, people: dict[str, Person], reason: str, sentence: str) -> None:
    seen = standing(small, people["Max"], "explanation")
    with pytest.raises(InputError) as refusal:
        rubric_edits.change_rubric(small, by=people["Max"], key="explanation", seen=seen, text=TEXT, reason=reason)
    assert str(refusal.value) == sentence


def test_a_change_that_changes_nothing_is_no_version(small: Workspace, people: dict[str, Person]) -> None:
    seen = standing(small, people["Max"], "explanation")
    with pytest.raises(InputError, match=r"^Nothing was changed, so there is nothing to save\.$"):
        rubric_edits.change_rubric(
            small, by=people["Max"], key="explanation", seen=seen, text=text_of(seen.rubric), reason="Again"
        )


def test_hostile_text_comes_out_as_it_went_in(small: Workspace, people: dict[str, Person]) -> None:
    hostile = RubricText(
        name="'; DROP TABLE rubric; -- %s ? 🧪",
        competency="=cmd()|calc",
        about="<script>alert(1)</script>\n{{ x }} $y$",
        anchors=tuple((f"@{level}", "ö" * 2000) for level in range(7)),
    )
    saved = rubric_edits.add_rubric(small, by=people["Max"], text=hostile)
    assert standing(small, people["Ana"], saved.key).rubric == written("drop-table-rubric-s", hostile)


def test_a_rubric_that_does_not_exist_is_not_found(small: Workspace, people: dict[str, Person]) -> None:
    with pytest.raises(NotFound, match=r"^This rubric does not exist\. Choose one from the list\.$"):
        rubrics.rubric(small, by=people["Ana"], key="nowhere")


# ---- who may -----------------------------------------------------------------------------------------------------


def _changed(team: Team, by: Person) -> object:
    seen = standing(team.workspace, team.people["Ada"], "explanation")
    text = replace(text_of(seen.rubric), about=f"Since version {seen.version}.")
    return rubric_edits.change_rubric(team.workspace, by=by, key="explanation", seen=seen, text=text, reason="Because")


MOVES: dict[RubricState, Callable[..., object]] = {
    "active": rubric_edits.activate,
    "draft": rubric_edits.make_draft,
    "retired": rubric_edits.retire,
}


def _moved(start: RubricState, to: RubricState) -> Call:
    """The move, after the administrator has brought the rubric to where it starts."""

    def call(team: Team, by: Person) -> object:
        ada = team.people["Ada"]
        if standing(team.workspace, ada, "explanation").state != start:
            seen = standing(team.workspace, ada, "explanation")
            MOVES[start](team.workspace, by=ada, key="explanation", seen=seen)
        seen = standing(team.workspace, ada, "explanation")
        return MOVES[to](team.workspace, by=by, key="explanation", seen=seen)

    return call


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
SIGNED_IN = dict.fromkeys(MANAGERS, "yes") | {"deactivated": "NotAllowed"}
ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "rubrics": (lambda team, by: rubrics.rubrics(team.workspace, by=by), SIGNED_IN),
    "bank_rubrics": (lambda team, by: rubrics.bank_rubrics(team.workspace, by=by), SIGNED_IN),
    "rubric": (lambda team, by: rubrics.rubric(team.workspace, by=by, key="explanation"), SIGNED_IN),
    "add_rubric": (lambda team, by: rubric_edits.add_rubric(team.workspace, by=by, text=TEXT), MANAGERS),
    "change_rubric": (_changed, MANAGERS),
    "activate": (_moved("draft", "active"), MANAGERS),
    "retire": (_moved("active", "retired"), MANAGERS),
    "make_draft": (_moved("active", "draft"), MANAGERS),
    "preview_import": (
        lambda team, by: rubric_import.preview_import(team.workspace, by=by, name="a.toml", data=b""), MANAGERS,
    ),
    "import_rubrics": (
        lambda team, by: rubric_import.import_rubrics(team.workspace, by=by, name="a.toml", entries=()), MANAGERS,
    ),
    "export_rubrics": (
        lambda team, by: rubric_import.export_rubrics(team.workspace, by=by, keys={"explanation"}, form="csv"),
        SIGNED_IN,
    ),
}  # fmt: skip


def test_the_table_of_access_names_every_action() -> None:
    modules = (rubrics, rubric_edits, rubric_import)
    assert set(ACCESS) == set().union(*(taking_a_person(module) for module in modules))


@pytest.mark.parametrize(("start", "to"), list(permutations(MOVES, 2)))
def test_every_change_of_state_is_for_managers(
    workspace: Workspace, tmp_path: Path, start: RubricState, to: RubricState
) -> None:
    team = a_team(workspace, tmp_path / "content")
    assert outcomes(team, _moved(start, to)) == MANAGERS


@pytest.mark.parametrize("action", ACCESS)
def test_everybody_reads_rubrics_and_managers_write_them(workspace: Workspace, tmp_path: Path, action: str) -> None:
    team: Team = a_team(workspace, tmp_path / "content")
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected
