"""Four pictures of the chosen candidates, one at a time, each to take along."""

from collections.abc import Callable

import streamlit as st

from panel.actions import fair_comparison
from panel.actions.compare import Compared
from panel.domain.scores import Observed
from panel.exporting import figures
from panel.exporting.figures import IntervalRow, Marks, Shares
from panel.ui.components import fair_words, frame
from panel.ui.components.compare_rows import Beside
from panel.ui.components.take_figure import Figure, show
from panel.ui.palette import place_on_five

KINDS = {
    "intervals": "Intervals", "competencies": "Competencies", "questions": "Questions", "interviewers": "Interviewers",
}  # fmt: skip


def pictures(beside: Beside, role_name: str, check: Callable[[], object]) -> None:
    frame.section("Pictures")
    kind = st.segmented_control(
        "Picture", list(KINDS), format_func=KINDS.__getitem__, default="intervals", required=True, key="picture",
        label_visibility="collapsed",
    )  # fmt: skip
    if kind == "questions":
        competency = st.selectbox("Competency", beside.competencies, key="picture-competency", width=360)
        figure = questions(beside, competency)
        if figure is None:
            frame.quiet("No question on this competency has a rating that you may read.")
            return
    else:
        figure = {"intervals": intervals, "competencies": heatmap, "interviewers": distribution}[kind](beside)
    show(figure, named=role_name, key=kind, check=check)


def _rated(beside: Beside) -> list[Compared]:
    return [each for each in beside.chosen if each.score.ratings]


def intervals(beside: Beside) -> Figure:
    """In bands as the rows are; the rest by name."""
    order: list[tuple[str, str, int | None, int | None]] = []
    if beside.standing:
        for number, group in enumerate(beside.standing.groups):
            for place, band in enumerate(group):
                title = fair_words.BANDS[min(place, 1)]
                title = f"{title}, not comparable with those above" if number and not place else title
                order += [(each, "" if at else title, number + 1, place + 1) for at, each in enumerate(band)]
    told = {each for each, *_ in order}
    order += [(each.candidate.id, "", None, None) for each in _rated(beside) if each.candidate.id not in told]
    drawn, data = [], []
    for candidate_id, title, group_number, band_number in order:
        each = beside.by_id[candidate_id]
        fair = fair_comparison.fair_of(beside.standing.composite if beside.standing else None, candidate_id)
        numbers = (fair.value, fair.low, fair.high) if fair else (None, None, None)
        value, low, high = numbers
        drawn.append(IntervalRow(each.candidate.name, value, low, high, each.score.score, title))
        data.append((
            each.candidate.name, *numbers, each.score.score, group_number, band_number, each.score.ratings,
            each.score.interviewers,
        ))  # fmt: skip
    return Figure(
        "intervals",
        lambda ink, wide: figures.intervals(drawn, ink, shown=beside.shown, wide=wide),
        (
            "candidate", "fair average", "interval low", "interval high", "raw mean", "comparable group", "band",
            "ratings", "interviewers",
        ),
        data,
    )  # fmt: skip


def heatmap(beside: Beside) -> Figure:
    """Fair averages by competency, or raw means where competencies cannot be told apart."""
    cells, data = [], []
    for each in _rated(beside):
        row: list[float | None] = []
        for name in beside.competencies:
            raw = each.score.competencies.get(name)
            fair = fair_comparison.fair_of((beside.parts or {}).get(name), each.candidate.id)
            row.append(fair.value if fair and raw else raw.score if raw else None)
            if raw:
                low, high = (fair.low, fair.high) if fair else (None, None)
                data.append(
                    (each.candidate.name, name, fair.value if fair else None, low, high, raw.score, raw.ratings)
                )
        cells.append(row)
    names = [each.candidate.name for each in _rated(beside)]
    return Figure(
        "competencies",
        lambda ink, wide: figures.heatmap(names, beside.competencies, cells, ink, shown=beside.shown, wide=wide),
        ("candidate", "competency", "fair average", "interval low", "interval high", "raw mean", "ratings"),
        data,
    )


def questions(beside: Beside, competency: str) -> Figure | None:
    """A panel for each question of a competency that somebody was rated on, in the order of rounds and prompts."""
    asked: dict[tuple[str, str], dict[str, list[Observed]]] = {}
    for each in beside.chosen:
        for one in each.observed:
            if one.competency == competency and one.level is not None and one.counts:
                asked.setdefault((one.round_name, one.prompt), {}).setdefault(each.candidate.id, []).append(one)
    if not asked:
        return None
    panels, data = [], []
    for (round_name, prompt), by_candidate in sorted(asked.items()):
        marks = []
        for each in _rated(beside):
            rated = sorted(by_candidate.get(each.candidate.id, []), key=lambda one: one.level or 0)
            levels = tuple((f"{one.level}", place_on_five(one.level or 1, one.levels)) for one in rated)
            marks.append(Marks(each.candidate.name, levels))
            data += [(each.candidate.name, round_name, prompt, one.person_name, one.level, one.levels) for one in rated]
        panels.append((prompt, marks))
    return Figure(
        f"questions {competency}",
        lambda ink, wide: figures.questions(panels, ink, wide=wide),
        ("candidate", "round", "question", "interviewer", "level", "of levels"),
        data,
    )


def distribution(beside: Beside) -> Figure:
    """How often each interviewer gave each level to these candidates, by name."""
    counts: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for each in beside.chosen:
        for one in each.observed:
            if one.level is not None and one.counts:
                names[one.person_id] = one.person_name
                counts.setdefault(one.person_id, [0] * figures.LEVELS)[place_on_five(one.level, one.levels)] += 1
    people = sorted(counts, key=lambda person: names[person].casefold())
    rows = [Shares(names[person], tuple(counts[person])) for person in people]
    return Figure(
        "interviewers",
        lambda ink, wide: figures.distribution(rows, ink, wide=wide),
        ("interviewer", "level", "ratings"),
        [(each.name, level, number) for each in rows for level, number in enumerate(each.counts, start=1)],
    )
