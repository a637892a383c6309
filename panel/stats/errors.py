"""What can be wrong with a table of ratings; each text is written for the person who supplied the table."""


class RatingsError(ValueError):
    """The ratings, or what was asked of them, cannot be used."""


class MissingColumns(RatingsError):
    """A column that every calculation needs is absent."""


class MissingLabels(RatingsError):
    """A rating does not say its target, rater or item."""


class NoRatings(RatingsError):
    """No row carries a score."""


class NotANumber(RatingsError):
    """A score is text, or anything else that is not a number."""


class InfiniteScore(RatingsError):
    """A score is plus or minus infinity."""


class DuplicateRatings(RatingsError):
    """One rater scored one item of one target more than once."""


class SeveralItems(RatingsError):
    """One score per target and rater is needed, and there are several items."""


class DifferentItems(RatingsError):
    """Means over items were asked for, and the raters of a target scored different items."""


class ScoreOffScale(RatingsError):
    """A score does not belong to the scale that was named."""


class BadOption(RatingsError):
    """An argument other than the ratings makes no sense."""


class NotATime(RatingsError):
    """A rating's time cannot be read as a date."""
