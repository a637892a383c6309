"""What changed from one published plan to the next, as sentences."""

from panel.domain.candidates import OPENING_NAMES
from panel.domain.plans import SITTING_NAMES, GuideItem, PublishedPlan, PublishedRound
from panel.domain.roles import NEED_NAMES, SENIORITY_NAMES, Role
from panel.domain.text import listed


def differences(old: PublishedPlan, new: PublishedPlan) -> list[str]:
    """In the order a reader asks: the role, the rounds, who asks what. Empty exactly where both say the same, but for
    texts that only the frozen questions and rubrics carry, which are named as newer versions."""
    found = [f"The title was “{old.title}”."] if old.title != new.title else []
    found += _role(old.role, new.role)
    if old.opens != new.opens:
        found.append(
            f"Panelists read one another’s scorecards {OPENING_NAMES[new.opens]}; it was {OPENING_NAMES[old.opens]}."
        )
    before, after = {each.id: each for each in old.rounds}, {each.id: each for each in new.rounds}
    found += [f"{each.name} is new: {_seats(each)}." for each in new.rounds if each.id not in before]
    found += [f"{each.name} is gone." for each in old.rounds if each.id not in after]
    for each in new.rounds:
        if each.id in before:
            found += _round(before[each.id], each)
    kept = [each.id for each in new.rounds if each.id in before]
    if kept != [each.id for each in old.rounds if each.id in after]:
        found.append(f"The rounds come in another order: {listed([each.name for each in new.rounds])}.")
    if not found and old != new:
        found.append("Texts of its questions, rubrics or role changed; who asks what did not.")
    return found


def _role(old: Role, new: Role) -> list[str]:
    found = [f"The role was named {old.name}."] if old.name != new.name else []
    if old.seniority != new.seniority:
        found.append(f"Seniority: {SENIORITY_NAMES[new.seniority]}; it was {SENIORITY_NAMES[old.seniority]}.")
    if old.about != new.about:
        found.append("The role's remark changed.")
    before, after = {each.name: each for each in old.competencies}, {each.name: each for each in new.competencies}
    if list(before) != list(after) and set(before) == set(after):
        found.append(f"The competencies come in another order: {listed(list(after))}.")
    if added := [each for each in after if each not in before]:
        found.append(f"Measured besides: {listed(added)}.")
    if gone := [each for each in before if each not in after]:
        found.append(f"No longer measured: {listed(gone)}.")
    for name, each in after.items():
        was = before.get(name)
        if was and was.need != each.need:
            found.append(f"{name} is now a {NEED_NAMES[each.need]}; it was a {NEED_NAMES[was.need]}.")
        if was and was.weight != each.weight:
            reason = f": {each.weight_reason}" if each.weight_reason else ""
            found.append(f"{name} weighs {each.weight:g}; it weighed {was.weight:g}{reason}.")
        elif was and was.weight_reason != each.weight_reason:
            found.append(f"The reason for the weight of {name} is now: {each.weight_reason or 'not said'}.")
    return found


def _round(old: PublishedRound, new: PublishedRound) -> list[str]:
    where = new.name
    found = [f"{where} was named {old.name}."] if old.name != new.name else []
    if old.sitting != new.sitting:
        found.append(f"{where}: {SITTING_NAMES[new.sitting]}; it was {SITTING_NAMES[old.sitting]}.")
    if _split(old) != _split(new):
        found.append(f"{where} takes {_split(new)}; it took {_split(old)}.")
    if old.minimum_interviewers != new.minimum_interviewers:
        found.append(
            f"{where} needs at least {new.minimum_interviewers} interviewers; it needed {old.minimum_interviewers}."
        )
    if old.needs_training != new.needs_training:
        found.append(
            f"{where} asks for training in {new.needs_training}."
            if new.needs_training
            else f"{where} no longer asks for training in {old.needs_training}."
        )
    people_before = {each.assignment_id: each.interviewer_name for each in old.guides}
    people_after = {each.assignment_id: each.interviewer_name for each in new.guides}
    seats_before, seats_after = ({each.assignment_id: each.interviewer_id for each in one.guides} for one in (old, new))
    for seat, name in people_after.items():
        if seat not in people_before:
            found.append(f"{name} joins {where}.")
        elif seats_before[seat] != seats_after[seat] and people_before[seat] == name:
            found.append(f"Another person of the name {name} takes their seat in {where}.")
        elif people_before[seat] != name:
            found.append(f"{name} takes the seat of {people_before[seat]} in {where}.")
    found += [f"{name} leaves {where}." for seat, name in people_before.items() if seat not in people_after]
    return found + _questions(old, new)


def _questions(old: PublishedRound, new: PublishedRound) -> list[str]:
    before, after = _items(old), _items(new)
    where = new.name
    found = [
        f"{where} asks “{each.question.prompt}” besides ({each.asked_by})."
        for key, each in after.items()
        if key not in before
    ]
    found += [
        f"{where} no longer asks “{each.question.prompt}” ({each.asked_by})."
        for key, each in before.items()
        if key not in after
    ]
    for key, each in after.items():
        if key in before:
            found += _item(before[key], each, where)
    return found + _orders(old, new)


def _item(old: GuideItem, new: GuideItem, where: str) -> list[str]:
    prompt = f"“{new.question.prompt}” in {where}"
    found = []
    if old.asked_by != new.asked_by:
        found.append(f"{prompt} is asked by {new.asked_by}; it was asked by {old.asked_by}.")
    if old.question_version != new.question_version:
        found.append(f"{prompt} is version {new.question_version}; it was version {old.question_version}.")
    if old.rubric.key != new.rubric.key:
        found.append(f"{prompt} is judged with {new.rubric.name}; it was judged with {old.rubric.name}.")
    elif old.rubric_version != new.rubric_version:
        found.append(
            f"{prompt} is judged with version {new.rubric_version} of {new.rubric.name}; it was {old.rubric_version}."
        )
    if old.weight != new.weight:
        reason = f": {new.weight_reason}" if new.weight_reason else ""
        found.append(f"{prompt} weighs {new.weight:g}; it weighed {old.weight:g}{reason}.")
    elif old.weight_reason != new.weight_reason:
        found.append(f"The reason for the weight of {prompt} is now: {new.weight_reason or 'not said'}.")
    return found


def _orders(old: PublishedRound, new: PublishedRound) -> list[str]:
    """Guides that ask what they asked before, in another order."""
    before = {each.assignment_id: [item.question.key for item in each.items] for each in old.guides}
    moved = []
    for guide in new.guides:
        now = [item.question.key for item in guide.items]
        then = before.get(guide.assignment_id, now)
        if [key for key in now if key in then] != [key for key in then if key in now]:
            moved.append(f"The questions of {guide.interviewer_name} in {new.name} come in another order.")
    return moved


def _items(each: PublishedRound) -> dict[tuple[str, str], GuideItem]:
    """Every question by where it is asked: once in a panel, for each interviewer in a sequence."""
    if each.sitting == "panel":
        return {("", item.question.key): item for item in each.items()}
    return {(guide.assignment_id, item.question.key): item for guide in each.guides for item in guide.items}


def _seats(each: PublishedRound) -> str:
    return f"{_split(each)}, {listed([guide.interviewer_name for guide in each.guides])}"


def _split(each: PublishedRound) -> str:
    parts = [
        f"{minutes} for {what}"
        for minutes, what in ((each.opening_minutes, "the opening"), (each.candidate_minutes, "the candidate"))
        if minutes
    ]
    return f"{each.minutes} minutes" + (f" ({listed(parts)})" if parts else "")
