"""Where in its source a parsed text stands. Parsers of JSON and TOML do not say, so texts are looked up in order."""

import json


class SourceLines:
    """Finds texts in the order in which they stand. `now` is the line of the last one found, from 1."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self.now = 1

    def of(self, text: str | None) -> int:
        """The line of this text, from the last one found onwards; the last line found when it is not there."""
        if not text:
            return self.now
        first = text.strip().split("\n", 1)[0]
        for written in dict.fromkeys((json.dumps(first)[1:-1], json.dumps(first, ensure_ascii=False)[1:-1], first)):
            at = self._source.find(written, self._position)
            if at >= 0:
                self.now += self._source.count("\n", self._position, at)
                self._position = at + len(written)
                return self.now
        return self.now
