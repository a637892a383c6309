"""`python -m panel export ratings FILE`: the ratings as one table, for a notebook, R or a spreadsheet."""

from datetime import datetime
from pathlib import Path

import click

from panel.actions.take_ratings import write_ratings
from panel.actions.tidy_ratings import Chosen
from panel.cli.opening import with_house
from panel.cli.whole_file import refuse_to_replace, whole_file
from panel.errors import InputError
from panel.exporting.ratings import FORMATS, Format
from panel.house import House

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def export() -> None:
    """Take data out of the database."""


@export.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Usually what the name of FILE ends with.")
@click.option("--role", default="", metavar="NAME", help="Only this role, by name or id.")
@click.option("--plan", default="", metavar="NAME", help="Only this plan, by name or id.")
@click.option("--since", type=DAY, help="Only interviews from this day on (UTC).")
@click.option("--until", type=DAY, help="Only interviews up to this day (UTC).")
@click.option(
    "--as", "email", default="", metavar="EMAIL", help="What this person may see, in place of what is settled."
)
@click.option("--force", is_flag=True, help="Write over FILE if it is there.")
def ratings(
    file: Path, form: Format | None, role: str, plan: str, since: datetime | None, until: datetime | None, email: str,
    force: bool,
) -> None:  # fmt: skip
    """Write one row for each rating to FILE, which ends with .parquet, .csv or .xlsx.

    Without --as it holds the candidates and rounds for which nobody owes a scorecard any more. docs/data.md explains
    the columns. Stop the app first where the database is a file.
    """
    form = form or _form_of(file)
    refuse_to_replace(file, force=force)
    chosen = Chosen(since=since.date() if since else None, until=until.date() if until else None)

    def write(house: House) -> None:
        rows = 0
        with whole_file(file) as out:
            rows = write_ratings(
                house.team, out, form=form, chosen=chosen, of_role=role, of_plan=plan, email=email
            )  # fmt: skip
        click.echo(f"{rows:,} rating{'' if rows == 1 else 's'} written to {file}.")

    with_house(write)


def _form_of(file: Path) -> Format:
    for form in FORMATS:
        if file.suffix.lower() == f".{form}":
            return form
    raise InputError(f"How to write {file.name} is not clear from its name. Add --format parquet, csv or xlsx.")
