"""Dull makers: questions, rubrics and plans for rules; content files; and a team in the middle of interviewing.

A team is made through the actions. Only people are written straight to the store: their passwords are slow to hash
and tested elsewhere.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from inspect import getmembers, isfunction, signature
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel

from panel.actions import (
    accounts,
    assignments,
    candidates,
    files,
    plan_rounds,
    plans,
    roles,
    scheduling,
    scorecard_reading,
    scoring,
)
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate
from panel.domain.people import Access, Person
from panel.domain.plans import Assignment, GuideItem, InterviewGuide, PlannedQuestion
from panel.domain.questions import BankQuestion, Category, FiledQuestion, Question
from panel.domain.rubrics import Anchor, Rubric
from panel.domain.scorecards import Closing, Recommendation, Scorecard
from panel.domain.scores import Observed
from panel.errors import PanelError
from panel.house import Workspace
from panel.store import audit
from panel.store import people as stored_people
from panel.store import scorecards as stored_scorecards
from panel.store.database import Row
from panel.store.plans import PlanVersion
from tests.snapshot import Contents, contents, people_in, put_into

MONDAY = datetime(2026, 3, 2, 9, 0)
GENERAL = Category(key="general", name="General", order=1, about="What every candidate is asked.")


# ---- documents --------------------------------------------------------------------------------------------------


def a_question(key: str = "why-validate", **changes: Any) -> Question:
    facts: dict[str, Any] = {
        "key": key,
        "prompt": f"What is {key}?",
        "answer": f"All about {key}.",
        "probes": ("Why?", "What if not?"),
        "strong": ("Gives a reason.",),
        "weak": ("Gives a slogan.",),
        "competency": "Technical depth",
        "difficulty": "introductory",
        "minutes": 5,
        "source": "written for a test",
    }
    return Question.model_validate(facts | changes)


def a_filed_question(key: str = "why-validate", **changes: Any) -> FiledQuestion:
    """A question as a file holds it."""
    return FiledQuestion.model_validate(a_question(key).model_dump() | changes)


def a_rubric(key: str = "technical-depth", competency: str = "Technical depth", levels: int = 5) -> Rubric:
    anchors = tuple(
        Anchor(level=level, label=f"Label {level}", text=f"{key}: behaviour of level {level}.")
        for level in range(1, levels + 1)
    )
    return Rubric(key=key, name=competency, competency=competency, about=f"How {key} is heard.", anchors=anchors)


def in_bank(*questions: Question, version: int = 1) -> dict[str, BankQuestion]:
    return {each.key: BankQuestion(question=each, category=GENERAL, version=version) for each in questions}


def planned(
    key: str, *, rubric: str = "technical-depth", version: int = 1, weight: float = 1.0, reason: str = ""
) -> PlannedQuestion:
    return PlannedQuestion(
        question_key=key, question_version=version, rubric_key=rubric, weight=weight, weight_reason=reason
    )


def an_assignment(interviewer: str, *questions: PlannedQuestion | str, **changes: Any) -> Assignment:
    chosen = tuple(planned(each) if isinstance(each, str) else each for each in questions)
    facts: dict[str, Any] = {"id": f"seat-{interviewer}", "interviewer_id": interviewer, "questions": chosen}
    return Assignment.model_validate({"state": "accepted"} | facts | changes)


def a_guide(*questions: Question, rubric: Rubric | None = None) -> InterviewGuide:
    items = tuple(
        GuideItem(
            question=each, question_version=1, category="General", rubric=rubric or a_rubric(), rubric_version=1,
            weight=1.0, weight_reason="", asked_by="Ana",
        )
        for each in questions
    )  # fmt: skip
    return InterviewGuide(assignment_id="seat-ana", interviewer_id="ana", interviewer_name="Ana", items=items)


def seen(level: int | None, **changes: Any) -> Observed:
    """One rating as a reader may see it; None is "not asked"."""
    facts: dict[str, Any] = {
        "person_id": "ana", "person_name": "Ana", "question_key": "why-validate", "prompt": "What is why-validate?",
        "competency": "Technical depth", "interview_id": "interview-1", "round_name": "Panel", "weight": 1.0,
        "levels": 5, "level": level, "outcome": "rated" if level else "not_asked", "note": "",
        "label": "", "anchor": "",
    }  # fmt: skip
    return Observed(**(facts | changes))


# ---- content files ----------------------------------------------------------------------------------------------


def toml(document: BaseModel | Mapping[str, Any], *, tables: str = "") -> str:
    """A document as TOML: plain keys first, then `tables` as an array of tables."""
    data = document.model_dump(mode="json") if isinstance(document, BaseModel) else dict(document)
    said = {key: value for key, value in data.items() if key != tables and value is not None}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    for row in data.get(tables, ()) if tables else ():
        lines += [f"\n[[{tables}]]", toml(row)]
    return "\n".join(lines) + "\n"


def question_file(*questions: Question, category: Category = GENERAL) -> str:
    return "[category]\n" + toml(category) + "".join(f"\n[[questions]]\n{toml(each)}" for each in questions)


def write_content(
    folder: Path, questions: Mapping[str, str], rubrics: Sequence[Rubric] | Mapping[str, str] = ()
) -> Path:
    """`question_bank/` and `rubrics/` below `folder`; files are given by name as text."""
    texts = rubrics if isinstance(rubrics, Mapping) else {each.key: toml(each, tables="anchors") for each in rubrics}
    for place, named in (("question_bank", questions), ("rubrics", texts)):
        (folder / place).mkdir(parents=True, exist_ok=True)
        for name, text in named.items():
            (folder / place / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def reading_from(workspace: Workspace, folder: Path) -> Workspace:
    """The same database with another content folder."""
    return replace(workspace, settings=workspace.settings.model_copy(update={"content": folder}))


# ---- a team in the middle of interviewing -------------------------------------------------------------------------

ASKED = {  # question -> rubric, by who asks it in which round
    ("Panel", "Ana"): {"what-ana-asks": "technical-depth"},
    ("Panel", "Bo"): {"what-bo-asks": "explanation"},
    ("Panel", "Mia"): {"what-mia-asks": "technical-depth"},
    ("Separate", "Ana"): {"ana-alone": "technical-depth"},
    ("Separate", "Bo"): {"bo-alone": "technical-depth"},
    ("Separate", "Mia"): {"mia-alone": "explanation"},
}
QUESTIONS = tuple(a_question(key) for part in ASKED.values() for key in part)
RUBRICS = (a_rubric(), a_rubric("explanation", "Explanation"))


@dataclass(frozen=True)
class Team:
    """Ana and Bo (interviewers) and Mia (manager) sit in both rounds; the others are in neither.

    `Ada` administrator, `Max` manager, `Tom` interviewer.
    """

    workspace: Workspace
    people: dict[str, Person]
    role_id: str
    plan_id: str
    version: PlanVersion
    candidate: Candidate

    def round_id(self, name: str = "Panel") -> str:
        return next(each.id for each in self.version.published.rounds if each.name == name)

    def card(self, name: str, *, candidate: Candidate | None = None, round_name: str = "Panel") -> Scorecard:
        """The standing scorecard of a person, as it is stored now."""
        wanted = candidate or self.candidate
        with self.workspace.database.read() as transaction:
            panel = stored_scorecards.scorecards_of_round(
                transaction, candidate_id=wanted.id, round_id=self.round_id(round_name)
            )
        return next(each for each in panel if each.person_id == self.people[name].id)

    def interviews(self, *, round_name: str = "Panel") -> list[Row]:
        """The standing interviews of the candidate's round."""
        views = candidates.candidates_of_role(self.workspace, by=self.people["Max"], role_id=self.role_id)
        view = next(each for each in views if each.candidate.id == self.candidate.id)
        return [each for each in view.standing if each["round_id"] == self.round_id(round_name)]

    def cancel(self, by: str, *, round_name: str = "Panel") -> None:
        for each in self.interviews(round_name=round_name):
            scheduling.cancel_interview(
                self.workspace, by=self.people[by], interview_id=each["id"], seen_version=each["version"]
            )

    def add_candidate(self, name: str) -> Candidate:
        """A candidate with interviews for both rounds."""
        candidate = candidates.add_candidate(self.workspace, by=self.people["Max"], role_id=self.role_id, name=name)
        self.schedule(candidate)
        return candidate

    def schedule(self, candidate: Candidate, *rounds: str) -> None:
        scheduling.schedule(
            self.workspace, by=self.people["Max"], candidate_id=candidate.id, plan_id=self.plan_id,
            starts={self.round_id(each): MONDAY for each in rounds or ("Panel", "Separate")},
        )  # fmt: skip

    def fill(
        self,
        name: str,
        *,
        levels: int | Mapping[str, int | None] = 3,
        note: str = "what I heard",
        summary: str = "",
        recommendation: Recommendation = "yes",
        candidate: Candidate | None = None,
        round_name: str = "Panel",
    ) -> Scorecard:
        """Rate every question (None is "not asked") and choose a recommendation; the scorecard stays a draft."""
        card = self.card(name, candidate=candidate, round_name=round_name)
        view = scorecard_reading.scorecard(self.workspace, by=self.people[name], scorecard_id=card.id)
        for item in view.guide.items:
            key = item.question.key
            level = levels if isinstance(levels, int) else levels.get(key)
            scoring.save_rating(
                self.workspace, by=self.people[name], scorecard_id=card.id, question_key=key,
                seen_version=view.ratings[key].version if key in view.ratings else 0,
                outcome="not_asked" if level is None else "rated", level=level,
                reason="time" if level is None else "", note=note,
            )  # fmt: skip
        closing = Closing(recommendation=recommendation, confidence="high", summary=summary)
        return scoring.save_closing(
            self.workspace, by=self.people[name], scorecard_id=card.id, seen=card.closing, new=closing
        )

    def submit(self, name: str, *, candidate: Candidate | None = None, round_name: str = "Panel") -> Scorecard:
        card = self.card(name, candidate=candidate, round_name=round_name)
        return scoring.submit(self.workspace, by=self.people[name], scorecard_id=card.id, seen=card.closing)

    def hand_in(self, name: str, **how: Any) -> Scorecard:
        """Fill and submit."""
        self.fill(name, **how)
        place = {key: how[key] for key in ("candidate", "round_name") if key in how}
        return self.submit(name, **place)

    def change(self, name: str, *, access: Access | None = None, active: bool = True) -> Person:
        """The administrator changes a person; the object in `people` stays as it was."""
        was = self.people[name]
        return accounts.change_person(
            self.workspace, by=self.people["Ada"], person_id=was.id, seen_version=was.version, name=was.name,
            access=access or was.access, active=active,
        )  # fmt: skip


