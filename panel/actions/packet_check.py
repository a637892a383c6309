"""Whether a decision packet still says what the database holds. It names what differs and never tells a rating."""

from dataclasses import dataclass

from panel.actions.debrief_evidence import sat_with
from panel.actions.packets import packet_of
from panel.exporting.packet import Packet, PacketRating, PacketScorecard
from panel.house import Workspace
from panel.store import candidates, debriefs
from panel.store.database import Transaction


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
        decided = debriefs.decisions_of(transaction, own.id)
        if len(decided) < len(packet.decisions):
            return Compared(known=True, differences=("The database holds fewer decisions of this debrief.",))
        sat = sat_with(transaction, candidate.id)
        stored = packet_of(transaction, candidate, sat, own, decisions=len(packet.decisions))
        newest = packet_of(transaction, candidate, sat, own)
        later = [each.number for each in every if each.number > own.number]
        since = [*_since(packet, newest), *_later(transaction, packet, candidate.id, later)]
    return Compared(known=True, differences=tuple(_differences(packet, stored)), since=tuple(since))


def _differences(packet: Packet, stored: Packet) -> list[str]:
    found = []
    for field, words in {
        "candidate": f"The candidate is called {stored.candidate} in the database.",
        "role": "What the role asks for is another in the database.",
        "rounds": "A question, a rubric or a weight of the plan is another in the database.",
        "reconciliations": "The reconciliations are others in the database.",
        "confirmations": "The confirmations are others in the database.",
        "opened_by": "Who opened the debrief is called otherwise in the database.",
        "opened_at": "When the debrief was opened is another moment in the database.",
        "model": "This version of the program words its model otherwise.",
        "rule": "This version of the program has another mechanical rule.",
    }.items():
        if getattr(packet, field) != getattr(stored, field):
            found.append(words)
    for one, other in zip(packet.decisions, stored.decisions, strict=True):
        if one != other:
            found.append(f"Decision {one.number} is another in the database.")
    return [*found, *_scorecards(packet, stored)]


def _scorecards(packet: Packet, stored: Packet) -> list[str]:
    found = []
    here, there = ({each.id: each for each in side.scorecards} for side in (packet, stored))
    for each in here.values():
        if each.id not in there:
            found.append(
                f"{each.person}'s scorecard of {each.round_name} no longer stands: its interview was cancelled."
            )
            continue
        other = there[each.id]
        if each.model_copy(update={"ratings": ()}) != other.model_copy(update={"ratings": ()}):
            found.append(f"{each.person}'s scorecard of {each.round_name} is closed otherwise in the database.")
        found += _ratings(packet, each, other)
    found += [
        f"The database has a scorecard of {each.round_name} by {each.person} that the packet lacks."
        for each in there.values()
        if each.id not in here
    ]
    return found


def _ratings(packet: Packet, here: PacketScorecard, there: PacketScorecard) -> list[str]:
    known = {each.question: each for each in there.ratings}
    found = []
    for each in here.ratings:
        other = known.get(each.question)
        if other != each:
            found.append(f"{here.person}'s {_part(each, other)} of {_question(packet, here, each.question)} differs.")
    return found


def _part(one: PacketRating, other: PacketRating | None) -> str:
    return "note" if other and one.model_copy(update={"note": other.note}) == other else "rating"


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
