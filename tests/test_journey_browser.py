"""The whole job of a team, in a real browser against the real server.

An administrator invites, a manager plans and publishes, two interviewers score one sitting (the server is killed in
the middle), one submits while the other is still blind, and the manager compares.
"""

import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import (
    PASSWORD,
    WAIT,
    Seat,
    choose_from_list,
    choose_row,
    create_first_administrator,
    open_browser,
    seat,
    settled,
)
from tests.running import RunningApp
from tests.ui.driving import a_team_at_work, noon_zone

expect.set_options(timeout=WAIT)

L1_L2 = "Can you explain the difference between L1 and L2 regularisation"
TREE = "How does a decision tree work?"
CLINIC = "I run a clinic and know nothing of machine learning."
SECRETS = {"Bo": "said it 3 times in 2 ways, 4 examples: heron-71", "Cy": "drew 5 boxes and 1 arrow: plover-58"}
SUMMARIES = {"Bo": "Sound on trees. avocet-33", "Cy": "Needs practice. dunlin-12"}
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d( [AP]M)?$")
PAGES = ("", "plans", "questions", "rubrics", "calibration", "account", "score")
CLOSED = {  # to interviewers
    "candidates": "Only hiring managers and administrators manage candidates and interviews.",
    "compare": "Only hiring managers and administrators compare candidates.",
    "people": "Only administrators see this page.",
}
MENU = ["Today", "Plans", "Questions", "Rubrics", "Calibration", "Practice"]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


def sit_down(browser: Browser, app: RunningApp) -> Seat:
    return seat(
        browser.new_context(
            base_url=app.address,
            viewport={"width": 1440, "height": 900},
            locale="en-GB",
            timezone_id=noon_zone(),
        )
    )


def test_a_team_invites_plans_scores_blind_and_compares(app: RunningApp, browser: Browser) -> None:
    ana, mia, bo, cy = (sit_down(browser, app) for _ in range(4))
    create_first_administrator(ana.page)
    for name, access, where in (
        ("Mia Lindqvist", "Hiring manager", mia),
        ("Bo Andersson", "Interviewer", bo),
        ("Cy Twombly", "Interviewer", cy),
    ):
        join(where.page, invitation(ana.page, name=name, access=access))

    create_role(mia.page)
    create_plan(mia.page, "Bo Andersson", "Cy Twombly")
    choose_questions(mia.page, 0, L1_L2, TREE)
    choose_questions(mia.page, 1, CLINIC)
    publish(mia.page)
    add_candidate(mia.page, "Priya Nair")
    make_the_interview(mia.page)

    bo_card = open_scorecard(bo.page)
    score_with_keys_and_notes(bo.page)
    the_server_is_killed_while_bo_writes(app, bo.page)
    bo.page.get_by_role("button", name="Next", exact=True).click()
    asked(bo.page, CLINIC)
    press(bo.page, "n")
    press(bo.page, "t")
    answered(bo.page, "Not asked: no time left")

    cy_card = open_scorecard(cy.page)
    for prompt, level in ((CLINIC, 4), (L1_L2, 1), (TREE, 5)):
        asked(cy.page, prompt)
        level_button(cy.page, level).click()
        answered(cy.page, f"{level} ")
        if prompt != CLINIC:  # the lowest and the highest level need evidence
            write_note(cy.page, SECRETS["Cy"] if prompt == L1_L2 else "drew every split")
        cy.page.keyboard.press("Control+ArrowRight")

    submit(bo.page, recommendation="Yes", summary=SUMMARIES["Bo"])
    expect(bo.page.get_by_text("Waiting for Cy Twombly.")).to_be_visible()

    visit_every_page(cy.page)
    refused(cy.page, bo_card)
    visit_every_page(bo.page)
    refused(bo.page, cy_card)
    for reader, other in ((cy, "Bo"), (bo, "Cy")):
        assert [each for each in (SECRETS[other], SUMMARIES[other]) if reader.was_sent(each)] == []
    assert bo.was_sent(SECRETS["Bo"])  # the instrument does hear what is sent

    cy.page.goto(f"/score?scorecard={cy_card}")
    submit(cy.page, recommendation="No", summary=SUMMARIES["Cy"])
    cy.page.get_by_text("Bo Andersson: Yes").click()
    expect(cy.page.get_by_text(SECRETS["Bo"])).to_be_visible()
    bo.page.goto(f"/score?scorecard={bo_card}")
    bo.page.get_by_text("Cy Twombly: No, fairly sure").click()
    expect(bo.page.get_by_text(SECRETS["Cy"])).to_be_visible()

    compare(mia.page)
    for each in (ana, mia, bo, cy):
        each.page.context.close()


