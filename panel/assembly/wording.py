"""Rules as sentences, and what in a spec asks for nothing."""

from collections.abc import Sequence

from panel.assembly.answer import Binding, Path
from panel.assembly.checks import shown
from panel.assembly.rows import enemy_pairs
from panel.assembly.rules import EXACT, Assignment, Rule, amount, rules_of
from panel.assembly.spec import Item, Spec


class Words:
    """What people and questions are called in sentences."""

    def __init__(self, items: Sequence[Item], spec: Spec) -> None:
        self.labels = {each.id: each.label or each.id for each in items}
        self.people = {each.id: each.name or each.id for each in spec.interviewers}
        self.levels = spec.difficulty_names

    def move(self, rule: Rule, to: float) -> str:
        """`Ana: allow 50 minutes instead of 45.`"""
        verb = "allow" if rule.side == "max" else "be content with"
        return f"{self._whose(rule)}: {verb} {self._counted(rule, to)} instead of {_number(rule.bound)}."

    def holds(self, rule: Rule) -> str:
        """`Ana: at most 45 minutes.`"""
        limit = "at most" if rule.side == "max" else "at least"
        return f"{self._whose(rule)}: {limit} {self._counted(rule, rule.bound)}."

    def give_up(self, path: Path) -> str:
        """A wish by its place in the spec, as what to do without it."""
        if path[0] == "must":
            return f"Do without {self.question(path[1])}, which must be asked."
        if path[0] == "exclude":
            return f"Allow {self.question(path[1])}, which is excluded."
        if path[0] == "enemies":
            return f"Allow {self.question(path[1])} and {self.question(path[2])} on one day."
        if path[2] == "keep":
            return f"{self.person(path[1])}: give up {self.question(path[3])}."
        return f"{self.person(path[1])}: allow questions of {_plain(path[3])}."

    def question(self, id: str) -> str:
        return shown(self.labels.get(id, id))

    def person(self, id: str) -> str:
        return _plain(self.people[id])

    def _whose(self, rule: Rule) -> str:
        if rule.interviewer is not None:
            return self.person(rule.interviewer)
        return f"Competency {_plain(rule.competency)}" if rule.competency is not None else "The whole day"

    def _counted(self, rule: Rule, number: float) -> str:
        noun = {"minutes": "minute", "interviewers": "interviewer"}.get(rule.measure, "question")
        counted = f"{_number(number)} {noun}{'' if number == 1 else 's'}"
        if rule.difficulty is not None:
            level = self.levels.get(rule.difficulty)
            counted += f" of difficulty {rule.difficulty}" if level is None else f" of difficulty {_plain(level)}"
        return f"{counted} from each interviewer" if rule.measure == "each" else counted


def bindings(words: Words, assignment: Assignment, items: Sequence[Item], spec: Spec) -> tuple[Binding, ...]:
    """Every bound that the assignment meets exactly, and every pair of enemies of which one is asked."""
    by_id = {each.id: each for each in items}
    asked = {each for ids in assignment.values() for each in ids}
    found = []
    for rule in rules_of(spec):
        reached = amount(rule, by_id, assignment)
        if reached is not None and abs(reached - rule.bound) <= EXACT:
            found.append(Binding(rule.path, rule.side, rule.bound, words.holds(rule)))
    for one, other in enemy_pairs(spec):
        if one in asked or other in asked:
            text = f"Only one of {words.question(one)} and {words.question(other)} on one day."
            found.append(Binding(("enemies", one, other), "max", 1, text))
    return tuple(found)


def remarks(items: Sequence[Item], spec: Spec) -> tuple[str, ...]:
    """Names in the spec that no question has, which may be slips of the pen."""
    known, ids = {each.competency for each in items}, {each.id for each in items}
    named = dict.fromkeys(spec.competencies)
    for each in spec.interviewers:
        named |= dict.fromkeys(each.competencies or ())
    found = [f"No question has the competency {shown(each)}." for each in named if each not in known]
    return (*found, *(f"There is no question {shown(each)} to exclude." for each in spec.exclude if each not in ids))


def _plain(text: str | None) -> str:
    """A name without the quotation marks of a title."""
    return shown(text or "").strip("“”")


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
