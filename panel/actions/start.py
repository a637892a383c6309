"""What happens once when a process opens the house."""

from panel.actions.files import seed_when_empty
from panel.house import House


def prepare(house: House) -> None:
    """Fill new databases with the files of the question bank and the rubrics."""
    seed_when_empty(house.team)
    if house.demo:
        seed_when_empty(house.demo)
