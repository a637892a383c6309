"""What is stored of scorecards and what each reader gets of them, held against `scorecard_model`."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from panel.actions import agendas, compare, desk, scorecard_reading
from panel.domain.scorecards import Rating
from panel.errors import PanelError
from panel.store.database import Row
from tests.actions.test_blindness import OF_CARDS, READS
from tests.factories import Team, plain
from tests.scorecard_model import NO_END, Card, State, may_read, standing

READERS = {"Ana": False, "Bo": False, "Mia": True, "Tom": False, "Max": True}  # whether they manage


@dataclass(frozen=True)
class Rows:
    """What is stored of one scorecard."""

    kept: tuple[bool, int, State]  # submitted, version, end
    ratings: dict[str, tuple[int, State]] = field(default_factory=dict)  # by question, with the version
    events: dict[str, list[tuple[int, State]]] = field(default_factory=dict)
    record: list[str] = field(default_factory=list)


class Witness:
    """Of the scorecards of one candidate and round. `words` are those written, and on which scorecard."""

    def __init__(self, team: Team, cards: dict[str, Card], words: dict[str, str]) -> None:
        self.team, self.cards, self.words = team, cards, words

    def rows(self) -> dict[str, Rows]:
        """By scorecard: (submitted, version, end); question -> (version, state); question -> [(version, state)]."""
        ids = list(self.cards)
        places = ", ".join("?" * len(ids))
        with self.team.workspace.database.read() as transaction:
            kept = transaction.rows(f"SELECT * FROM scorecard WHERE id IN ({places})", *ids)
            ratings = transaction.rows(f"SELECT * FROM rating WHERE scorecard_id IN ({places})", *ids)
            events = transaction.rows(
                f"SELECT * FROM rating_event WHERE scorecard_id IN ({places}) ORDER BY version, id", *ids
            )
            record = transaction.rows(
                f"SELECT subject_id, action FROM audit_event WHERE subject_id IN ({places}) ORDER BY happened_at, id",
                *ids,
            )
        found: dict[str, Rows] = {
            row["id"]: Rows((row["state"] != "draft", row["version"], {part: row[part] for part in NO_END}))
            for row in kept
        }
        for row in ratings:
            found[row["scorecard_id"]].ratings[row["question_key"]] = (row["version"], _state(row))
        for row in events:
            found[row["scorecard_id"]].events.setdefault(row["question_key"], []).append((row["version"], _state(row)))
        for row in record:
            found[row["subject_id"]].record.append(row["action"])
        return found

    def check_rows(self) -> dict[str, Rows]:
        """Every row is what the model says, so versions rise by one with each event."""
        found = self.rows()
        for card in self.cards.values():
            assert found[card.id] == Rows(
                (card.submitted, card.version, card.end),
                {key: (len(each) - 1, each[-1]) for key, each in card.histories.items()},
                {key: list(enumerate(each))[1:] for key, each in card.histories.items()},
                card.log,
            )
        return found

    def check_closed(self, card: Card) -> None:
        """Nobody else opens a scorecard that is not open to them."""
        for reader in READERS:
            by = self.team.people[reader]
            got = given(scorecard_reading.scorecard, self.team.workspace, by=by, scorecard_id=card.id)
            assert isinstance(got, str) == (card.id not in self.readable(reader))

    def check_reader(self, reader: str, cards: set[str]) -> None:
        """Of these, the reader opens exactly what is open to them, and no withheld word is in anything they get."""
        w, by = self.team.workspace, self.team.people[reader]
        readable = self.readable(reader)
        got = {key: given(scorecard_reading.scorecard, w, by=by, scorecard_id=key) for key in cards}
        assert {key for key, each in got.items() if not isinstance(each, str)} == readable & cards
        reads: list[Any] = [each for each in got.values() if not isinstance(each, str)]
        panel = {each.id for each in standing(self.cards.values())}
        for key in panel:
            if self.cards[key].owner == reader:
                others = scorecard_reading.panel_scorecards(w, by=by, scorecard_id=key)
                assert {each.scorecard.id for each in others} == readable & panel - {key}
                reads += others
        said: list[Any] = [(each.scorecard, each.ratings, each.colleagues, each.seat) for each in reads]
        if READERS[reader]:
            said.append(self._compared(reader))
        self._check_words(reader, said)

    def check_desks(self, reader: str) -> None:
        """The scoring page is open to its interviewer only."""
        w, by = self.team.workspace, self.team.people[reader]
        got = {key: given(desk.desk_state, w, by=by, scorecard_id=key) for key in self.cards}
        assert {key for key, each in got.items() if not isinstance(each, str)} == {
            key for key, each in self.cards.items() if each.owner == reader
        }
        self._check_words(reader, [got, agendas.my_agenda(w, by=by)])

    def check_more_reads(self, reader: str, share: slice) -> None:
        """Some of all the reading actions there are; those of one scorecard are looked at as it changes."""
        names = [each for each in READS if each not in OF_CARDS][share]
        self._check_words(reader, [given(READS[each], self.team, self.team.people[reader]) for each in names])

    def readable(self, reader: str) -> set[str]:
        manages = READERS[reader]
        return {key for key, each in self.cards.items() if may_read(reader, each, self.cards.values(), manages=manages)}

    def _compared(self, reader: str) -> Any:
        """What a manager compares is exactly what counts and is open to them."""
        w, by = self.team.workspace, self.team.people[reader]
        (one,) = compare.compare(w, by=by, role_id=self.team.role_id).candidates
        counted = [
            each
            for each in standing(self.cards[key] for key in self.readable(reader))
            if each.submitted and not each.shadow and not self._owes(reader)
        ]
        expected = [
            (card.owner, key, *card.history(key)[-1]["answer"][:2], card.history(key)[-1]["note"])
            for card in counted
            for key in card.histories
        ]
        seen = [(each.person_name, each.question_key, each.outcome, each.level, each.note) for each in one.observed]
        assert sorted(seen, key=str) == sorted(expected, key=str)
        assert sorted((each.person_name, each.recommendation, each.summary) for each in one.recommendations) == sorted(
            (card.owner, card.end["recommendation"], card.end["summary"]) for card in counted
        )
        panel = standing(self.cards.values())
        raters = [each for each in panel if not each.shadow]
        waiting = any(each.owner == reader for each in panel) and not all(each.submitted for each in raters)
        kept_back = [each for each in raters if each.submitted and each.owner != reader and each.sitting.opens == "all"]
        assert one.withheld_rounds == int(self._owes(reader) or (waiting and bool(kept_back)))
        return one

    def _owes(self, reader: str) -> bool:
        return any(each.owner == reader and not each.submitted for each in standing(self.cards.values()))

    def _check_words(self, reader: str, reads: Any) -> None:
        text, readable = str(plain(reads)), self.readable(reader)
        assert [word for word, card in self.words.items() if card not in readable and word in text] == []


def parts_of(rating: Rating) -> State:
    return {
        "answer": (rating.outcome, rating.level, rating.reason), "note": rating.note, "probes": rating.probes_asked,
        "reworded": rating.reworded,
    }  # fmt: skip


def _state(row: Row) -> State:
    return {
        "answer": (row["outcome"], row["level"], row["reason"]), "note": row["note"],
        "probes": tuple(json.loads(row["probes_asked"])), "reworded": row["reworded"],
    }  # fmt: skip


def given(read: Callable[..., Any], *which: Any, **named: Any) -> Any:
    """What a reader gets; a refusal is its sentence."""
    try:
        return read(*which, **named)
    except PanelError as error:
        return str(error)
