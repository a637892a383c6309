"""An assembled question set as text for a terminal."""

from collections.abc import Iterator, Sequence

from panel.assembly import Answer, Item, Spec


def as_text(answer: Answer, items: Sequence[Item], spec: Spec) -> str:
    """Sections with an empty line between; lists one entry a line."""
    sections = [_headline(answer, spec)]
    if answer.assignment:
        sections += list(_sets(answer, items, spec))
        sections.append(_listed("These constraints are used to the full:", answer.binding))
    sections.append(_listed("Worth knowing:", answer.remarks))
    return "\n\n".join(each for each in sections if each)


def _headline(answer: Answer, spec: Spec) -> str:
    took = f"It took {answer.seconds:.1f} s."
    if answer.status == "infeasible":
        if not answer.relax:
            return f"Nothing fits, and what to relax was not found in time. Give it a longer time_limit. {took}"
        least = "The fewest constraints to relax" if answer.fewest else "Constraints to relax, perhaps not the fewest"
        return _listed(f"Nothing fits. {least}:", answer.relax) + f"\n\n{took}"
    if answer.objective is None:
        return f"No set was found in time; whether one fits is not known. Give it a longer time_limit. {took}"
    what = "the worst-off interviewer's" if spec.objective == "maximin" else "of all questions"
    value = f"Information minus exposure, {what}: {answer.objective:.4g}."
    if answer.status == "optimal":
        return f"The best set there is. {value} {took}"
    if answer.gap is None:
        return f"A set that fits; how good it is was not found in time. {value} {took}"
    proven = f"no set is better by more than {answer.gap:.2%}"
    late = "" if answer.status == "within_gap" else " The time ended before the gap that was asked for."
    return f"A set that fits; {proven}. {value}{late} {took}"


def _sets(answer: Answer, items: Sequence[Item], spec: Spec) -> Iterator[str]:
    by_id = {each.id: each for each in items}
    for person in spec.interviewers:
        chosen = [by_id[each] for each in answer.assignment[person.id]]
        minutes = sum(each.minutes for each in chosen)
        count = f"{len(chosen)} question{'' if len(chosen) == 1 else 's'}, {minutes:g} minutes"
        lines = [
            f"{each.id}: {each.competency}, difficulty {each.difficulty}, {each.minutes:g} minutes" for each in chosen
        ]
        yield (
            _listed(f"{person.name or person.id}: {count}", lines) if lines else f"{person.name or person.id}: {count}"
        )


def _listed(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *(f"- {each}" for each in lines)]) if lines else ""
