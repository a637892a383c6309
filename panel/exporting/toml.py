"""Documents as TOML that a person likes to edit: long texts in lines of their own, empty fields left out."""

from collections.abc import Mapping
from typing import Any

import tomlkit
from pydantic import BaseModel
from tomlkit.container import Container
from tomlkit.items import AoT, Item, Table

from panel.domain.questions import Category, FiledQuestion

SHORT_LIST = 80  # characters that stand in one line


def document_table(document: BaseModel) -> Table:
    """A document's fields in order, those at their default left out; lists of documents become arrays of tables."""
    table = tomlkit.table()
    for name, value in document.model_dump(mode="python", exclude_defaults=True).items():
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
    return tomlkit.item(value)


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


def question_file(category: Category, questions: list[FiledQuestion]) -> str:
    """A whole file of the question bank."""
    document = tomlkit.document()
    document.append("category", document_table(category))
    tables = tomlkit.aot()
    for each in questions:
        tables.append(document_table(each))
    document.append("questions", tables)
    return tomlkit.dumps(document)


def changed_question_file(text: str, category: Category, changed: list[FiledQuestion], gone: set[str]) -> str:
    """A file of the question bank with some questions replaced or added and others taken out; comments and everything
    else stay as they were written."""
    document = tomlkit.parse(text)
    _put_fields(document["category"], category)  # type: ignore[arg-type]
    tables = document["questions"]
    assert isinstance(tables, AoT)
    places = {str(each["key"]): each for each in tables}
    for key in gone & set(places):
        tables.remove(places[key])
    for each in changed:
        if each.key in places:
            _put_fields(places[each.key], each)
        else:
            if len(tables):
                tables[-1].add(tomlkit.nl())
            tables.append(document_table(each))
    return tomlkit.dumps(document)


def changed_document(text: str, document: BaseModel) -> str:
    """A file that holds one document, with its fields brought up to date."""
    parsed = tomlkit.parse(text)
    _put_fields(parsed, document)
    return tomlkit.dumps(parsed)


def _put_fields(table: Container | Table, document: BaseModel) -> None:
    """Write the fields that differ; those that went back to their default are taken out."""
    wanted = document.model_dump(mode="python", exclude_defaults=True)
    for name in [each for each in table if each not in wanted]:
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
