"""Every error that a person may read. Its text is the contract: what happened, and what to do next."""


class PanelError(Exception):
    """Root of all errors whose text is shown to a person as it stands."""


class ContentError(PanelError):
    """A hand-written file (question bank, rubric) cannot be read; the text names file, entry and field."""


class InputError(PanelError):
    """What a person entered cannot be used as it is."""


class NotAllowed(PanelError):
    """The person's access level, or the rule of blindness, does not permit this."""


class NotFound(PanelError):
    """The thing asked for does not exist, or the person may not know that it does."""


class Stale(PanelError):
    """Somebody (often the same person in another tab) changed the thing first."""


class Sealed(PanelError):
    """A submitted scorecard or a published plan version was asked to change."""


class TooManyAttempts(PanelError):
    """Sign-in is slowed down after repeated failures."""


class StorageError(PanelError):
    """The database cannot be opened or used; the text names it and says what to do."""


class MailError(PanelError):
    """A mail was not sent; the text says where it was refused, and never holds a password."""


class MailServerUnreachable(MailError):
    """No mail can be sent at present: the mail server does not answer, or does not let this program in."""