def test_a_phone_scores_with_the_thumb(tmp_path: Path, browser: Browser) -> None:
    work = a_team_at_work(tmp_path)
    work.app.start()
    phone = browser.new_context(
        base_url=work.app.address,
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
    )
    page = work.signed_in(phone, "Ana")
    page.goto("/")
    page.get_by_role("link", name="Finish the scorecard").first.tap()
    asked(page, "What is")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    for level in range(1, 6):
        box = thumb(page, level).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert box["y"] > 844 - 120 and box["y"] + box["height"] <= 844  # at the bottom, wherever the page is
        assert box["width"] >= 44 and box["height"] >= 44
    thumb(page, 4).tap()
    answered(page, "4 ")

    note(page).tap()
    note(page).press_sequentially("in 2 minutes, without notes")
    saved_note(page)
    answered(page, "4 ")
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("button", name="Next", exact=True).scroll_into_view_if_needed()
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    foot = page.get_by_role("button", name="Next", exact=True).bounding_box()
    bar = page.locator(".lv-thumbs").bounding_box()
    assert foot and bar and foot["y"] + foot["height"] <= bar["y"]
    page.get_by_role("button", name="Next", exact=True).tap()
    expect(page.locator(".desk-outcome")).to_have_text("Not answered yet")
    page.get_by_role("button", name="Previous", exact=True).tap()
    answered(page, "4 ")
    page.reload()
    answered(page, "4 ")
    expect(note(page)).to_have_value("in 2 minutes, without notes")
    phone.close()
    work.app.stop()


# ---- the team ---------------------------------------------------------------------------------------------------


def invitation(page: Page, *, name: str, access: str) -> str:
    """The link that the administrator sends, as the page shows it."""
    page.goto("/people")
    page.get_by_label("Name", exact=True).first.fill(name)
    page.get_by_label("Email").fill(f"{name.split(maxsplit=1)[0].lower()}@example.org")
    choose_from_list(page, "Access level", access)
    page.get_by_role("button", name="Make an invitation link").click()
    expect(page.get_by_text(f"The link for {name}")).to_be_visible()
    return page.get_by_test_id("stCode").inner_text().strip()


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set password and sign in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


# ---- the manager ------------------------------------------------------------------------------------------------


def create_role(page: Page) -> None:
    page.goto("/plans")
    page.get_by_label("Role", exact=True).fill("Data scientist")
    choose_from_list(page, "Competencies to measure", "Technical depth", "Explanation")
    expect(page.get_by_text("Four to six competencies are advised.")).to_be_visible()
    page.get_by_role("button", name="Create the role").click()
    expect(page.get_by_role("heading", name="Data scientist")).to_be_visible()


def create_plan(page: Page, *interviewers: str) -> None:
    page.get_by_role("button", name="New plan").click()
    page.get_by_role("button", name="Create the plan").click()
    expect(page.get_by_text("To do: The plan has no round yet.")).to_be_visible()
    page.get_by_label("Name of the round").fill("Technical round")
    choose_from_list(page, "Interviewers", *interviewers)
    page.get_by_role("button", name="Add the round").click()
    for name in interviewers:
        expect(page.get_by_text(f"To do: {name} has no questions in Technical round.")).to_be_visible()


def choose_questions(page: Page, interviewer: int, *prompts: str) -> None:
    page.get_by_role("button", name="Questions", exact=True).nth(interviewer).click()
    for number, prompt in enumerate(prompts, start=1):
        page.get_by_role("searchbox", name="Search").fill(prompt)
        page.get_by_role("row", name=prompt).click()
        expect(page.locator(".question-prompt")).to_contain_text(prompt)
        page.get_by_role("button", name="Add this question").click()
        expect(page.get_by_role("heading", name=f"Chosen {number} question")).to_be_visible()
    page.get_by_role("button", name="Back to Interview plan").click()


def publish(page: Page) -> None:
    settled(page)
    page.get_by_role("button", name="Publish plan").click()
    expect(page.get_by_text("version 1 published today")).to_be_visible()


def add_candidate(page: Page, name: str) -> None:
    page.goto("/candidates")
    # The list stands at the end of the page: once it is there, the form above it is no longer being drawn.
    page.get_by_text("No candidate for this role yet.").or_(page.get_by_test_id("stDataFrame")).first.wait_for()
    settled(page)
    page.get_by_text("Add candidates", exact=True).click()
    expect(page.get_by_role("button", name="Add candidate")).to_be_visible()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Add candidate").click()
    expect(page.get_by_text(f"{name} is added.")).to_be_visible()


def make_the_interview(page: Page) -> None:
    """For today, at the hour it is."""
    choose_row(page)
    here = datetime.now(UTC) + timedelta(hours=12 - datetime.now(UTC).hour)
    for part, number in (("year", here.year), ("month", here.month), ("day", here.day), ("hour", here.hour)):
        box = page.get_by_role("spinbutton", name=f"{part}, Start of Technical round")
        box.click()
        box.press_sequentially(str(number))
    page.get_by_role("button", name="Make the interviews").click()
    expect(page.get_by_text("0 of 2 scorecards submitted")).to_contain_text("today, 12:00")


