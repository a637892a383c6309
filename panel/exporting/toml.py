"""Documents as TOML that a person likes to edit: long texts in lines of their own, empty fields left out."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import tomlkit
from pydantic import BaseModel
from tomlkit.container import Container
from tomlkit.items import Item, Table

from panel.domain.questions import Category, FiledQuestion
from panel.errors import InputError
from panel.exporting.toml_blocks import Block, blocks_of

SHORT_LIST = 80  # characters that stand in one line


def document_table(document: BaseModel, *, always: Collection[str] = ()) -> Table:
    """A document's fields in order, those at their default left out except `always`; lists of documents become arrays
    of tables."""
    said = document.model_dump(exclude_defaults=True)
    table = tomlkit.table()
    for name, value in document.model_dump().items():
        if name in said or name in always:
            table.append(name, _item(value))
    return table


def _item(value: Any) -> Item:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, tuple | list) and value and isinstance(value[0], Mapping):
        tables = tomlkit.aot()
        for each in value:
            tables.append(_table(each))
        return tables
    if isinstance(value, tuple | list):
        return _array([_item(each) for each in value])
    if isinstance(value, Mapping):
        return _table(value)
    item: Item = tomlkit.item(value)
    return item


def _table(fields: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for name, value in fields.items():
        if value is not None:
            table.append(name, _item(value))
    return table


def _array(items: list[Item]) -> Item:
    array = tomlkit.array()
    if len(items) < 2 or sum(len(item.as_string()) for item in items) <= SHORT_LIST:
        array.extend(items)
        return array
    for each in items:
        array.add_line(each, indent="  ")
    array.add_line(indent="")
    return array


def _string(text: str) -> Item:
    """Text of several lines as a literal between three quotes, where TOML can hold it unchanged."""
    if "\n" in text and "'''" not in text and not text.endswith("'"):
        return tomlkit.string(f"{text}\n", literal=True, multiline=True)
    return tomlkit.string(text)


def document_file(document: BaseModel) -> str:
    """A file that holds one document."""
    parsed = tomlkit.document()
    for name, item in document_table(document).items():
        parsed.append(name, item)
    return tomlkit.dumps(parsed)


def question_file(category: Category, questions: Iterable[FiledQuestion]) -> str:
    """A whole file of the question bank."""
    document = tomlkit.document()
    document.append("category", document_table(category))
    return "\n".join([tomlkit.dumps(document), *map(_question_block, questions)])


def changed_question_file(text: str, category: Category, changed: list[FiledQuestion], gone: set[str]) -> str:
    """A file of the question bank with some questions replaced or added and others taken out; comments and everything
    else stay as they were written. Raises InputError for a file that lists its questions in another way."""
    blocks = blocks_of(text)
    known = {each.key for each in blocks if each.key}
    if len(known) != len(tomllib.loads(text).get("questions", ())):
        raise InputError(
            f"The file of {category.name} does not write each question under [[questions]], so it cannot be changed "
            "here. Rewrite it that way, or change it by hand."
        )
    ends = "\r\n" if "\r\n" in text else "\n"
    kept = [
        _left_of(each) if each.key in gone and each.key else _kept_block(each, category, changed, ends)
        for each in blocks
    ]
    new = [_with_ends(f"\n{_question_block(each)}", ends) for each in changed if each.key not in known]
    before = "".join(kept)
    return before.rstrip("\r\n") + ends + "".join(new) if new else before


def _kept_block(block: Block, category: Category, changed: list[FiledQuestion], ends: str) -> str:
    """One piece of a file, brought up to date with the heading and the question that stand in it."""
    document = tomlkit.parse(block.text)
    before = document.as_string()
    if "category" in document:
        _put_fields(document["category"], category)  # type: ignore[arg-type]
    for each in changed:
        if each.key == block.key:
            _put_fields(document["questions"][0], each)  # type: ignore[index, arg-type]
    after = document.as_string()
    return block.whole if after == before else _with_ends(after, ends) + block.tail


def _left_of(block: Block) -> str:
    """What stays of a question that goes: the comments behind it."""
    return block.tail if block.tail.strip() else ""


def _with_ends(text: str, ends: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", ends)


def _question_block(question: FiledQuestion) -> str:
    document = tomlkit.document()
    tables = tomlkit.aot()
    tables.append(document_table(question))
    document.append("questions", tables)
    return tomlkit.dumps(document)


def changed_document(text: str, document: BaseModel) -> str:
    """A file that holds one document, with its fields brought up to date."""
    parsed = tomlkit.parse(text)
    _put_fields(parsed, document)
    return tomlkit.dumps(parsed)


def _put_fields(table: Container | Table, document: BaseModel) -> None:
    """Write the fields that differ; those that went back to their default are taken out."""
    wanted, everything = document.model_dump(exclude_defaults=True), document.model_dump()
    for name in [each for each in table if each not in wanted]:
        if not _same(table[name], everything.get(name)):
            table.remove(name)
    for name, value in wanted.items():
        if name in table and _same(table[name], value):
            continue
        table[name] = _item(value)


def _same(written: Any, value: Any) -> bool:
    plain = written.unwrap() if hasattr(written, "unwrap") else written
    if isinstance(plain, str) and isinstance(value, str):
        return plain.strip() == value
    if isinstance(plain, list) and isinstance(value, tuple | list):
        return len(plain) == len(value) and all(map(_same, plain, value))
    if isinstance(plain, dict) and isinstance(value, Mapping):
        given = {name: each for name, each in value.items() if each is not None}
        return plain.keys() == given.keys() and all(_same(plain[name], given[name]) for name in given)
    return bool(plain == value)
