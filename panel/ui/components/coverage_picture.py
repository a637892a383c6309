"""The matrix of competencies and interviewers as a picture that reads aloud: a square for what each asks, and in
words what is missing, seen by one only, asked too much, or asked twice."""

from collections.abc import Mapping
from itertools import groupby

from markupsafe import Markup

from panel.domain.coverage import Cell, Coverage, Matrix
from panel.domain.plans import OPEN_SEAT
from panel.ui.components import frame
from panel.ui.words import count

LEGEND = (
    "A filled square: questions this interviewer asks. An outlined one: questions they rate with the panel, asked by "
    "others. A dot: asked to cover it, no question yet."
)


def coverage_picture(matrix: Matrix, names: Mapping[str, str]) -> None:
    frame.section("Competencies covered", _sum(matrix))
    if not matrix.seats:
        frame.empty("Nobody is assigned yet.", "Add a round with its interviewers; their questions fill this picture.")
    head = _head(matrix, names)
    body = Markup("").join(_row(row) for row in matrix.rows)
    frame.html(
        Markup(
            '<div class="table-scroll" tabindex="0" role="region" aria-label="Competencies by interviewer">'
            '<table class="matrix"><thead>{}</thead><tbody>{}</tbody></table></div>'
        ).format(head, body)
    )
    if matrix.seats:
        frame.quiet(LEGEND)


def verdict(row: Coverage) -> str:
    """What is wrong with a competency's coverage, in words; empty where nothing is."""
    words = []
    if row.uncovered:
        words.append("not covered, a must-have" if row.must_have else "not covered")
    if row.seen_by_one:
        words.append("seen by one only")
    if row.over_asked:
        words.append("more than its share")
    if row.repeated:
        words.append("asked twice" if row.repeated == 1 else f"{row.repeated} repeats")
    if not row.in_role:
        words.append("not one of the role's")
    return ", ".join(words)


def _sum(matrix: Matrix) -> str:
    of_role = [row for row in matrix.rows if row.in_role]
    return f"{sum(not row.uncovered for row in of_role)} of {len(of_role)} covered"


def _head(matrix: Matrix, names: Mapping[str, str]) -> Markup:
    rounds = Markup("").join(
        Markup('<th colspan="{}" scope="colgroup" class="round">{}</th>').format(len(list(seats)), name)
        for (_, name), seats in groupby(matrix.seats, key=lambda each: (each.round_id, each.round_name))
    )
    people = Markup("").join(
        Markup('<th scope="col"><span>{}</span></th>').format(
            "open seat" if seat.interviewer_id == OPEN_SEAT else names.get(seat.interviewer_id, "Somebody who left")
        )
        for seat in matrix.seats
    )
    tail = Markup('<th scope="col">Questions</th><th scope="col">Minutes</th><th scope="col">Interviewers</th>')
    return Markup('<tr><td></td>{}<td colspan="3"></td></tr><tr><th scope="col">Competency</th>{}{}</tr>').format(
        rounds, people, tail
    )


def _row(row: Coverage) -> Markup:
    cells = Markup("").join(_cell(cell) for cell in row.cells)
    must = Markup("") if not row.in_role or row.must_have else Markup(' <span class="quiet">nice to have</span>')
    wrong = verdict(row)
    said = Markup('<span class="verdict">{}</span>').format(wrong) if wrong else Markup("")
    return Markup('<tr><th scope="row">{}{}{}</th>{}<td>{}</td><td>{}</td><td>{}</td></tr>').format(
        row.competency, must, said, cells, row.questions or "none yet", row.minutes or "", row.interviewers or ""
    )


def _cell(cell: Cell) -> Markup:
    if cell.asks:
        words = f"asks {count(cell.asks, 'question')}, {count(cell.minutes, 'minute')}"
        return Markup('<td><span class="square asks" title="{}">{}</span></td>').format(words, cell.asks)
    if cell.rates:
        words = f"rates {count(cell.rates, 'question')} that others ask"
        return Markup('<td><span class="square rates" title="{}">{}</span></td>').format(words, cell.rates)
    if cell.asked_to_cover:
        return Markup('<td><span class="square wanted" title="asked to cover it, no question yet">·</span></td>')
    return Markup("<td></td>")