def add_person(workspace: Workspace, name: str, access: Access = "interviewer") -> Person:
    person_id = new_id()

    def work(transaction: Any) -> Person | None:
        stored_people.insert_person(
            transaction, person_id=person_id, name=name, email=f"{name.lower()}@example.org", access=access,
            password_hash="not a hash", at=now(),
        )  # fmt: skip
        return stored_people.person_by_id(transaction, person_id)

    person = workspace.database.write(work)
    assert person
    return person


def everybody(workspace: Workspace) -> dict[str, Person]:
    levels: dict[str, Access] = {
        "Ada": "administrator", "Max": "manager", "Mia": "manager",
        "Ana": "interviewer", "Bo": "interviewer", "Tom": "interviewer",
    }  # fmt: skip
    return {name: add_person(workspace, name, access) for name, access in levels.items()}


def a_bank(
    workspace: Workspace, folder: Path, by: Person, questions: Iterable[Question] = QUESTIONS,
    rubrics: Sequence[Rubric] = RUBRICS,
) -> Workspace:  # fmt: skip
    """The workspace reading a folder of few questions, which are brought in."""
    small = reading_from(workspace, write_content(folder, {"general": question_file(*questions)}, rubrics))
    files.bring_in_files(small, by=by)
    return small


def a_team(workspace: Workspace, folder: Path) -> Team:
    """A published plan of two rounds, and a candidate with interviews for both and nothing rated yet.

    Made through the actions once in a process; later teams start from its rows.
    """
    present = people_in(workspace)
    known = {each.id for each in _TEAM[0][0].people.values()} if _TEAM else set()
    if present and present != known:
        return _made_team(workspace, folder)
    if not _TEAM:
        team = _made_team(workspace, folder)
        _TEAM.append((team, contents(workspace)))
        return team
    team, rows = _TEAM[0]
    write_content(folder, {"general": question_file(*QUESTIONS)}, RUBRICS)
    if not present:
        put_into(workspace, rows)
    return replace(team, workspace=reading_from(workspace, folder), people=dict(team.people))


