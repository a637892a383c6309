"""Hearing in the event loop what the threads of the app tell (see `panel/live.py`)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from panel.domain.live import Happening
from panel.house import Workspace

AT_ONCE = CapacityLimiter(64)  # so many that saves meet in one commit
LOOKS = CapacityLimiter(3)  # so few that what was saved is acknowledged before others are told of it
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


async def beside(work: Callable[Arguments, Result], *values: Arguments.args, **named: Arguments.kwargs) -> Result:
    """Run a database action of an open page beside the event loop."""
    return await to_thread.run_sync(lambda: work(*values, **named), limiter=AT_ONCE)


async def looked(look: Callable[Arguments, Result], *values: Arguments.args, **named: Arguments.kwargs) -> Result:
    """Read how a page stands, beside the event loop."""
    return await to_thread.run_sync(lambda: look(*values, **named), limiter=LOOKS)


@contextlib.asynccontextmanager
async def hearing(
    workspace: Workspace, hear: Callable[[Happening], None], *, concerns: Callable[[Happening], bool] = lambda _: True
) -> AsyncIterator[None]:
    """Call `hear` in the event loop with what happens while the block runs.

    `concerns` is asked first, in the thread that tells, so that an open page costs nothing by what is not for it.
    """
    loop = asyncio.get_running_loop()

    def pass_on(happening: Happening) -> None:
        if concerns(happening):
            with contextlib.suppress(RuntimeError):  # the loop has ended: the server is stopping
                loop.call_soon_threadsafe(hear, happening)

    stop = await beside(workspace.live.listen, pass_on)
    try:
        yield
    finally:
        stop()
