"""The scores of a debrief: sealed, reconciled and composite under headings of their own, mean and median both."""

from markupsafe import Markup

from panel.actions.debriefs import DebriefView
from panel.domain.debriefs import ScoreSheet, standing_words
from panel.domain.roles import NEED_NAMES
from panel.domain.team_settings import Display, score_words
from panel.domain.text import listed
from panel.ui.components import frame
from panel.ui.words import count

RULE = (
    "The rule: hire where the composite and every must-have reach {line:g} of 5. The plan names no line of its own, so "
    "it is the middle level, which rubrics word as meeting what is asked. The rule decides nothing: people do, and say "
    "why."
)


def scores(view: DebriefView) -> None:
    sheet = view.scores
    if sheet is None:
        return
    frame.section("Scores", "after the evidence, not before it")
    if not sheet.ratings:
        frame.empty("No rating counts yet.", "Scores stand here once a rating has a level.")
        return
    frame.html(Markup("<p>{}</p>").format(standing_words(sheet)))
    frame.quiet(RULE.format(line=sheet.line))
    frame.html(_table(sheet, view.display))
    frame.quiet(_behind(sheet) + (" 0 to 100 is computed from 1 to 5." if view.display == "hundred" else ""))


def _table(sheet: ScoreSheet, display: Display) -> Markup:
    rows = Markup("").join(
        _row(
            each.competency,
            NEED_NAMES[each.need] if each.need else "not of the role; enters no score",
            f"{count(each.ratings, 'rating')}, {count(each.interviewers, 'person', 'people')}",
            (each.sealed_mean, each.sealed_median),
            f"{each.reconciled} of {each.ratings}",
            each.reconciled_mean,
            (each.composite_mean, each.composite_median),
            display,
        )
        for each in sheet.competencies
    )
    every = _row(
        "Over all",
        "competencies with the role's weights",
        f"{count(sheet.ratings, 'rating')}, {count(sheet.interviewers, 'person', 'people')}",
        (sheet.sealed_mean, sheet.sealed_median),
        f"{sheet.reconciled} of {sheet.ratings}",
        None,
        (sheet.composite_mean, sheet.composite_median),
        display,
    )
    return Markup(
        '<div class="table-scroll"><table class="plain-table debrief-scores"><thead>'
        '<tr><th rowspan="2">Competency</th><th rowspan="2" class="from">From</th><th colspan="2">Sealed</th>'
        '<th colspan="2">Reconciled</th><th colspan="2">Composite</th></tr>'
        "<tr><th>Mean</th><th>Median</th><th>Ratings</th><th>Mean</th><th>Mean</th><th>Median</th></tr></thead>"
        "<tbody>{}{}</tbody></table></div>"
    ).format(rows, every)


def _row(
    name: str,
    quiet: str,
    behind: str,
    sealed: tuple[float | None, float | None],
    reconciled: str,
    reconciled_mean: float | None,
    composite: tuple[float | None, float | None],
    display: Display,
) -> Markup:
    before, alone, after = (
        [score_words(each, display) for each in part] for part in (sealed, (reconciled_mean,), composite)
    )
    numbers = (*before, reconciled, *alone, *after)
    return Markup('<tr><td>{}<br><span class="quiet">{}</span></td><td class="quiet from">{}</td>{}</tr>').format(
        name, quiet, behind, Markup("").join(Markup('<td class="number">{}</td>').format(each) for each in numbers)
    )


def _behind(sheet: ScoreSheet) -> str:
    lines = [
        "Means weigh questions and competencies as the plan says; medians are those of the single ratings. Both are "
        "raw: nobody's severity is taken out of them. Comparison and calibration go on with the sealed ratings alone."
    ]
    lines += [f"{count(sheet.splits, 'split')} of two levels or more."] if sheet.splits else []
    lines += [f"{count(sheet.not_assessed, 'answer')} not asked or not assessed."] if sheet.not_assessed else []
    lines += [f"Nobody rated {listed(sheet.must_haves_missing)}."] if sheet.must_haves_missing else []
    return " ".join(lines)
