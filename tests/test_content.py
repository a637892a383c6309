"""The shipped question bank and rubrics are whole, and a file that is not says where."""

import re
from pathlib import Path

import pytest

from panel.content import Content, read_content, read_question_file, read_rubric_file
from panel.domain.questions import DIFFICULTIES, Question
from panel.errors import ContentError
from panel.settings import ROOT
from tests.factories import a_question, a_rubric, question_file, toml, write_content

SHIPPED = read_content(ROOT)
QUESTIONS = {each.key: each for file in SHIPPED.question_files for each in file.questions}
COMPETENCIES = {
    "Technical depth", "Problem solving", "Explanation", "Practical experience", "Data sense",
    "Learning and curiosity", "Collaboration", "Honesty about limits",
}  # fmt: skip
HTML = re.compile(r"</?[a-zA-Z][^>\n]*>|&[a-z]+;|&#\d+;")


def about(words: str, *, within: str = "") -> list[str]:
    """Keys of the questions whose prompt or tags hold every word, within a category if named."""
    return [
        question.key
        for file in SHIPPED.question_files
        for question in file.questions
        if within in {"", file.category.name}
        and all(word in f"{question.prompt} {' '.join(question.tags)}".casefold() for word in words.split())
    ]


def texts(question: Question) -> list[str]:
    return [question.prompt, question.answer, *question.probes, *question.strong, *question.weak, question.source]


class TestTheShippedBank:
    def test_every_file_is_read_without_an_error(self) -> None:
        assert SHIPPED.errors == ()
        assert len(SHIPPED.question_files) == len(list((ROOT / "question_bank").glob("*.toml")))
        assert len(SHIPPED.rubrics) == len(list((ROOT / "rubrics").glob("*.toml")))

    def test_the_articles_categories_come_first_in_its_order(self) -> None:
        assert [each.category.name for each in SHIPPED.question_files] == [
            "General", "Technical", "Algorithms and models", "Behavioral",
        ]  # fmt: skip

    def test_there_are_sixty_questions_and_some_in_every_category(self) -> None:
        assert len(QUESTIONS) >= 60
        assert all(len(each.questions) >= 10 for each in SHIPPED.question_files)

    @pytest.mark.parametrize(
        ("category", "words"),
        [
            ("General", "interests machine learning"),
            ("General", "programming languages"),
            ("General", "experience data analysis visualisation"),
            ("General", "keep up developments machine learning"),
            ("Technical", "backpropagation"),
            ("Technical", "l1 l2"),
            ("Technical", "decision tree"),
            ("Technical", "classification regression"),
            ("Algorithms and models", "k-nearest neighbours"),
            ("Algorithms and models", "support vector machine"),
            ("Algorithms and models", "convolutional neural network"),
            ("Algorithms and models", "random forest"),
        ],
    )
    def test_every_question_of_the_article_stands_in_its_category(self, category: str, words: str) -> None:
        assert about(words, within=category)

    @pytest.mark.parametrize(
        "words",
        [
            "supervised unsupervised reinforcement",
            "reinforcement learning work",
            "differ conventional programming",
            "real application",
            "bias variance",
            "missing data",
            "cross-validation",
            "churn tree decision trees interpretation",
            "k-means hierarchical clustering",
        ],
    )
    def test_every_topic_of_the_articles_tips_is_asked(self, words: str) -> None:
        assert about(words)

    def test_what_the_article_says_of_not_knowing_is_asked(self) -> None:
        assert about("i don't know")

    def test_every_competency_has_a_rubric_and_every_rubric_a_question(self) -> None:
        assert {each.competency for each in SHIPPED.rubrics} == COMPETENCIES
        assert {each.competency for each in QUESTIONS.values()} == COMPETENCIES
        assert len(SHIPPED.rubrics) == len(COMPETENCIES)

    @pytest.mark.parametrize("rubric", SHIPPED.rubrics, ids=lambda each: each.key)
    def test_a_rubric_has_five_levels_each_with_a_behaviour_of_its_own(self, rubric) -> None:  # type: ignore[no-untyped-def]
        assert list(rubric.levels) == [1, 2, 3, 4, 5]
        assert len({each.text.casefold() for each in rubric.anchors}) == 5
        assert len({each.label.casefold() for each in rubric.anchors}) == 5
        assert all(len(each.text.split()) >= 8 for each in rubric.anchors)

    def test_no_two_anchors_anywhere_are_the_same(self) -> None:
        anchors = [each.text.casefold() for rubric in SHIPPED.rubrics for each in rubric.anchors]
        assert len(set(anchors)) == len(anchors) == 40

    @pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda each: each.key)
    def test_a_question_helps_an_interviewer_from_another_field(self, question: Question) -> None:
        assert len(question.answer.split()) >= 80
        assert len(set(question.probes)) == len(question.probes) >= 2
        assert len(question.strong) >= 2
        assert len(question.weak) >= 2
        assert set(question.strong).isdisjoint(question.weak)
        assert question.tags
        assert question.source

    @pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda each: each.key)
    def test_texts_hold_no_html(self, question: Question) -> None:
        assert [found[0] for each in texts(question) if (found := HTML.search(each))] == []

    def test_rubrics_hold_no_html(self) -> None:
        assert [each.key for each in SHIPPED.rubrics if HTML.search(each.model_dump_json())] == []

    def test_no_prompt_is_asked_twice_and_every_difficulty_is_there(self) -> None:
        prompts = [each.prompt.casefold() for each in QUESTIONS.values()]
        assert len(set(prompts)) == len(prompts)
        assert {each.difficulty for each in QUESTIONS.values()} == set(DIFFICULTIES)