_TEAM: list[tuple[Team, Contents]] = []


def rows_of_team() -> Contents:
    """What `a_team` writes; nothing before it was called in this process."""
    return _TEAM[0][1] if _TEAM else {}


def _made_team(workspace: Workspace, folder: Path) -> Team:
    people = everybody(workspace)
    small = a_bank(workspace, folder, people["Ada"])
    role_id = roles.create_role(
        small,
        by=people["Max"],
        name="Engineer",
        competencies=("Technical depth", roles.competency("Explanation", need="nice")),
    )
    plan_id = a_draft(small, people, role_id)
    version = published(small, people["Max"], plan_id)
    candidate = candidates.add_candidate(
        small, by=people["Max"], role_id=role_id, name="Priya", email="priya@example.org"
    )
    team = Team(small, people, role_id, plan_id, version, candidate)
    team.schedule(candidate)
    return team


def a_draft(workspace: Workspace, people: dict[str, Person], role_id: str) -> str:
    """A plan draft with the questions of ASKED, by Max."""
    by = people["Max"]
    plan_id = plans.create_plan(workspace, by=by, role_id=role_id, title="Onsite")
    seats = tuple(people[name].id for name in ("Ana", "Bo", "Mia"))
    plan_rounds.add_round(
        workspace, by=by, plan_id=plan_id, name="Panel", sitting="panel", minutes=60, interviewers=seats
    )
    plan_rounds.add_round(
        workspace, by=by, plan_id=plan_id, name="Separate", sitting="separate", minutes=30, interviewers=seats
    )
    names = {person.id: name for name, person in people.items()}
    for each in plans.plan(workspace, by=by, plan_id=plan_id).plan.rounds:
        for seat in each.assignments:
            part = ASKED[each.name, names[seat.interviewer_id]]
            assignments.choose_questions(
                workspace, by=by, plan_id=plan_id, assignment_id=seat.id, seen_revision=seat.revision,
                questions=tuple(planned(key, rubric=rubric) for key, rubric in part.items()),
            )  # fmt: skip
    return plan_id