def compare(page: Page) -> None:
    """Technical depth (4+2+1+5)/4 = 3.0, Explanation 4.0, so 3.5 in all; two questions are split."""
    page.goto("/compare")
    row = page.locator(".compare-row").nth(1)
    for shown in ("Priya Nair", "5 ratings, 2 interviewers", "raw 3.5", "2 of 2 scorecards submitted", "1 yes, 1 no"):
        expect(row).to_contain_text(shown)
    expect(row.locator(".cell .chip")).to_have_text(["3.0", "4.0"])
    row.get_by_text("2 splits").click()
    expect(row.get_by_text("Cy Twombly and Bo Andersson are 3 levels apart")).to_be_visible()
    choose_from_list(page, "Up to 3 candidates", "Priya Nair")
    expect(page.get_by_text("5 ratings by 2 interviewers, 2 of 2 scorecards")).to_be_visible()
    for name in ("Bo", "Cy"):
        expect(page.get_by_text(SECRETS[name]).last).to_be_visible()
        expect(page.get_by_text(SUMMARIES[name])).to_be_visible()


# ---- the interviewers -------------------------------------------------------------------------------------------


def open_scorecard(page: Page) -> str:
    """From Today; the scorecard's id, as the URL has it."""
    page.goto("/")
    page.get_by_role("link", name="Open the scorecard").click()
    expect(page.get_by_text("question 1 of 3")).to_be_visible()
    return page.url.partition("scorecard=")[2].partition("&")[0]


def score_with_keys_and_notes(page: Page) -> None:
    asked(page, L1_L2)
    press(page, "4")
    answered(page, "4 ")
    write_note(page, SECRETS["Bo"])
    answered(page, "4 ")
    page.keyboard.press("Control+ArrowRight")
    asked(page, TREE)
    level_button(page, 2).click()
    answered(page, "2 ")
    page.reload()
    asked(page, TREE)
    answered(page, "2 ")
    page.get_by_role("button", name="Previous", exact=True).click()
    asked(page, L1_L2)
    answered(page, "4 ")
    expect(note(page)).to_have_value(SECRETS["Bo"])
    page.get_by_role("button", name="Next", exact=True).click()


def the_server_is_killed_while_bo_writes(app: RunningApp, page: Page) -> None:
    asked(page, TREE)
    write_note(page, "grew it by hand")
    app.stop(signal.SIGKILL)
    note(page).press_sequentially(", then pruned it")
    app.start()
    page.reload()
    asked(page, TREE)
    answered(page, "2 ")
    expect(note(page)).to_have_value("grew it by hand, then pruned it")  # the rest was kept in the browser
    saved_note(page)
    page.get_by_role("button", name="Previous", exact=True).click()
    asked(page, L1_L2)
    answered(page, "4 ")
    expect(note(page)).to_have_value(SECRETS["Bo"])
    page.get_by_role("button", name="Next", exact=True).click()
    asked(page, TREE)


def asked(page: Page, prompt: str) -> None:
    """The question is there, and what belonged to the one before is gone."""
    expect(page.locator(".question-prompt")).to_contain_text(prompt)
    expect(note(page)).to_have_count(1)
    settled(page)


def answered(page: Page, words: str) -> None:
    """The page says that this answer is in the database."""
    expect(page.locator(".desk-outcome")).to_have_text(re.compile(rf"^{words}"))
    saved_note(page)


def note(page: Page) -> Locator:
    return page.get_by_label("Notes, saved as you type")


def write_note(page: Page, text: str) -> None:
    note(page).click()
    note(page).press_sequentially(text)
    saved_note(page)


def saved_note(page: Page) -> None:
    expect(page.locator(".desk-saved")).to_have_text(SAVED)


def level_button(page: Page, level: int) -> Locator:
    return page.locator(f".lv-row [data-level='{level}']")


def thumb(page: Page, level: int) -> Locator:
    return page.locator(f".lv-thumbs [data-level='{level}']")


def press(page: Page, key: str) -> None:
    """A single key, with the focus outside every text field."""
    settled(page)
    expect(level_button(page, 1)).to_be_enabled()
    page.keyboard.press(key)


def submit(page: Page, *, recommendation: str, summary: str) -> None:
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("radio", name=recommendation, exact=True).check()
    page.get_by_role("radio", name="Fairly sure", exact=True).check()
    page.get_by_label("Summary, saved as you type").fill(summary)
    page.get_by_role("button", name="Submit scorecard").click()
    expect(page.get_by_role("heading", name="The rest of the panel")).to_be_visible()


def visit_every_page(page: Page) -> None:
    for path in PAGES:
        page.goto(f"/{path}")
        settled(page)
    for path, sentence in CLOSED.items():
        page.goto(f"/{path}")
        expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link")).to_have_text(MENU)


def refused(page: Page, scorecard_id: str) -> None:
    page.goto(f"/score?scorecard={scorecard_id}")
    expect(page.get_by_text("This scorecard is closed to you")).to_be_visible()