def write(folder: Path, text: str | bytes, place: str = "question_bank") -> Path:
    path = folder / place / "broken.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


GOOD = question_file(a_question("why-ask"), a_question("how-come"))


class TestErrors:
    """Each error names file, question and field."""

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (
                GOOD.replace("minutes = 5\n", "", 1),
                "question_bank/broken.toml: question 1 (why-ask), field minutes: is missing; add it.",
            ),
            (
                GOOD + "minuts = 5\n",
                "question_bank/broken.toml: question 2 (how-come), field minuts: is not a known field; "
                "check its spelling or remove it.",
            ),
            (
                GOOD.replace("minutes = 5", 'minutes = "soon"', 1),
                "question_bank/broken.toml: question 1 (why-ask), field minutes: Input should be a valid integer, "
                "unable to parse string as an integer.",
            ),
            (
                GOOD.replace('answer = "All about why-ask."\n', "", 1).replace('difficulty = "introductory"\n', "", 1),
                "question_bank/broken.toml: question 1 (why-ask): approved questions need a reference answer and a "
                'difficulty; add what is missing, or set state = "draft".',
            ),
            (
                GOOD.replace('"Why?"', '" "', 1),
                "question_bank/broken.toml: question 1 (why-ask), probe 1: String should have at least 1 character.",
            ),
            (
                GOOD.replace('difficulty = "introductory"', 'difficulty = "hard"', 1),
                "question_bank/broken.toml: question 1 (why-ask), field difficulty: Input should be 'introductory', "
                "'intermediate' or 'advanced'.",
            ),
            (
                GOOD.replace("order = 1\n", "order = 1\ncolour = 3\n"),
                "question_bank/broken.toml: category, field colour: is not a known field; "
                "check its spelling or remove it.",
            ),
            (
                GOOD.replace("how-come", "why-ask"),
                "question_bank/broken.toml: the key 'why-ask' is used twice; give each question its own.",
            ),
            (
                GOOD.replace("What is why-ask?", "bell \\u0007"),
                "question_bank/broken.toml: question 1 (why-ask), field prompt: contains a control character; "
                "retype it as plain text.",
            ),
            (
                "",
                "question_bank/broken.toml: field category: is missing; add it.",
            ),
            (
                "questions = 3\n" + question_file(),
                "question_bank/broken.toml: field questions: Input should be a valid tuple.",
            ),
        ],
        ids=[
            "missing",
            "extra",
            "wrong type",
            "approved and not whole",
            "empty probe",
            "unknown difficulty",
            "extra in category",
            "duplicate key",
            "control character",
            "empty file",
            "no list of questions",
        ],
    )
    def test_a_question_file_that_cannot_be_read(self, tmp_path: Path, text: str, sentence: str) -> None:
        with pytest.raises(ContentError) as refusal:
            read_question_file(write(tmp_path, text))
        assert str(refusal.value) == sentence

    def test_every_problem_of_a_file_is_told_at_once(self, tmp_path: Path) -> None:
        text = GOOD.replace("minutes = 5\n", "").replace('source = "written for a test"', "source = 3", 1)
        with pytest.raises(ContentError) as refusal:
            read_question_file(write(tmp_path, text))
        assert str(refusal.value).splitlines() == [
            "question_bank/broken.toml: question 1 (why-ask), field minutes: is missing; add it.",
            "question_bank/broken.toml: question 1 (why-ask), field source: Input should be a valid string.",
            "question_bank/broken.toml: question 2 (how-come), field minutes: is missing; add it.",
        ]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (
                toml(a_rubric(), tables="anchors").replace("level = 3", "level = 4"),
                "rubrics/broken.toml: levels must run 1, 2, 3, … in order without a gap; they are [1, 2, 4, 4, 5].",
            ),
            (
                toml(a_rubric(), tables="anchors").replace('label = "Label 2"\n', ""),
                "rubrics/broken.toml: anchor 2, field label: is missing; add it.",
            ),
            (
                toml(a_rubric(), tables="anchors").replace('label = "Label 2"', 'label = "Label 2"\nlabels = 1'),
                "rubrics/broken.toml: anchor 2 (Label 2), field labels: is not a known field; "
                "check its spelling or remove it.",
            ),
            (
                toml(a_rubric(), tables="anchors").replace("level = 2", "level = true"),
                "rubrics/broken.toml: levels must run 1, 2, 3, … in order without a gap; they are [1, 1, 3, 4, 5].",
            ),
        ],
        ids=["gap", "missing", "extra", "wrong type"],
    )
    def test_a_rubric_file_that_cannot_be_read(self, tmp_path: Path, text: str, sentence: str) -> None:
        with pytest.raises(ContentError) as refusal:
            read_rubric_file(write(tmp_path, text, "rubrics"))
        assert str(refusal.value) == sentence

    def test_broken_toml_says_at_which_line(self, tmp_path: Path) -> None:
        with pytest.raises(ContentError) as refusal:
            read_question_file(write(tmp_path, '[category]\nkey = "general\n'))
        said = r"question_bank/broken\.toml: is not valid TOML: .+ \(at line 2, column \d+\)\."
        assert re.fullmatch(said, str(refusal.value))

    def test_a_file_in_another_encoding_says_so(self, tmp_path: Path) -> None:
        text = GOOD.replace("What is why-ask?", "Wie genügt das?").encode("latin-1")
        with pytest.raises(ContentError) as refusal:
            read_question_file(write(tmp_path, text))
        assert str(refusal.value) == (
            f"question_bank/broken.toml: is not UTF-8 text (byte {text.index(0xFC)}). Save it as UTF-8."
        )

    def test_a_byte_order_mark_as_windows_writes_it_is_no_error(self, tmp_path: Path) -> None:
        read = read_question_file(write(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()))
        assert [each.key for each in read.questions] == ["why-ask", "how-come"]

    def test_a_folder_called_like_a_file_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "question_bank" / "broken.toml").mkdir(parents=True)
        with pytest.raises(ContentError, match=r"^question_bank/broken\.toml: cannot be read: Is a directory\.$"):
            read_question_file(tmp_path / "question_bank" / "broken.toml")


