"""`python -m panel packet …`: make a decision packet, and say whether one is unchanged and still true."""

from pathlib import Path

import click

from panel.actions.packet_check import Compared, compare_packet
from panel.actions.packets import make_for_address
from panel.cli.opening import with_house
from panel.cli.whole_file import refuse_to_replace, whole_file
from panel.errors import InputError, PanelError
from panel.exporting.packet import Packet
from panel.exporting.packet_file import MOST_BYTES, check_file
from panel.house import House

GOOD, DIFFERS, UNSETTLED = 0, 1, 2


@click.group()
def packet() -> None:
    """Decision packets: what a decision was made on, as one file that can be checked."""


@packet.command()
@click.argument("file", type=click.Path(path_type=Path))
def verify(file: Path) -> None:
    """Say whether FILE is unchanged, and whether it matches the database as it is now. No rating is printed.

    The exit code is 0 when both hold, 1 when something differs, and 2 when it cannot be told.
    """
    leave = click.get_current_context().exit
    try:
        found = check_file(file.name, _bytes_of(file))
    except InputError as error:
        click.echo(str(error), err=True)
        leave(UNSETTLED)
    click.echo(found.sentence)
    if found.packet is None:
        leave(DIFFERS)
        return
    tells = found.packet
    decided = f"decided {tells.decided_at:%d %b %Y, %H:%M} UTC"
    click.echo(f"It tells of debrief {tells.debrief} of {tells.candidate}, {decided}.")
    click.echo(f"SHA-256 of its content: {found.sha256}")
    try:
        compared = _with_database(found.packet)
    except PanelError as error:
        click.echo(f"It was not compared with the database. {error}", err=True)
        leave(DIFFERS if found.verdict == "changed" else UNSETTLED)
        return
    _tell(compared)
    if found.verdict == "changed" or (compared.known and not compared.matches):
        leave(DIFFERS)
    if found.verdict == "other_maker" or not compared.known:
        leave(UNSETTLED)


@packet.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--candidate", required=True, metavar="EMAIL", help="The candidate's email address, or name.")
@click.option("--as", "address", required=True, metavar="EMAIL", help="Whose access holds: a hiring manager's.")
@click.option("--demo", is_flag=True, help="Of the demo team.")
@click.option("--force", is_flag=True, help="Write over FILE if it is there.")
def make(file: Path, candidate: str, address: str, demo: bool, force: bool) -> None:
    """Write the packet of a candidate's last decided debrief to FILE."""
    refuse_to_replace(file, force=force)

    def write(house: House) -> None:
        workspace = house.demo if demo else house.team
        if workspace is None:
            raise InputError("There is no demo team. Make it with: python -m panel demo")
        made = make_for_address(workspace, address=address, candidate=candidate)
        with whole_file(file) as out:
            out.write(made)
        click.echo(f"Written to {file}.")

    with_house(write)


def _with_database(carried: Packet) -> Compared:
    results: list[Compared] = []

    def compare(house: House) -> None:
        teams = [each for each in (house.team, house.demo) if each is not None]
        results.extend(compare_packet(each, carried) for each in teams)

    with_house(compare)
    return next((each for each in results if each.known), results[0])


def _tell(compared: Compared) -> None:
    if not compared.known:
        click.echo("The database knows no such debrief: the file comes from another one, or was made up.")
    elif compared.matches:
        click.echo("It matches the database.")
    for each in compared.differences:
        click.echo(f"Differs: {each}")
    for each in compared.since:
        click.echo(f"Since then: {each}")


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}. Name a decision packet.") from error
