"""`python -m panel`."""

from panel.cli import main

main(prog_name="python -m panel")
