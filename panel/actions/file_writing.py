"""The other way of the file sync: what the database holds, written into question_bank/ and rubrics/."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from panel.actions.files import Difference, Mark, Taken, agree, compare
from panel.content import Content, read_content
from panel.domain.questions import Category, FiledQuestion
from panel.domain.rubrics import FiledRubric
from panel.errors import InputError
from panel.exporting.toml import changed_document, changed_question_file, document_file, question_file
from panel.house import Workspace


@dataclass
class _CategoryFile:
    """What is to change in one file of the question bank."""

    changed: list[FiledQuestion] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)


def take_database(workspace: Workspace, *, marks: Collection[Mark]) -> Taken:
    """Write the marked documents of the database into their files. Comments and everything else in a file stay.

    For whoever may run commands on the machine that holds the files. Raises InputError when a file cannot be written.
    """
    root = workspace.settings.content
    content = read_content(root)
    with workspace.database.read() as transaction:
        found = {each.mark: each for each in compare(transaction, content).entries if each.stored}
    wanted = list(dict.fromkeys(marks))
    applied = [found[mark] for mark in wanted if mark in found]
    _write_categories(root, content, applied, found.values())
    for each in applied:
        if each.stored and isinstance(each.stored.document, FiledRubric):
            _write_rubric(root, content, each.stored.document)
    again = read_content(root)
    workspace.database.write(lambda transaction: agree(transaction, again))
    return Taken(tuple(applied), tuple(mark for mark in wanted if mark not in found))


def _write_categories(
    root: Path, content: Content, applied: Iterable[Difference], all_found: Iterable[Difference]
) -> None:
    work: dict[str, _CategoryFile] = defaultdict(_CategoryFile)
    categories = {each.category.key: each.category for each in content.question_files}
    stored = {
        each.key: each.stored.document
        for each in all_found
        if each.stored and isinstance(each.stored.document, Category)
    }
    for each in applied:
        if each.stored and isinstance(each.stored.document, Category):
            categories[each.key] = each.stored.document
            work[each.key]  # its heading changed
        if each.stored and isinstance(each.stored.document, FiledQuestion):
            work[each.stored.place].changed.append(each.stored.document)
            if each.in_files and each.in_files.place != each.stored.place:
                work[each.in_files.place].gone.add(each.key)
    for key, part in work.items():
        category = categories.get(key) or stored.get(key)
        if category is None:
            raise InputError(f"The category {key} stands in a file that cannot be read. Mend that file first.")
        _write_category(root, content, category, part)


def _write_category(root: Path, content: Content, category: Category, part: _CategoryFile) -> None:
    path = content.category_files.get(category.key)
    if path is None:
        if part.changed:
            _write(_new_path(root / "question_bank", category.key), question_file(category, part.changed))
        return
    _write(path, changed_question_file(_text(path), category, part.changed, part.gone))


def _write_rubric(root: Path, content: Content, rubric: FiledRubric) -> None:
    path = content.rubric_files.get(rubric.key)
    if path is None:
        _write(_new_path(root / "rubrics", rubric.key), document_file(rubric))
    else:
        _write(path, changed_document(_text(path), rubric))


def _new_path(folder: Path, key: str) -> Path:
    path = folder / f"{key}.toml"
    if path.exists():
        raise InputError(f"{folder.name}/{path.name} cannot be read, so nothing is written over it. Mend it first.")
    return path


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _write(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interruption leaves the old one whole. Raises InputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", newline="", delete=False) as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        Path(new.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(new.name).replace(path)
    except OSError as error:
        raise InputError(f"{path.parent.name}/{path.name} cannot be written: {error.strerror}.") from error
