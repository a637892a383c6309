"""Two texts beside each other: only what changed is marked, and everything is text."""

import re

from panel.ui.components.difference import MOST_PIECES, difference_markup, words_changed

INS, DEL = re.compile(r"<ins>(.*?)</ins>", re.DOTALL), re.compile(r"<del>(.*?)</del>", re.DOTALL)


def without(tag: re.Pattern[str], markup: str) -> str:
    """One side of a difference, as text."""
    plain = re.sub(r"</?(?:ins|del)>", "", tag.sub("", markup))
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        plain = plain.replace(written, meant)
    return plain


def test_only_the_words_that_changed_are_marked() -> None:
    assert words_changed("Names one cause.", "Names two causes.") == (
        "Names <del>one cause</del><ins>two causes</ins>."
    )
    assert words_changed("Names a cause.", "Names a cause and its price.") == (
        "Names a cause<ins> and its price</ins>."
    )
    assert words_changed("same", "same") == "same"


def test_both_texts_can_be_read_off_a_difference() -> None:
    before, after = "<b>Tells</b> the\nmatter & more", "Tells\nthe matter, twice & <i>more</i>"
    markup = str(words_changed(before, after))
    assert (without(INS, markup), without(DEL, markup)) == (before, after)


def test_text_is_never_markup() -> None:
    markup = difference_markup({"<b>Name</b>": "<script>alert(1)</script>"}, {"<b>Name</b>": "<img src=x>"})
    assert "<script" not in markup
    assert "<img" not in markup
    assert "<b>" not in markup


def test_fields_that_stay_are_left_out_and_new_and_lost_ones_are_shown_whole() -> None:
    markup = difference_markup(
        {"Name": "A", "About": "same", "Level 5": "gone"}, {"Name": "B", "About": "same", "Level 6": "new"}
    )
    assert markup == (
        '<dl class="differences"><dt>Name</dt><dd class="difference"><del>A</del><ins>B</ins></dd>'
        '<dt>Level 5</dt><dd class="difference"><del>gone</del></dd>'
        '<dt>Level 6</dt><dd class="difference"><ins>new</ins></dd></dl>'
    )


def test_equal_documents_say_so() -> None:
    assert difference_markup({"Name": "A"}, {"Name": "A"}) == '<p class="quiet">Both say the same.</p>'


def test_a_very_long_text_is_compared_by_lines() -> None:
    lines = [f"line {number} of many" for number in range(MOST_PIECES)]
    changed = [*lines[:10], "another line", *lines[11:]]
    markup = words_changed("\n".join(lines), "\n".join(changed))
    assert INS.findall(markup) == ["another line\n"]
    assert DEL.findall(markup) == ["line 10 of many\n"]
