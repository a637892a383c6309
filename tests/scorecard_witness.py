"""What is stored of scorecards and what each reader gets of them, held against `scorecard_model`."""

from collections.abc import Callable
from typing import Any

from panel.actions import agendas, compare, desk, scorecard_reading
from panel.domain.scorecards import Rating
from panel.errors import PanelError
from panel.store import scorecards as stored
from tests.actions.test_blindness import READS
from tests.factories import Team, audited, plain
from tests.scorecard_model import Card, State, may_read, standing

READERS = {"Ana": False, "Bo": False, "Mia": True, "Tom": False, "Max": True}  # whether they manage
Rows = tuple[Any, Any, Any]


class Witness:
    """Of the scorecards of one candidate and round. `words` are those written, and on which scorecard."""

    def __init__(self, team: Team, cards: dict[str, Card], words: dict[str, str]) -> None:
        self.team, self.cards, self.words = team, cards, words

    def rows(self) -> dict[str, Rows]:
        """By scorecard: (submitted, version, end); question -> (version, state); question -> [(version, state)]."""
        found = {}
        with self.team.workspace.database.read() as transaction:
            for card in self.cards:
                kept = stored.scorecard_by_id(transaction, card)
                assert kept
                ratings = stored.ratings_of(transaction, card)
                events = {
                    key: stored.ratings_since(transaction, scorecard_id=card, question_key=key, version=1)
                    for key in ratings
                }
                found[card] = (
                    (kept.is_submitted, kept.version, kept.closing.model_dump()),
                    {key: (each.version, parts_of(each)) for key, each in ratings.items()},
                    {key: [(each.version, parts_of(each)) for each in many] for key, many in events.items()},
                )
        return found

    def check_rows(self) -> dict[str, Rows]:
        """Every row is what the model says, so versions rise by one with each event."""
        found = self.rows()
        for card in self.cards.values():
            kept, states, events = found[card.id]
            assert kept == (card.submitted, card.version, card.end)
            assert states == {key: (len(each) - 1, each[-1]) for key, each in card.histories.items()}
            assert events == {key: list(enumerate(each))[1:] for key, each in card.histories.items()}
            assert [each[1] for each in audited(self.team.workspace, "scorecard", card.id)] == card.log
        return found

    def check_reader(self, reader: str) -> None:
        """The reader opens exactly what is open to them, and no withheld word is in anything they get."""
        w, by = self.team.workspace, self.team.people[reader]
        readable = self.readable(reader)
        got = {key: given(scorecard_reading.scorecard, w, by=by, scorecard_id=key) for key in self.cards}
        assert {key for key, each in got.items() if not isinstance(each, str)} == readable
        desks = {key: given(desk.desk_state, w, by=by, scorecard_id=key) for key in self.cards}
        own = {key for key, each in self.cards.items() if each.owner == reader}
        assert {key for key, each in desks.items() if not isinstance(each, str)} == own
        reads: list[Any] = [got, desks, agendas.my_agenda(w, by=by)]
        panel = {each.id for each in standing(self.cards.values())}
        for key in own & panel:
            others = scorecard_reading.panel_scorecards(w, by=by, scorecard_id=key)
            assert {each.scorecard.id for each in others} == readable & panel - {key}
            reads.append(others)
        if READERS[reader]:
            reads.append(self._compared(reader))
        self._check_words(reader, reads)

    def check_every_read(self, reader: str) -> None:
        """Every reading action there is."""
        self._check_words(reader, [given(read, self.team, self.team.people[reader]) for read in READS.values()])

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
        late = [each for each in panel if not each.shadow and not each.submitted and each.sitting.opens == "all"]
        sits = any(each.owner == reader for each in panel)
        assert one.withheld_rounds == int(self._owes(reader) or (sits and bool(late)))
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


def given(read: Callable[..., Any], *which: Any, **named: Any) -> Any:
    """What a reader gets; a refusal is its sentence."""
    try:
        return read(*which, **named)
    except PanelError as error:
        return str(error)
