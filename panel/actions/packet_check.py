"""Whether a decision packet still says what the database holds. It names what differs and never tells a rating."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from panel.actions.debrief_evidence import sat_with
from panel.actions.packets import NOTHING_STANDS, packet_of
from panel.errors import InputError
from panel.exporting.packet import Packet, PacketRating, PacketScorecard, canonical
from panel.house import Workspace
from panel.store import candidates, debriefs
from panel.store.database import Transaction

Each = TypeVar("Each")


@dataclass(frozen=True)
class Compared:
    """`known` is false where the database has no such debrief. `differences` and `since` are sentences.

    `differences` is what the database holds otherwise, `since` what was added after the packet's last decision.
    """

    known: bool
    differences: tuple[str, ...] = ()
    since: tuple[str, ...] = ()

    @property
    def matches(self) -> bool:
        return self.known and not self.differences and not self.since


def compare_packet(workspace: Workspace, packet: Packet) -> Compared:
    """For the command line, whose user holds the database in their hands."""
    with workspace.database.read() as transaction:
        candidate = candidates.candidate_by_id(transaction, packet.candidate_id)
        every = debriefs.debriefs_of(transaction, packet.candidate_id) if candidate else []
        own = next((each for each in every if each.id == packet.debrief_id), None)
        if candidate is None or own is None:
            return Compared(known=False)
        if not debriefs.decisions_of(transaction, own.id):
            return Compared(known=True, differences=("This debrief is not decided in the database.",))
        sat = sat_with(transaction, candidate.id)
        try:
            stored = packet_of(transaction, candidate, sat, own, decisions=len(packet.decisions))
            newest = packet_of(transaction, candidate, sat, own)
        except InputError:  # it is decided, so this is the other thing that keeps a packet from being made
            return Compared(known=True, differences=(f"The packet no longer stands. {NOTHING_STANDS}",))
        later = [each.number for each in every if each.number > own.number]
        since = [*_since(packet, newest), *_later(transaction, packet, candidate.id, later)]
    return Compared(known=True, differences=tuple(_differences(packet, stored)), since=tuple(since))


def _differences(packet: Packet, stored: Packet) -> list[str]:
    """Never empty where the two are not the same text."""
    words = {
        "candidate": f"The candidate is called {stored.candidate} in the database.",
        "debrief": f"The debrief has the number {stored.debrief} in the database.",
        "role": "What the role asks for is another in the database.",
        "rounds": "A question, a rubric or a weight of the plan is another in the database.",
        "reconciliations": "The reconciliations are others in the database.",
        "confirmations": "The confirmations are others in the database.",
        "opened_by": "Who opened the debrief is called otherwise in the database.",
        "opened_at": "When the debrief was opened is another moment in the database.",
        "model": "This version of the program words its model otherwise.",
        "rule": "This version of the program has another mechanical rule.",
        "fair": "The fair average is another in the database.",
    }
    found = [words[field] for field in words if getattr(packet, field) != getattr(stored, field)]
    found += [*_decisions(packet, stored), *_scorecards(packet, stored)]
    if not found and canonical(packet) != canonical(stored):
        found.append("Something else in the packet is not what the database holds.")
    return found


def _decisions(packet: Packet, stored: Packet) -> list[str]:
    found = []
    for place, (here, there) in enumerate(zip_longest(packet.decisions, stored.decisions), start=1):
        if there is None:
            found.append("The database holds fewer decisions of this debrief.")
            break
        if here != there:
            found.append(f"Decision {place} is another in the database.")
    return found


def _scorecards(packet: Packet, stored: Packet) -> list[str]:
    found = []
    here, there = (_by(side.scorecards, lambda each: each.id) for side in (packet, stored))
    for key in {**here, **there}:
        ours, theirs = here.get(key, []), there.get(key, [])
        one = (ours or theirs)[0]
        whose = f"{one.person}'s scorecard of {one.round_name}"
        if not theirs:
            found.append(f"{whose} no longer stands: its interview was cancelled, or there was none.")
        elif not ours:
            found.append(f"The database has a scorecard of {one.round_name} by {one.person} that the packet lacks.")
        elif len(ours) > 1:
            found.append(f"{whose} is in the packet more than once.")
        else:
            if ours[0].model_copy(update={"ratings": ()}) != theirs[0].model_copy(update={"ratings": ()}):
                found.append(f"{whose} is closed otherwise in the database.")
            found += _ratings(stored, ours[0], theirs[0])
    if not found and packet.scorecards != stored.scorecards:
        found.append("The scorecards or their ratings are in another order in the database.")
    return found


def _ratings(stored: Packet, here: PacketScorecard, there: PacketScorecard) -> list[str]:
    found = []
    ours, theirs = (_by(side.ratings, lambda each: each.question) for side in (here, there))
    for key in {**ours, **theirs}:
        one, other = ours.get(key, []), theirs.get(key, [])
        where = f"of {_question(stored, there, key)}"
        if not other:
            found.append(f"{there.person}'s rating {where} is not in the database.")
        elif not one:
            found.append(f"The packet lacks {there.person}'s rating {where}.")
        elif len(one) > 1:
            found.append(f"The packet has {there.person}'s rating {where} more than once.")
        elif one != other:
            found.append(f"{there.person}'s {_part(one[0], other[0])} {where} differs.")
    return found


def _by(parts: Iterable[Each], key: Callable[[Each], str]) -> dict[str, list[Each]]:
    found: dict[str, list[Each]] = {}
    for each in parts:
        found.setdefault(key(each), []).append(each)
    return found


def _part(one: PacketRating, other: PacketRating) -> str:
    return "note" if one.model_copy(update={"note": other.note}) == other else "rating"


def _question(packet: Packet, card: PacketScorecard, key: str) -> str:
    try:
        return f"question {packet.question(card.round_id, key).number} in {card.round_name}"
    except KeyError:
        return f"a question in {card.round_name}"


def _since(packet: Packet, newest: Packet) -> list[str]:
    """Decisions that revise the packet's, and what those took in."""
    return [
        f"The decision was revised since: number {each.number}, by {each.by} on {each.at:%d %b %Y}."
        for each in newest.decisions[len(packet.decisions) :]
    ]


def _later(transaction: Transaction, packet: Packet, candidate_id: str, later: list[int]) -> list[str]:
    if not later:
        return []
    found = [f"A newer debrief of {packet.candidate} was opened since: number {each}." for each in later]
    cards = {each.id: each for each in packet.scorecards}
    for row in debriefs.reconciled_in_later(transaction, candidate_id, after=packet.debrief):
        card = cards.get(row["scorecard_id"])
        if card:
            found.append(
                f"{card.person}'s rating of {_question(packet, card, row['question_key'])} was reconciled since."
            )
    return found
