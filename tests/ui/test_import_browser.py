"""A document's way into the bank and out again, in a real browser: upload, look through, confirm, find, edit, undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import WAIT, open_browser, person_at, settled
from tests.ui.driving import AtWork, a_team_at_work

expect.set_options(timeout=WAIT)

DOCUMENT = """# Baking

## What is proofing?

The dough rises; gas fills <b onmouseover="document.title = 'run'">it</b>. For flour $m$, water is `0.7 * m`.

## How do you tell that bread is done?

Tap its base and listen for a hollow sound.

## Why does a crust crack?

Steam leaves faster than the crust gives way.

# See also

Everything else about ovens stands elsewhere.
"""


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    made = a_team_at_work(tmp_path_factory.mktemp("import"))
    made.app.start()
    yield made
    made.app.stop()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "bread.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def mia_at(work: AtWork, browser: Browser, path: str, width: int = 1440) -> Page:
    page = work.signed_in(person_at(browser, work.app.address, width=width), "Mia")
    page.goto(path)
    settled(page)
    return page


def upload(page: Page, document: Path) -> None:
    page.locator("input[type=file]").set_input_files(str(document))
    expect(page.get_by_text("3 questions found")).to_be_visible()
    settled(page)


def row(page: Page, prompt: str) -> Locator:
    return page.locator(".ql-row", has_text=prompt)


def said(page: Page, sentence: str) -> None:
    expect(page.get_by_text(sentence)).to_be_visible()
    settled(page)


def write(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.blur()
    settled(page)


def test_a_document_comes_in_is_found_edited_by_two_and_taken_out(
    work: AtWork, browser: Browser, document: Path
) -> None:
    page = mia_at(work, browser, "/import")
    upload(page, document)
    expect(page.get_by_text("1 passage not placed")).to_be_visible()
    row(page, "Why does a crust crack?").click()
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_value("Why does a crust crack?")
    write(page, "Question", "Why does the crust of a loaf crack?")
    expect(row(page, "Why does the crust of a loaf crack?")).to_be_visible()
    page.get_by_role("button", name="Bring in 3 questions").click()
    said(page, "3 questions brought in.")
    expect(page.get_by_text("bread.md")).to_be_visible()

    first, second = find_with_a_typo(page), page.context.new_page()
    second.goto(first.url + "&part=edit")
    settled(second)
    edit_in_two_tabs(first, second)

    page.goto("/import?part=history")
    settled(page)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo the whole import").click()
    said(page, "2 questions taken out. Edited or planned with since, so kept: “What is proofing?”.")
    expect(page.get_by_text("undone by Mia")).to_be_visible()
    page.goto("/questions?search=crust")
    expect(page.locator(".ql-row", has_text="crust")).to_have_count(0)
    page.goto("/questions?search=proofing")
    expect(row(page, "What is proofing?")).to_be_visible()
    page.context.close()


def find_with_a_typo(page: Page) -> Page:
    page.goto("/questions")
    settled(page)
    page.get_by_role("searchbox", name="Search").press_sequentially("profing", delay=30)
    expect(page.locator(".ql-row")).to_have_count(1)
    row(page, "What is proofing?").click()
    expect(page.locator(".question-prompt")).to_have_text("What is proofing?")
    expect(page.get_by_text("The dough rises; gas fills")).to_be_visible()
    expect(page.locator("[onmouseover]")).to_have_count(0)
    return page


def edit_in_two_tabs(first: Page, second: Page) -> None:
    """The first saves; the second keeps what was typed, sees the newer text, and goes on with its own."""
    first.get_by_role("button", name="Edit", exact=True).click()
    expect(first.get_by_role("textbox", name="Reference answer", exact=True)).to_be_visible()
    write(second, "Reference answer", "Mine.")
    write(first, "Reference answer", "Theirs.")
    write(first, "Why this change?", "Shorter")
    first.get_by_role("button", name="Save as version 2").click()
    said(first, "Version 2 is saved.")

    write(second, "Why this change?", "Clearer")
    second.get_by_role("button", name="Save as version").click()
    expect(second.get_by_text("is newer than what you began with.")).to_be_visible()
    settled(second)
    expect(second.get_by_role("textbox", name="Reference answer", exact=True)).to_have_value("Mine.")
    expect(second.locator(".difference del", has_text="Theirs")).to_be_visible()
    second.get_by_role("button", name="Go on with mine").click()
    expect(second.get_by_role("button", name="Go on with mine")).to_have_count(0)
    save = second.get_by_role("button", name="Save as version 3")
    expect(save).to_have_count(1)  # while the page is drawn anew, the old one may stand beside it
    save.click()
    said(second, "Version 3 is saved.")
    expect(second.get_by_text("Mine.", exact=True)).to_be_visible()


def test_a_file_that_cannot_be_read_is_named(work: AtWork, browser: Browser, tmp_path: Path) -> None:
    page = mia_at(work, browser, "/import")
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7\n\x00\x01")
    page.locator("input[type=file]").set_input_files(str(paper))
    said(page, "paper.pdf: This is a PDF. Open it, select the text, copy it and paste it here.")
    page.context.close()


def test_the_import_page_fits_a_phone(work: AtWork, browser: Browser, document: Path) -> None:
    page = mia_at(work, browser, "/import", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    upload(page, document)
    row(page, "How do you tell that bread is done?").click()
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_value(
        "How do you tell that bread is done?"
    )
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("3 questions found")).to_have_count(0)
    page.context.close()