class TestBesideABrokenFile:
    @pytest.mark.parametrize("text", [b"", b"[category", b"\xff\xfe", b"[[questions]]\n"], ids=repr)
    def test_the_others_are_read_and_the_broken_one_is_named(self, tmp_path: Path, text: bytes) -> None:
        rubric = a_rubric()
        write_content(tmp_path, {"good": GOOD}, [rubric])
        write(tmp_path, text)
        write(tmp_path, text, "rubrics")
        found = read_content(tmp_path)
        assert [[each.key for each in file.questions] for file in found.question_files] == [["why-ask", "how-come"]]
        assert [each.rubric() for each in found.rubrics] == [rubric]
        assert [each.partition(":")[0] for each in found.errors] == ["question_bank/broken.toml", "rubrics/broken.toml"]

    def test_a_key_in_two_files_is_told_with_both_and_the_first_counts(self, tmp_path: Path) -> None:
        twin = a_question("why-ask", prompt="The second?")
        write_content(tmp_path, {"a": GOOD, "b": question_file(twin, a_question("other"))}, [a_rubric()])
        write_content(tmp_path, {}, {"z": toml(a_rubric(levels=3), tables="anchors")})
        found = read_content(tmp_path)
        assert [[each.prompt for each in file.questions] for file in found.question_files] == [
            ["What is why-ask?", "What is how-come?"], ["What is other?"],
        ]  # fmt: skip
        assert [each.rubric() for each in found.rubrics] == [a_rubric()]
        assert found.errors == (
            "question_bank/b.toml: the key 'why-ask' stands in question_bank/a.toml already; give this one its own.",
            "rubrics/z.toml: the key 'technical-depth' stands in rubrics/technical-depth.toml already; "
            "give this one its own.",
        )

    def test_a_folder_without_content_is_empty_and_no_error(self, tmp_path: Path) -> None:
        assert read_content(tmp_path / "nowhere") == Content((), (), ())
