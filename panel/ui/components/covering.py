"""What an interviewer is asked to cover, and whether their set does, in words."""

from collections import Counter

from markupsafe import Markup

from panel.domain.coverage import Matrix
from panel.domain.plans import Assignment
from panel.domain.rubrics import BankRubric
from panel.domain.text import listed
from panel.ui.components import frame
from panel.ui.words import count


def covering(assignment: Assignment, rubrics: dict[str, BankRubric], matrix: Matrix) -> None:
    """A question measures the competency of the rubric it is judged with."""
    asked = Counter(
        rubrics[each.rubric_key].rubric.competency for each in assignment.questions if each.rubric_key in rubrics
    )
    if assignment.covers:
        lines = Markup("").join(
            Markup('<li class="{}">{}</li>').format(
                "is-covered" if asked[name] else "is-missing",
                f"{name} ✓ covered, {count(asked[name], 'question')}" if asked[name] else f"{name}: still missing",
            )
            for name in assignment.covers
        )
        frame.html(Markup('<div class="covers"><span>Asked to cover:</span><ul>{}</ul></div>').format(lines))
        return
    open_ones = [row.competency for row in matrix.rows if row.in_role and row.uncovered]
    frame.quiet(
        "Which of the role's competencies you cover is yours to choose."
        + (f" Nobody asks about {listed(open_ones)} yet." if open_ones else "")
    )
