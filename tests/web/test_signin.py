"""The pages outside Streamlit: first visit, sign-in, invitations, sign-out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.actions import accounts
from panel.house import House
from panel.settings import Settings
from tests.asgi import OneBrowser
from tests.teammates import PASSWORD, administrator, invited, member


@pytest.fixture
def browser(tmp_path: Path, quick_passwords: None) -> Iterator[OneBrowser]:
    house = House(Settings(database=str(tmp_path / "panel.duckdb")))
    yield OneBrowser(house)
    house.close()


def alert(text: str) -> str:
    found = re.search(r'role="alert"[^>]*>([^<]*)<', text)
    return found[1] if found else ""


def test_the_first_visit_offers_two_ways(browser: OneBrowser) -> None:
    assert browser.get("/").headers["location"] == "/signin"
    assert browser.get("/signin").headers["location"] == "/welcome"
    text = browser.get("/welcome").text
    assert "Create the first administrator" in text and "Explore the demo team" in text


def test_the_first_administrator_is_signed_in_and_the_only_first(browser: OneBrowser) -> None:
    answer = browser.post("/setup", name="Ana", email="ana@example.org", password=PASSWORD)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert re.fullmatch(
        r"panel_session=team\.[\w-]{43}; HttpOnly; Max-Age=43200; Path=/; SameSite=lax; Secure",
        answer.headers["set-cookie"],
    )
    assert browser.get("/").status == 200

    other = browser.another()
    assert [other.get(path).headers["location"] for path in ("/welcome", "/setup")] == ["/signin", "/signin"]
    answer = other.post("/setup", name="Eve", email="eve@example.org", password=PASSWORD)
    assert (answer.status, alert(answer.text)) == (
        403,
        "The first administrator exists already. Sign in, or ask them for an invitation.",
    )


def test_a_refused_form_keeps_what_was_typed_except_the_password(browser: OneBrowser) -> None:
    answer = browser.post("/setup", name="<b>Ana</b>", email="ana@example.org", password="tooshort")
    assert answer.status == 400
    assert alert(answer.text) == "Choose a password of at least 10 characters. A short sentence works well."
    assert 'value="&lt;b&gt;Ana&lt;/b&gt;"' in answer.text and 'value="ana@example.org"' in answer.text
    assert "tooshort" not in answer.text and "<b>Ana" not in answer.text


def test_over_http_the_cookie_is_not_marked_secure(browser: OneBrowser) -> None:
    administrator(browser.house.team)
    plain = browser.another()
    plain.secure = False
    plain.post("/signin", email="ana@example.org", password=PASSWORD)
    assert plain.get("/").headers["set-cookie"].endswith("SameSite=lax")


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/score?card=7", "/score?card=7"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/")],
)
def test_signing_in_goes_on_to_the_page_that_was_wanted_and_nowhere_else(
    browser: OneBrowser, wanted: str, reached: str
) -> None:
    administrator(browser.house.team)
    page = browser.get(f"/signin?next={wanted}")
    hidden = re.search(r'name="next" value="([^"]*)"', page.text)
    assert hidden and hidden[1] == reached
    answer = browser.post("/signin", email="ana@example.org", password=PASSWORD, next=wanted)
    assert (answer.status, answer.headers["location"]) == (303, reached)
    assert browser.get(f"/signin?next={wanted}").headers["location"] == reached


def test_wrong_passwords_are_refused_and_then_slowed_down(browser: OneBrowser) -> None:
    administrator(browser.house.team)
    answers = [browser.post("/signin", email="ana@example.org", password="wrong") for _ in range(20)]
    assert [each.status for each in answers] == [401] * 5 + [429] * 15
    assert alert(answers[0].text).startswith("The email address or the password is not right.")
    assert alert(answers[-1].text) == "Too many attempts. Wait 2 seconds, then try again."
    assert answers[-1].headers["retry-after"] in ("1", "2")
    assert 'value="ana@example.org"' in answers[0].text
    assert "set-cookie" not in answers[0].headers


def test_a_form_that_is_none_is_refused_in_words(browser: OneBrowser) -> None:
    administrator(browser.house.team)
    for body in (b"x" * 70_000, b"&".join(b"a=1" for _ in range(50)), b"\xff\xfe=%ff", b"", b"email=%00"):
        answer = browser.post_body("/signin", body)
        assert answer.status == 400
        assert alert(answer.text)


def test_an_invited_person_opens_the_link_often_and_uses_it_once(browser: OneBrowser) -> None:
    ana = administrator(browser.house.team)
    _, link = invited(browser.house.team, ana, "Ben")
    for _ in range(2):
        page = browser.get(f"/invite/{link}")
        assert page.status == 200
        assert "Ben, you have been invited as interviewer." in " ".join(page.text.split())
    assert browser.post(f"/invite/{link}", password="short").status == 400

    assert browser.post(f"/invite/{link}", password=PASSWORD).headers["location"] == "/"
    assert browser.get("/").status == 200
    for again in (browser.get(f"/invite/{link}"), browser.post(f"/invite/{link}", password=PASSWORD)):
        assert again.status == 404
        assert alert(again.text).startswith("This link has been used")
    assert browser.get("/invite/../../x").status == 404


def test_a_link_for_a_forgotten_password_says_what_it_does(browser: OneBrowser) -> None:
    ana = administrator(browser.house.team)
    ben, _ = member(browser.house.team, ana, "Ben")
    link = accounts.renew_invitation(browser.house.team, by=ana, person_id=ben.id)
    assert "sets a new password for ben@example.org" in browser.get(f"/invite/{link}").text


def test_signing_out_needs_a_form_or_a_click_on_our_own_page(browser: OneBrowser) -> None:
    administrator(browser.house.team)
    browser.post("/signin", email="ana@example.org", password=PASSWORD)
    image = {"sec_fetch_site": "same-origin", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}
    elsewhere = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    for headers in ({}, image, elsewhere):
        answer = browser.get("/signout", **headers)
        assert answer.status == 200 and "Stay signed in" in answer.text
    assert browser.get("/session").status == 200

    before = browser.cookie
    assert browser.post("/signout").headers["location"] == "/signin"
    browser.cookie = before
    assert browser.get("/session").status == 401
    assert browser.get("/signout").headers["location"] == "/signin"


def test_a_link_on_our_own_page_signs_out_at_once(browser: OneBrowser) -> None:
    administrator(browser.house.team)
    browser.post("/signin", email="ana@example.org", password=PASSWORD)
    before = browser.cookie
    click = {"sec_fetch_site": "same-origin", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert browser.get("/signout", **click).status == 303
    browser.cookie = before
    assert browser.get("/session").status == 401


def test_signing_in_as_somebody_else_ends_the_session_before(browser: OneBrowser) -> None:
    ana = administrator(browser.house.team)
    _, link = invited(browser.house.team, ana, "Ben")
    browser.post("/signin", email="ana@example.org", password=PASSWORD)
    before = browser.cookie
    browser.post(f"/invite/{link}", password=PASSWORD)
    now = browser.cookie
    assert browser.get("/session").text != ""
    browser.cookie = before
    assert browser.get("/session").status == 401
    browser.cookie = now
    assert browser.get("/session").status == 200


def test_a_page_learns_whether_its_session_lasts(browser: OneBrowser) -> None:
    assert (browser.get("/session").status, browser.get("/session").text) == (401, '{"signed_in":false}')
    administrator(browser.house.team)
    browser.post("/signin", email="ana@example.org", password=PASSWORD)
    answer = browser.get("/session")
    assert (answer.status, '"signed_in":true' in answer.text, "set-cookie" in answer.headers) == (200, True, False)
    assert "Max-Age=43200" in browser.get("/session?keep").headers["set-cookie"]


def test_health_says_when_the_database_is_gone(browser: OneBrowser) -> None:
    assert (browser.get("/healthz").status, browser.get("/healthz").text) == (200, '{"ok":true}')
    browser.house.team.database.close()
    assert (browser.get("/healthz").status, browser.get("/healthz").text) == (503, '{"ok":false}')
    answer = browser.get("/signin")
    assert answer.status == 503 and "has been closed" in alert(answer.text)


@pytest.mark.parametrize("name", ["panel.css", "panel.js"])
def test_the_style_and_the_script_are_served_and_nothing_else_is(browser: OneBrowser, name: str) -> None:
    assert browser.get(f"/panel-assets/{name}").status == 200
    for other in ("../pages.py", "..%2fpages.py", "x", "templates/base.html"):
        assert browser.get(f"/panel-assets/{other}").status == 404
