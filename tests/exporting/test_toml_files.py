"""Files of the question bank that a person wrote and the program changes: what is not changed stays as it stands."""

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.domain.questions import FiledQuestion, QuestionFile
from panel.errors import InputError
from panel.exporting.toml import changed_question_file, question_file
from tests.banks import KEYS, questions, standing
from tests.factories import GENERAL, a_filed_question

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def read(text: str) -> QuestionFile:
    return QuestionFile.model_validate(tomllib.loads(text))


def block(each: FiledQuestion) -> str:
    """A question as a person keeps it in a file: with a comment before it and one within."""
    _, _, body = question_file(GENERAL, [each]).partition("[[questions]]\n")
    first, _, rest = body.partition("\n")
    return f"# About {each.key}: asked since May.\n[[questions]]\n{first} # its name\n{rest}"


def written(blocks: list[str]) -> str:
    heading = '# Kept by hand.\n[category]\nkey = "general"\nname = "General" # as on the page\norder = 1\n'
    return heading + f'about = "{GENERAL.about}"\n' + "".join(f"\n{each}" for each in blocks) + "\n# The end.\n"


@st.composite
def filed(draw: st.DrawFn, key: str) -> FiledQuestion:
    stored = draw(standing(draw(questions(st.just(key))), GENERAL))
    return FiledQuestion.model_validate(stored.filed().model_dump())


@SLOW
@given(data=st.data(), keys=st.lists(KEYS, min_size=1, max_size=4, unique=True))
def test_comments_and_untouched_questions_stay_byte_for_byte(data: st.DataObject, keys: list[str]) -> None:
    before = {key: data.draw(filed(key)) for key in keys}
    blocks = {key: block(each) for key, each in before.items()}
    text = written(list(blocks.values()))
    fates = {key: data.draw(st.sampled_from(("stays", "stays", "changes", "goes"))) for key in keys}
    changed = [data.draw(filed(key)) for key, fate in fates.items() if fate == "changes"]
    added = [data.draw(filed(key)) for key in data.draw(st.lists(KEYS, max_size=2, unique=True)) if key not in keys]

    result = changed_question_file(
        text, GENERAL, [*changed, *added], {key for key, fate in fates.items() if fate == "goes"}
    )

    wanted = before | {each.key: each for each in changed}
    stayed = [each for key, each in wanted.items() if fates[key] != "goes"]
    assert read(result) == QuestionFile(category=GENERAL, questions=(*stayed, *added))
    assert result.startswith(text[: text.index("\n# About ")])
    assert [key for key, fate in fates.items() if fate == "stays" and blocks[key] not in result] == []
    kept = [key for key, fate in fates.items() if fate != "goes"]
    assert [key for key in kept if f"# About {key}: asked since May.\n[[questions]]\n" not in result] == []
    assert "# The end." in result


WHY, HOW = a_filed_question("why-ask"), a_filed_question("how-come")


@pytest.mark.parametrize(
    "answer",
    ["Write:\n[[questions]]\nkey = 1", "Ends with\n# a line like a comment", "[[questions]]\n'''\n[[questions]]"],
    ids=["a header", "a comment", "quotes"],
)
def test_an_answer_that_looks_like_the_file_does_not_confuse(answer: str) -> None:
    tricky = a_filed_question("tricky", answer=answer)
    text = written([block(each) for each in (WHY, tricky, HOW)])
    result = changed_question_file(text, GENERAL, [a_filed_question("how-come", minutes=9)], {"why-ask"})
    head, _, rest = text.partition(block(WHY) + "\n")
    before, _, after = rest.rpartition("minutes = 5")
    assert result == f"{head}{before}minutes = 9{after}"


def test_the_last_question_may_go_and_another_come() -> None:
    text = written([block(WHY)])
    empty = changed_question_file(text, GENERAL, [], {"why-ask"})
    assert empty == written([]).replace("\n\n# The end.", "\n\n\n# The end.")
    assert read(empty) == QuestionFile(category=GENERAL)
    assert read(changed_question_file(empty, GENERAL, [HOW], set())) == QuestionFile(category=GENERAL, questions=(HOW,))


def test_a_heading_that_changed_is_written_beside_its_comments() -> None:
    renamed = GENERAL.model_copy(update={"name": "Everyday", "about": ""})
    text = written([block(WHY)])
    assert changed_question_file(text, renamed, [], set()) == text.replace('"General" # as', '"Everyday" # as').replace(
        f'about = "{GENERAL.about}"\n', ""
    )


def test_line_ends_of_a_file_stay() -> None:
    text = written([block(WHY), block(HOW)]).replace("\n", "\r\n")
    added = [a_filed_question("how-come", minutes=9), a_filed_question("new", answer="two\nlines")]
    result = changed_question_file(text, GENERAL, added, set())
    assert result.count("\n") == result.count("\r\n")
    assert read(result) == QuestionFile(category=GENERAL, questions=(WHY, *added))


@pytest.mark.parametrize("text", ['questions = [{key = "why-ask"}]\n[category]\nkey = "general"\n'])
def test_a_file_that_lists_its_questions_in_brackets_is_left_alone(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        changed_question_file(text, GENERAL, [WHY], set())
    assert str(refusal.value) == (
        "The file of General does not write each question under [[questions]], so it cannot be changed here. "
        "Rewrite it that way, or change it by hand."
    )


def test_a_whole_file_is_read_back_as_the_files_are() -> None:
    assert read(question_file(GENERAL, [WHY, HOW])) == QuestionFile(category=GENERAL, questions=(WHY, HOW))
    assert read(question_file(GENERAL, [])) == QuestionFile(category=GENERAL)
