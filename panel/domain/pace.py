"""Time in an interview: which questions to let go of first when it runs out."""

from panel.domain.plans import InterviewGuide
from panel.domain.roles import Role


def let_go_first(guide: InterviewGuide, role: Role) -> tuple[str, ...]:
    """The keys of a guide's questions in the order in which they can be dropped.

    First those on trial, which do not count yet; then what the role does not measure; then the nice-to-have, then the
    must-have. Among equals those of less weight first, then the later ones.
    """

    def worth(place: int) -> tuple[bool, int, float, int]:
        item = guide.items[place]
        competency = item.rubric.competency
        need = 2 if competency in role.must_haves else 1 if competency in role.measured else 0
        return not item.pilot, need, item.weight, -place

    return tuple(guide.items[place].question.key for place in sorted(range(len(guide.items)), key=worth))