def published(workspace: Workspace, by: Person, plan_id: str) -> PlanVersion:
    seen_version = plans.plan(workspace, by=by, plan_id=plan_id).stored.version
    return plans.publish(workspace, by=by, plan_id=plan_id, seen_version=seen_version)


# ---- looking ----------------------------------------------------------------------------------------------------


def repeats_on_purpose(team: Team, place: int = 1) -> None:
    """Let a round of the draft ask again what is asked elsewhere."""
    view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    each = view.plan.rounds[place]
    plan_rounds.change_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=each.id, seen_version=view.stored.version,
        name=each.name, sitting=each.sitting, minutes=each.minutes, may_repeat=True,
    )  # fmt: skip


def audited(workspace: Workspace, subject: str, subject_id: str) -> list[tuple[str, str, Any, Any]]:
    """(who, what, before, after) of everything that happened to a thing, oldest first."""
    with workspace.database.read() as transaction:
        events = audit.events_of(transaction, subject=subject, subject_id=subject_id)
    return [
        (each["actor_id"], each["action"], *(json.loads(each[key] or "null") for key in ("before_text", "after_text")))
        for each in events
    ]


Call = Callable[[Team, Person], object]


def outcomes(team: Team, call: Call) -> dict[str, str]:
    """What each kind of person gets from an action: "yes", or the name of the error.

    Ana sits in both rounds, Tom in none. "demoted" (a manager) and "deactivated" (an administrator) come with the
    Person of an open page, from before they were changed.
    """
    who = {name: team.people[name] for name in ("Ada", "Max", "Ana", "Tom")}
    found = {name: _outcome(team, call, person) for name, person in who.items()}
    demoted = add_person(team.workspace, "Demoted", "manager")
    gone = add_person(team.workspace, "Gone", "administrator")
    later = replace(team, people=team.people | {"Demoted": demoted, "Gone": gone})
    later.change("Demoted", access="interviewer")
    later.change("Gone", active=False)
    return found | {"demoted": _outcome(team, call, demoted), "deactivated": _outcome(team, call, gone)}


def _outcome(team: Team, call: Call, person: Person) -> str:
    try:
        call(team, person)
    except PanelError as error:
        return type(error).__name__
    return "yes"


def taking_a_person(module: ModuleType) -> set[str]:
    """The names of a module's own actions that act for a person."""
    own = [each for each in getmembers(module, isfunction) if each[1].__module__ == module.__name__]
    return {name for name, function in own if not name.startswith("_") and "by" in signature(function).parameters}


def plain(value: Any) -> Any:
    """Everything a value holds, in lists, dicts and scalars. Raises TypeError for what it cannot look into."""
    if value is None or isinstance(value, str | bool | int | float | date | np.generic):
        return repr(value)
    if isinstance(value, pd.DataFrame):
        return [plain(value.columns), plain(value.index), plain(value.to_numpy().tolist())]
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset | range | pd.Series | pd.Index | np.ndarray):
        return [plain(each) for each in value]
    raise TypeError(f"cannot look into {type(value)}")
