"""`python -m panel assemble`: the best question set for all interviewers of a plan, without a database."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from panel.assembly import Answer, SpecError, assemble
from panel.cli.assemble_text import as_text
from panel.errors import InputError
from panel.importing.assembly_bank import read_assembly_bank
from panel.importing.assembly_spec import SpecFile

BAD_INPUT = 2


@click.command("assemble")
@click.option("--bank", type=click.Path(path_type=Path), required=True, help="Questions to choose from, as CSV.")
@click.option("--spec", type=click.Path(path_type=Path), required=True, help="Constraints and objective, as TOML.")
@click.option("--json", "machine", is_flag=True, help="Print JSON in place of text.")
def assemble_command(bank: Path, spec: Path, machine: bool) -> None:
    """Choose the questions of all interviewers at once, or say which constraints to relax where nothing fits.

    docs/assembly.md describes both files and gives the formulas.
    """
    try:
        items = read_assembly_bank(bank.name, _bytes_of(bank))
        file = SpecFile(spec.name, _bytes_of(spec))
        try:
            with _quiet_solver():
                answer = assemble(items, file.spec, report=_show_progress)
        except SpecError as error:
            raise file.placed(error) from error
        finally:
            _show_progress("")
    except InputError as error:
        click.echo(str(error), err=True)
        click.get_current_context().exit(BAD_INPUT)
    text = json.dumps(as_json(answer), indent=2, ensure_ascii=False, allow_nan=False)
    click.echo(text if machine else as_text(answer, items, file.spec))


def as_json(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status,
        "objective": answer.objective,
        "bound": answer.bound,
        "gap": answer.gap,
        "seconds": round(answer.seconds, 3),
        "assignment": {who: list(ids) for who, ids in answer.assignment.items()},
        "binding": list(answer.binding),
        "relax": list(answer.relax),
        "relax_changes": [
            {"constraint": list(each.path), "side": each.side, "from": each.bound, "to": each.to}
            for each in answer.relaxations
        ],
        "relax_fewest_proven": answer.fewest,
        "remarks": list(answer.remarks),
    }


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder. Name a file.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


@contextmanager
def _quiet_solver() -> Iterator[None]:
    """HiGHS now and then prints a line of its own below Python's output, where it would spoil the JSON."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _show_progress(doing: str) -> None:
    """One line on a terminal that is overwritten; nothing where the output goes to a file."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{doing}", err=True, nl=False)
