"""Which side of a document changed since files and database agreed."""

import pytest

from panel.domain.filing import Standing, digest, standing
from panel.domain.questions import Leak
from tests.factories import GENERAL, a_filed_question, a_question


@pytest.mark.parametrize(
    ("in_files", "stored", "agreed", "how"),
    [
        ("a", "a", None, "same"), ("a", "a", "b", "same"), (None, None, "a", "same"),
        ("a", None, None, "only in files"), ("a", None, "a", "only in files"),
        (None, "a", None, "only in database"), (None, "a", "a", "only in database"),
        ("b", "a", "a", "files newer"), ("a", "b", "a", "database newer"),
        ("b", "c", "a", "both changed"), ("a", "b", None, "both changed"),
    ],
)  # fmt: skip
def test_how_a_document_stands(in_files: str | None, stored: str | None, agreed: str | None, how: Standing) -> None:
    assert standing(in_files, stored, agreed) == how


def test_a_digest_names_what_a_document_says_and_where_it_stands() -> None:
    one = a_filed_question()
    others = [
        digest(one, "general"), digest(one, "technical"), digest(a_filed_question(minutes=6), "general"),
        digest(a_filed_question(state="retired"), "general"),
        digest(a_filed_question(leaked=Leak.model_validate({"on": "2026-03-01", "reason": "x"})), "general"),
        digest(a_filed_question(probes=()), "general"), digest(GENERAL),
    ]  # fmt: skip
    assert len(set(others)) == len(others)
    assert digest(a_filed_question(), "general") == others[0]


def test_a_field_at_its_default_changes_no_digest() -> None:
    """A later version of the program may add fields; what nobody wrote there is no change."""
    assert digest(a_filed_question(state="approved", leaked=None, tags=())) == digest(a_question())
