"""A file that a command writes: there in whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from panel.errors import InputError


def refuse_to_replace(file: Path, *, force: bool) -> None:
    """Raises InputError where the file is there and nobody said to write over it."""
    if file.exists() and not force:
        raise InputError(f"{file} is there already. Name another file, or add --force to write over it.")


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Written beside the file and put in its place when it is complete. Raises InputError where that cannot be."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as out:
            yield out
        part.replace(file)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}. Name another file.") from error
    finally:
        part.unlink(missing_ok=True)
