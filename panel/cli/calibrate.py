"""`python -m panel calibrate RATINGS.csv`: every statistic of one table of ratings, without a database."""

import json
import sys
from pathlib import Path
from typing import get_args

import click

from panel.cli.calibrate_json import as_json
from panel.cli.calibrate_text import as_text
from panel.errors import InputError
from panel.importing.ratings import read_ratings_file
from panel.stats.calibration_report import CalibrationReport, Model, calibration_report
from panel.stats.errors import RatingsError
from panel.stats.generalizability import Design
from panel.stats.mixed_model import DEFAULT_TERMS
from panel.stats.rating_scale.joint import Noncenter

DESIGNS = {each.replace(" ", "-"): each for each in get_args(Design)}


@click.command()
@click.argument("ratings", type=click.Path(path_type=Path))
@click.option("--json", "machine", is_flag=True, help="Print JSON in place of text.")
@click.option(
    "--terms", default=",".join(DEFAULT_TERMS), show_default=True, help="Terms of the mixed model, with commas between."
)
@click.option("--model", type=click.Choice(get_args(Model)), default="mixed", show_default=True)
@click.option("--scale", metavar="LOW,HIGH", help="The ends of the scale, such as 1,5; scores outside are refused.")
@click.option("--bootstrap", type=click.IntRange(0, 100_000), default=1000, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--design", type=click.Choice(list(DESIGNS)), help="For the D study: how raters and items will meet.")
@click.option(
    "--noncenter",
    type=click.Choice(get_args(Noncenter)),
    default="rater",
    show_default=True,
    help="For jml: the facet whose mean is not set to 0.",
)
@click.option("--two-stage", is_flag=True, help="For very large files: variances from a tenth of the targets.")
def calibrate(
    ratings: Path, machine: bool, terms: str, model: Model, scale: str | None, bootstrap: int, seed: int,
    design: str | None, noncenter: Noncenter, two_stage: bool,
) -> None:  # fmt: skip
    """How RATINGS.csv, a table with the columns target, rater, item (where there are several) and score, holds up:
    agreement, intraclass correlations, severity and fair averages, and what more raters or items would add."""
    read = read_ratings_file(ratings.name, _bytes_of(ratings))
    try:
        found = calibration_report(
            read.table,
            terms=[each for each in terms.split(",") if each.strip()],
            model=model,
            scale=_scale(scale),
            bootstrap=bootstrap,
            seed=seed,
            design=DESIGNS[design] if design else None,  # type: ignore[arg-type]  # the choices are the designs
            noncenter=noncenter,
            two_stage=two_stage,
            report=_show_progress,
        )
    except RatingsError as error:
        raise InputError(f"{ratings.name}: {error}") from error
    finally:
        _show_progress("", None)
    click.echo(_json_text(found, read.remarks) if machine else as_text(found, read.remarks))


def _json_text(found: CalibrationReport, remarks: tuple[str, ...]) -> str:
    return json.dumps(as_json(found, remarks), indent=2, ensure_ascii=False, allow_nan=False)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder. Name a file of ratings.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


def _scale(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        low, high = (float(each) for each in text.split(","))
    except ValueError:
        raise InputError(f"The scale {text!r} is not two numbers. Write its ends as in --scale 1,5.") from None
    return low, high


def _show_progress(doing: str, share: float | None) -> None:
    """One line on a terminal that is overwritten; nothing where the output goes to a file."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{doing}{'' if share is None else f' ({share:.0%})'}", err=True, nl=False)
