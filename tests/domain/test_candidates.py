"""What a manager types or pastes, as candidates."""

import pytest

from panel.domain.candidates import NewCandidate, PastedCandidates, read_pasted, tidy_candidate
from panel.errors import InputError

ANA = NewCandidate(name="Ana", email="ana@example.org", about="referred by Tom")
BO = NewCandidate(name="Bo", email="bo@example.org")


@pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("heading", ["", "Name|E-mail|Remark", "full name|e-mail|", "CANDIDATE|x|y"])
def test_any_common_table_is_read(mark: str, end: str, heading: str) -> None:
    lines = ["Ana|ANA@example.org |referred by Tom", "Bo| bo@example.org|"]
    text = end.join(([heading] if heading else []) + lines).replace("|", mark)
    assert read_pasted(text) == PastedCandidates(candidates=(ANA, BO), problems=())


def test_a_byte_order_mark_and_blank_lines_are_no_candidates() -> None:
    text = "\ufeffName,Email,Remark\n\nAna,ana@example.org,referred by Tom\n  ,,\n\nBo,bo@example.org\n\n"
    assert read_pasted(text) == PastedCandidates(candidates=(ANA, BO), problems=())


def test_a_name_called_like_a_heading_counts_below_the_first_line() -> None:
    assert [each.name for each in read_pasted("Bo\nCandidate").candidates] == ["Bo", "Candidate"]


def test_names_alone_are_enough() -> None:
    assert read_pasted("Ana\nBo\n李 小龙") == PastedCandidates(
        candidates=tuple(NewCandidate(name=each) for each in ("Ana", "Bo", "李 小龙")), problems=()
    )


def test_a_remark_may_hold_what_separates_cells() -> None:
    text = 'Ana,ana@example.org,"referred by Tom; said ""maybe"",\nthen yes"\nBo,bo@example.org,likes C, C++ and Go'
    assert [each.about for each in read_pasted(text).candidates] == [
        'referred by Tom; said "maybe",\nthen yes', "likes C C++ and Go",
    ]  # fmt: skip


def test_hostile_text_is_kept_as_text() -> None:
    text = "=cmd()|' /C calc'!A0\t\t<script>alert(1)</script>\n'; DROP TABLE candidate; --\t\t🧪"
    assert read_pasted(text) == PastedCandidates(
        candidates=(
            NewCandidate(name="=cmd()|' /C calc'!A0", about="<script>alert(1)</script>"),
            NewCandidate(name="'; DROP TABLE candidate; --", about="🧪"),
        ),
        problems=(),
    )


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff"])
def test_an_empty_paste_says_what_to_paste(text: str) -> None:
    assert read_pasted(text) == PastedCandidates(
        candidates=(), problems=("Paste at least one line: name, email, remark.",)
    )


def test_a_line_that_cannot_be_used_is_named_and_the_others_stand() -> None:
    ana, bo = "Ana,ana@example.org,referred by Tom", "Bo,bo@example.org"
    lines = (ana, ",zoe@example.org", "Zoe,zoe", "x" * 121, f"Y,,{'x' * 2001}", bo)
    assert read_pasted("\n".join(lines)) == PastedCandidates(
        candidates=(ANA, BO),
        problems=(
            "Line 2: Enter the candidate's name, at most 120 characters, without control characters.",
            "Line 3: zoe is not an email address.",
            "Line 4: Enter the candidate's name, at most 120 characters, without control characters.",
            "Line 5: Keep the remark under 2,000 characters, without control characters.",
        ),
    )


@pytest.mark.parametrize("cell", ["A\x00na,,", "Ana,a\x00na@example.org,", "Ana,,re\x00mark", "Ana\x1b[31m,,"])
def test_control_characters_are_refused_in_every_cell(cell: str) -> None:
    found = read_pasted(f"{cell}\nBo,bo@example.org")
    assert found.candidates == (BO,)
    assert len(found.problems) == 1
    assert found.problems[0].startswith("Line 1: ")
    assert "control character" in found.problems[0]


def test_the_same_person_twice_is_left_out_once() -> None:
    text = "Ana,ana@example.org,referred by Tom\nANA,Ana@Example.org,again\nAna,other@example.org"
    assert read_pasted(text) == PastedCandidates(
        candidates=(ANA, NewCandidate(name="Ana", email="other@example.org")),
        problems=("Line 2: ANA stands here twice; the second is left out.",),
    )


def test_a_thousand_are_read_at_once_and_no_more() -> None:
    lines = [f"Person {number},p{number}@example.org" for number in range(1, 1002)]
    assert len(read_pasted("\n".join(lines[:1000])).candidates) == 1000
    assert read_pasted("\n".join(lines[:1000])).problems == ()
    found = read_pasted("\n".join(["Name,Email", *lines, "one more"]))
    assert (len(found.candidates), found.candidates[-1].name) == (1000, "Person 1000")
    assert found.problems == ("Line 1002 and those after it: at most 1,000 candidates at once.",)


def test_a_quotation_mark_that_never_closes_is_told_and_no_traceback() -> None:
    found = read_pasted('"Ana,ana@example.org\n' + "Bo,bo@example.org\n" * 10_000)
    assert found == PastedCandidates(
        candidates=(), problems=("A quotation mark opens a cell that never ends. Remove it, then paste again.",)
    )


def test_a_candidate_typed_by_hand_is_tidied() -> None:
    assert tidy_candidate(name=" Ana ", email=" ANA@example.org", about=" referred by Tom\n") == ANA
    assert tidy_candidate(name="Bo").email == ""


def test_an_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match=r"^The email address is too long or holds a control character\.$"):
        tidy_candidate(name="Ana", email="x" * 250 + "@example.org")
