"""The list of questions without a browser: what reaches it, and what it tells."""

import json
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from panel.ui.components.question_list import counted


def script() -> None:
    import streamlit as st  # noqa: PLC0415 the script of an AppTest stands alone

    from panel.ui.components.question_list import Column, ListRow, question_list  # noqa: PLC0415

    told = st.session_state.setdefault("told", [])
    question_list(
        [
            ListRow("one", "Why 🧪 trees?", ((6, 11),), "A tree.", ((2, 6),), ("5",), "Approved"),
            ListRow("two", "Why not?", facts=("8",), state="Draft", note="asked twice"),
        ],
        key="list",
        columns=(Column("Min", 40, "min"),),
        selected="two",
        on_pick=lambda key: told.append(("pick", key)),
        first=50,
        total=130,
        on_turn=lambda place: told.append(("turn", place)),
        checked={"two", "elsewhere"},
        on_check=lambda keys: told.append(("check", sorted(keys))),
        usual_state="Approved",
        view="all",
    )


def data_of(app: AppTest) -> dict[str, Any]:
    (component,) = app.get("bidi_component")
    found: dict[str, Any] = json.loads(component.proto.json)
    return found


def test_a_list_is_sent_in_pieces_with_its_page_and_what_is_chosen() -> None:
    app = AppTest.from_function(script).run()
    assert data_of(app) == {
        "label": "Question",
        "columns": [{"name": "Min", "width": 40, "unit": "min"}],
        "rows": [
            {
                "key": "one", "prompt": [["Why 🧪 ", False], ["trees", True], ["?", False]],
                "excerpt": [["A ", False], ["tree", True], [".", False]],
                "facts": ["5"], "state": "Approved", "note": "",
            },
            {
                "key": "two", "prompt": [["Why not?", False]], "excerpt": [],
                "facts": ["8"], "state": "Draft", "note": "asked twice",
            },
        ],
        "selected": "two", "usual": "Approved", "checkable": True, "checked": ["two"], "total": 130,
        "counted": "51 to 52 of 130", "earlier": 0, "later": 100, "view": "all 50", "height": None,
    }  # fmt: skip


def test_what_a_person_does_is_told_and_choices_on_other_pages_stay() -> None:
    app = AppTest.from_function(script).run()
    for event, value in (
        ("pick", "one"),
        ("turn", 100),
        ("check", {"shown": ["one", "two"], "checked": ["one"]}),
    ):
        states = app._tree.get_widget_states()
        (component,) = app.get("bidi_component")
        told = json.dumps([{"event": event, "value": value}])
        states.widgets.add(id=_make_trigger_id(component.proto.id, "events"), json_trigger_value=told)
        app._run(states)
    assert app.session_state["told"] == [("pick", "one"), ("turn", 100), ("check", ["elsewhere", "one"])]


def test_a_page_of_a_list_is_counted_in_words() -> None:
    assert counted(0, 1, 1) == "1 question"
    assert counted(0, 12, 12) == "12 questions"
    assert counted(0, 50, 8412) == "1 to 50 of 8,412"
    assert counted(8400, 12, 8412) == "8,401 to 8,412 of 8,412"
