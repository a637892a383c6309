"""What is left of the time that an answer may take."""

from time import perf_counter


class Clock:
    def __init__(self, seconds: float) -> None:
        self.start = perf_counter()
        self.limit = seconds

    @property
    def spent(self) -> float:
        return perf_counter() - self.start

    @property
    def left(self) -> float:
        return self.limit - self.spent
