"""The other way of the file sync: what the database holds, written into question_bank/ and rubrics/."""

import os
import tempfile
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
class _FileWork:
    """What is to change in one file of the question bank."""

    category: Category
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
    headings = {each.category.key: each.category for each in reversed(content.question_files)}
    changed = _categories(applied)
    headings = _categories(all_found) | headings | changed
    work: dict[Path, _FileWork] = {}

    def file(path: Path | None, category: str) -> _FileWork:
        if category not in headings:
            raise InputError(f"The category {category} stands in a file that cannot be read. Mend that file first.")
        return work.setdefault(path or root / "question_bank" / f"{category}.toml", _FileWork(headings[category]))

    for key in changed:
        file(content.category_files.get(key), key)
    for each in applied:
        if each.stored and isinstance(each.stored.document, FiledQuestion):
            stays = each.in_files is not None and each.in_files.place == each.stored.place
            home = content.homes[each.key] if stays else content.category_files.get(each.stored.place)
            file(home, each.stored.place).changed.append(each.stored.document)
            if each.in_files and not stays:
                file(content.homes[each.key], each.in_files.place).gone.add(each.key)
    for path, part in work.items():
        _write_category(path, content, part)


def _categories(found: Iterable[Difference]) -> dict[str, Category]:
    """The categories among them as the database holds them, by key."""
    documents = [each.stored.document for each in found if each.stored]
    return {each.key: each for each in documents if isinstance(each, Category)}


def _write_category(path: Path, content: Content, part: _FileWork) -> None:
    if path not in content.category_files.values() and path not in content.homes.values():
        _refuse_new(path, content)
        _write(path, question_file(part.category, part.changed))
        return
    try:
        text = changed_question_file(_text(path), part.category, part.changed, part.gone)
    except InputError as error:
        raise InputError(f"{path.parent.name}/{path.name}: {error}") from error
    _write(path, text)


def _write_rubric(root: Path, content: Content, rubric: FiledRubric) -> None:
    path = content.rubric_files.get(rubric.key)
    if path is None:
        path = root / "rubrics" / f"{rubric.key}.toml"
        _refuse_new(path, content)
        _write(path, document_file(rubric))
    else:
        _write(path, changed_document(_text(path), rubric))


def _refuse_new(path: Path, content: Content) -> None:
    """No new file while one of its folder cannot be read: it may hold the very documents that seem to be missing."""
    broken = [each.partition(":")[0] for each in content.errors if each.startswith(f"{path.parent.name}/")]
    if broken or path.exists():
        name = broken[0] if broken else f"{path.parent.name}/{path.name}"
        raise InputError(f"{name} cannot be read, so nothing is written beside or over it. Mend it first.")


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
