"""One thread for the matrix library while something is fitted.

On a machine whose cores are taken, threads of the library that wait for each other make a fit many times slower than
one thread is: 70 s in place of 13 s for a mixed model of a million ratings, measured on two busy cores.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

Given = ParamSpec("Given")
Found = TypeVar("Found")


def one_thread(work: Callable[Given, Found]) -> Callable[Given, Found]:
    """`work`, during which the matrix library uses one thread."""

    @wraps(work)
    def limited(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        with threadpool_limits(limits=1, user_api="blas"):
            return work(*args, **kwargs)

    return limited
