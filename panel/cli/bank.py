"""`python -m panel bank …`: import and export questions, and keep files and database in step."""

import difflib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from panel.actions import bank_commands as commands
from panel.actions.files import Difference
from panel.cli.opening import with_house
from panel.domain.basics import new_id
from panel.domain.questions import QuestionState
from panel.errors import InputError
from panel.exporting.questions import FORMATS, Format
from panel.exporting.toml import document_file
from panel.house import House
from panel.importing.found import FoundQuestion, Reading
from panel.importing.reading import LIMIT, read_document


@click.group()
def bank() -> None:
    """The question bank: import, export, and keep it in step with files."""


@bank.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be brought in; the database is not opened.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--accept-problems", is_flag=True, help="Go on although some passages could not be placed.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=HEADING", help="For tables: which column is what.")
@click.option(
    "--state",
    type=click.Choice(["draft", "in_review", "approved"]),
    default="draft",
    show_default=True,
    help="How questions come in whose state the document does not name; those that lack something stay drafts.",
)
def import_file(
    file: Path, dry_run: bool, as_json: bool, accept_problems: bool, columns: tuple[str, ...], state: QuestionState
) -> None:
    """Bring the questions of FILE into the bank: an article, Markdown, CSV, TSV, XLSX, JSON or TOML.

    The exit code is 0 only if every passage was placed or --accept-problems is given; otherwise nothing is written.
    """
    reading = read_document(file.name, _bytes_of(file), columns=_columns(columns))
    click.echo(_as_json(reading) if as_json else _in_words(reading))
    if reading.problems and not accept_problems:
        raise InputError(
            f"Nothing was written: {_count(len(reading.problems), 'passage')} of {file.name} could not be placed. "
            "Look through them above; "
            "if none of them is a question, repeat the command with --accept-problems."
        )
    if dry_run:
        return

    def store(house: House) -> None:
        for line in commands.import_reading(house, reading, import_id=new_id(), name=file.name, state=state):
            click.echo(line, err=as_json)

    with_house(store)


@bank.command("export")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="toml", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to write; usually the screen.")
def export(form: Format, output: Path | None) -> None:
    """Print the whole bank. TOML and JSON hold everything; CSV opens in a spreadsheet; Markdown is for reading."""

    def write(house: House) -> None:
        data = commands.export_all(house, form)
        if output is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        try:
            output.write_bytes(data)
        except OSError as error:
            raise InputError(f"{output} cannot be written: {error.strerror}. Name another file.") from error
        click.echo(f"Written to {output}.")

    with_house(write)


@bank.command("sync")
@click.option("--take", type=click.Choice(["files", "database"]), help="Apply one side to the other.")
@click.option("--also", "also", multiple=True, metavar="KEY", help="With --take: this one too, whichever is newer.")
@click.option("--diff", "with_lines", is_flag=True, help="Show the lines that differ.")
def sync(take: str | None, also: tuple[str, ...], with_lines: bool) -> None:
    """Show what differs between the files (question_bank/, rubrics/) and the database; with --take, apply one side.

    --take files brings in what is new or newer in the files; --take database writes what is new or newer in the
    database into the files. What changed on both sides is left alone unless it is named with --also. The exit code is
    1 while something differs.
    """
    if also and not take:
        raise click.UsageError("--also goes with --take.")

    def work(house: House) -> None:
        found = commands.sync(house, take=take, also=also)
        for error in found.errors:
            click.echo(error, err=True)
        for each in found.applied:
            click.echo(f"{'taken from the files' if take == 'files' else 'written to the files':22} {_line(each)}")
        for each in found.left:
            click.echo(f"{each.standing:22} {_line(each)}")
            if with_lines:
                click.echo(_lines(each))
        if found.left or found.errors:
            click.get_current_context().exit(1)
        click.echo("Files and database hold the same.")

    with_house(work)


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > LIMIT:
            raise InputError(
                f"{file.name} is {file.stat().st_size / 1e6:,.0f} MB; at most {LIMIT / 1e6:,.0f} MB can be read. "
                "Divide it into smaller files."
            )
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}. Name a file that holds questions.") from error


def _columns(given: tuple[str, ...]) -> dict[str, str] | None:
    pairs = [each.partition("=") for each in given]
    if any(not field or not heading for field, _, heading in pairs):
        raise click.UsageError("Write --column as FIELD=HEADING, such as --column prompt=Question.")
    return {field: heading for field, _, heading in pairs} or None


def _as_json(reading: Reading) -> str:
    document = {
        "questions": [_row(each) for each in reading.questions],
        "problems": [
            {name: value for name, value in asdict(each).items() if name in {"line", "text", "reason"}}
            for each in reading.problems
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _row(each: FoundQuestion) -> dict[str, Any]:
    return {
        "category": each.category,
        "prompt": each.prompt,
        "answer": each.answer,
        "follow_ups": list(each.follow_ups),
        "difficulty": each.difficulty,
        "line": each.line,
    }


def _in_words(reading: Reading) -> str:
    lines = []
    category = None
    for each in reading.questions:
        if each.category != category:
            category = each.category
            lines.append(category or "(no heading)")
        facts = [each.difficulty or "", f"{len(each.answer):,} characters of answer" if each.answer else "no answer"]
        facts += [f"{len(each.follow_ups)} follow-ups"] if each.follow_ups else []
        lines.append(f"  {each.line:>6}  {each.prompt}  [{', '.join(fact for fact in facts if fact)}]")
    if reading.problems:
        lines.append("Not placed:")
        lines += [f"  {each.line:>6}  {_start(each.text)}  [{each.reason}]" for each in reading.problems]
    found, beside = _count(len(reading.questions), "question"), _count(len(reading.problems), "passage")
    lines.append(f"{found} found, {beside} not placed.")
    return "\n".join(lines)


def _count(number: int, one: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {one}s"


def _start(text: str) -> str:
    return " ".join(text.split())[:100]


def _line(each: Difference) -> str:
    told = ""
    if each.stored and each.at:
        told = f" (database: version {each.stored.version} by {each.author}, {each.at:%d %b %Y}: {each.reason})"
    return f"{each.kind} {each.key}: {each.title[:70]}{told}"


def _lines(each: Difference) -> str:
    """The differing lines of both sides, as TOML; - is the database, + the files."""
    before, after = (document_file(side.document).splitlines() if side else [] for side in (each.stored, each.in_files))
    lines = difflib.unified_diff(before, after, "database", "files", lineterm="", n=1)
    return "\n".join(f"    {line}" for line in lines)
