"""`python -m panel …`: start the app, look after it, let a locked-out administrator in."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from panel.actions import accounts
from panel.actions.demo_opening import make_demo_team
from panel.actions.doctor import examine, try_mail
from panel.cli.opening import with_house
from panel.errors import PanelError
from panel.house import House
from panel.settings import ROOT, read_settings

WITH_LIBRARIES = {
    "assemble": "assemble_command",
    "bank": "bank",
    "calibrate": "calibrate",
    "export": "export",
    "packet": "packet",
}


class Commands(click.Group):
    """What a person may read is one line on stderr and exit code 1, never a traceback.

    Commands that need libraries of numbers are imported when they are asked for: the others answer in a third of the
    time without.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *WITH_LIBRARIES])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in WITH_LIBRARIES:
            return super().get_command(context, name)
        command: click.Command = getattr(import_module(f"panel.cli.{name}"), WITH_LIBRARIES[name])
        return command

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except PanelError as error:
            click.echo(str(error), err=True)
            context.exit(1)


@click.group(cls=Commands)
def main() -> None:
    """Plan interviews, score candidates live, and see how fairly you score."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; usually 8501.")
@click.option("--address", help="Address to listen on; usually this machine only.")
def serve(port: int | None, address: str | None) -> None:
    """Start the app, as `streamlit run streamlit_app.py` does."""
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py")]
    command += ["--logger.hideWelcomeMessage", "true"]  # the app says itself where it is
    command += ["--server.port", str(port)] if port else []
    command += ["--server.address", address] if address else []
    sys.stdout.flush()
    os.execv(sys.executable, command)


@main.command()
@click.option("--mail-to", metavar="ADDRESS", help="Also send a test mail to this address.")
def doctor(mail_to: str | None) -> None:
    """Say what is set up, what is not, and what to do."""
    settings = read_settings()
    findings = examine(settings)
    findings += [try_mail(settings, mail_to)] if mail_to else []
    for each in findings:
        click.echo(f"{'ok   ' if each.good else 'to do'}  {each.text}")
        if each.advice:
            click.echo(f"       {each.advice}")
    if not all(each.good for each in findings):
        click.get_current_context().exit(1)
    click.echo("Everything is in place.")


@main.command()
@click.option("--remove", is_flag=True, help="Delete the demo team with everything in it.")
def demo(remove: bool) -> None:
    """Make the demo team, kept apart from your own."""
    with_house(_remove_demo if remove else _make_demo, even_if_off=remove)


@main.command("reset-link")
@click.argument("email")
@click.option("--url", default="http://localhost:8501", show_default=True, help="Where people open the app.")
def reset_link(email: str, url: str) -> None:
    """Print a one-time link with which a locked-out administrator sets a new password."""

    def show(house: House) -> None:
        token = accounts.link_for_locked_out_administrator(house.team, email=email)
        hours = int(accounts.LINK_LASTS.total_seconds() // 3600)
        click.echo(f"{url.rstrip('/')}/invite/{token}")
        click.echo(f"It works once, for {hours} hours. Start the app, then open it.", err=True)

    with_house(show)


def _make_demo(house: House) -> None:
    made = make_demo_team(house)
    click.echo(
        "The demo team is ready. Start the app and choose Explore the demo team."
        if made
        else "The demo team is there already."
    )


def _remove_demo(house: House) -> None:
    if house.demo is None:
        click.echo("There is no demo team.")
        return
    house.remove_demo()
    click.echo("The demo team has been removed.")
