"""Which column of a table, or key of an object, fills which field of a question: guessed by name and by content."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from panel.importing.difficulty import level_of
from panel.importing.found import Columns
from panel.importing.wording import asks, ends_asking

# The names of a field, best first. Compared without capitals, accents, punctuation and what stands in brackets.
NAMES: dict[str, tuple[str, ...]] = {
    "prompt": (
        "prompt", "question", "questions", "question text", "interview question", "interview questions",
        "question prompt", "question title", "q", "ask", "query", "problem", "problem statement",
        "frage", "fragen", "interviewfrage", "fragetext", "question d entretien", "pregunta", "preguntas", "front",
    ),
    "answer": (
        "answer", "answers", "reference answer", "model answer", "sample answer", "expected answer", "ideal answer",
        "suggested answer", "correct answer", "answer text", "solution", "solutions", "response", "explanation", "a",
        "antwort", "antworten", "musterantwort", "losung", "loesung", "losungen", "reponse", "reponses",
        "reponse attendue", "corrige", "respuesta", "respuestas", "respuesta esperada", "solucion", "back",
    ),
    "category": (
        "category", "categories", "topic", "topics", "section", "area", "subject", "theme", "group", "module",
        "chapter", "question category", "category name", "domain", "kategorie", "thema", "themen", "bereich",
        "categorie", "themes", "sujet", "categoria", "tema", "temas",
    ),
    "follow_ups": (
        "follow ups", "follow up", "followups", "followup", "follow up questions", "follow up question",
        "followup questions", "probes", "probe", "probing questions", "sub questions", "subquestions",
        "nachfrage", "nachfragen", "anschlussfragen", "relance", "relances", "questions de suivi", "repregunta",
        "repreguntas", "preguntas de seguimiento",
    ),
    "difficulty": (
        "difficulty", "difficulty level", "level", "complexity", "seniority", "experience level", "hardness",
        "schwierigkeit", "schwierigkeitsgrad", "difficulte", "niveau", "niveau de difficulte", "dificultad", "nivel",
        "nivel de dificultad",
    ),
    "competency": (
        "competency", "competence", "competencies", "skill", "skill tested", "skills", "kompetenz", "competencia",
    ),
    "minutes": (
        "minutes", "mins", "min", "time", "duration", "time min", "time minutes", "minutes to answer", "minuten",
        "dauer", "duree", "minutos", "duracion",
    ),
    "tags": ("tags", "tag", "labels", "label", "keywords"),
    "strong": ("strong", "strong answer", "strong answers", "signs of a strong answer", "green flags", "good answer"),
    "weak": ("weak", "weak answer", "weak answers", "signs of a weak answer", "red flags", "bad answer"),
    "source": ("source", "sources", "reference", "references", "url", "link", "source url"),
    "key": ("key", "slug"),
    "anchors": ("anchors", "levels"),
    "state": ("state", "status"),
}  # fmt: skip
LISTS = frozenset({"follow_ups", "tags", "strong", "weak", "anchors"})
WITHOUT_USE = frozenset({"id", "line", "no", "nr", "number", "index", "num", "row"})  # columns that only count
SAMPLE = 200  # rows that a guess looks at
FEWEST_WORDS = 6  # of the cells of a column, on average, that is guessed to hold answers beside named columns


def field_named(heading: str) -> tuple[str, int] | None:
    """The field that a heading names, and how well (0 is best)."""
    name = plain_name(heading)
    best: tuple[str, int] | None = None
    for field, names in NAMES.items():
        if name in names and (best is None or names.index(name) < best[1]):
            best = field, names.index(name)
    return best


def plain_name(heading: str) -> str:
    """`followUpQuestions`, `Follow-up questions` and `FOLLOW_UP_QUESTIONS:` are one name.

    Accents do not count: `Réponse` is `reponse`.
    """
    parted = unicodedata.normalize("NFKD", heading)
    bare = "".join(each for each in parted if not unicodedata.combining(each))
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    return re.sub(r"[\W_]+", " ", re.sub(r"\(.*?\)", "", spaced)).strip().lower()


def guessed(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """Fields by the names of the headings; prompt, answer, category and difficulty else by what the cells hold."""
    fields: dict[str, str] = {}
    quality: dict[str, int] = {}
    for heading in headings:
        named = field_named(heading)
        if named and named[1] < quality.get(named[0], 1000):
            fields[named[0]], quality[named[0]] = heading, named[1]
    sample = rows[:SAMPLE]
    free = [at for at, heading in enumerate(headings) if heading not in fields.values()]
    cells = {at: [row[at].strip() for row in sample if at < len(row) and row[at].strip()] for at in free}
    if "prompt" not in fields:
        _by_content(fields, headings, cells, "prompt")
    if "difficulty" not in fields:
        _by_content(fields, headings, cells, "difficulty")
    if "answer" not in fields and not any(heading for heading in headings if field_named(heading)):
        _by_content(fields, headings, cells, "answer")
        _by_content(fields, headings, cells, "category")
    elif "answer" not in fields and "prompt" in fields:
        _by_content(fields, headings, cells, "answer", _length_of_texts)
    return Columns(tuple(headings), fields)


def confirmed(headings: Sequence[str], columns: Mapping[str, str]) -> Columns | None:
    """The fields as a person set them; None when a heading is not in this table. An empty heading means no column."""
    fields = {field: heading for field, heading in columns.items() if heading and field in NAMES}
    return Columns(tuple(headings), fields) if set(fields.values()) <= set(headings) else None


def _by_content(
    fields: dict[str, str],
    headings: Sequence[str],
    cells: dict[int, list[str]],
    field: str,
    score: Callable[[Sequence[str]], float] | None = None,
) -> None:
    score = score or SCORES[field]
    scores = {at: score(texts) for at, texts in cells.items() if texts and headings[at] not in fields.values()}
    if not scores:
        return
    best = max(scores, key=lambda at: scores[at])
    if scores[best] > 0:
        fields[field] = headings[best]


def _share_asking(texts: Sequence[str]) -> float:
    share = sum(ends_asking(text) or asks(text) for text in texts) / len(texts)
    return share if share >= 0.5 else 0


def _share_of_levels(texts: Sequence[str]) -> float:
    share = sum(len(text) <= 30 and level_of(text) is not None for text in texts) / len(texts)
    return share if share >= 0.8 and not all(text.isdigit() for text in texts) else 0


def _length(texts: Sequence[str]) -> float:
    return max(sum(map(len, texts)) / len(texts) - 20, 0)


def _length_of_texts(texts: Sequence[str]) -> float:
    """The length of running texts that do not ask; 0 where there are only names, links or notes."""
    words = sum(len(text.split()) for text in texts) / len(texts)
    asking = sum(map(ends_asking, texts)) / len(texts)
    return _length(texts) if words >= FEWEST_WORDS and asking < 0.5 else 0


def _repetition(texts: Sequence[str]) -> float:
    if max(map(len, texts)) > 60 or len(texts) < 4 or all(text.isdigit() for text in texts):
        return 0
    share = 1 - len(set(texts)) / len(texts)
    return share if share >= 0.5 else 0


SCORES = {"prompt": _share_asking, "difficulty": _share_of_levels, "answer": _length, "category": _repetition}
