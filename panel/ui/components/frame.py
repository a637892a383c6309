"""What every page is built from: heading, notices, empty states, and one way to catch what went wrong."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from markupsafe import Markup

from panel.errors import PanelError
from panel.ui import state
from panel.ui.palette import DARK, LIGHT, Palette
from panel.ui.words import plain


def palette() -> Palette:
    return DARK if st.context.theme.type == "dark" else LIGHT


def html(markup: Markup) -> None:
    """Write markup that was put together with `Markup.format`, which escapes every value."""
    st.html(str(markup))


def heading(title: str, quiet: str = "") -> None:
    """The page's title and one quiet line under it."""
    line = Markup('<p class="quiet">{}</p>').format(quiet) if quiet else Markup("")
    html(Markup('<header class="page-heading"><h1>{}</h1>{}</header>').format(title, line))


def back(label: str, on_click: Callable[..., None], **kwargs: str) -> None:
    """The way back, first on a page within a page.

    All share one key, so that the next page's takes the place of this one's. Of another key, it would stand beside the
    old one until the page is drawn, and push down what is pressed meanwhile.
    """
    st.button(label, key="back", on_click=on_click, kwargs=kwargs, type="tertiary", icon=":material/arrow_back:")


def section(title: str, quiet: str = "") -> None:
    line = Markup(' <span class="quiet">{}</span>').format(quiet) if quiet else Markup("")
    html(Markup('<h2 class="section">{}{}</h2>').format(title, line))


def quiet(text: str) -> None:
    html(Markup('<p class="quiet">{}</p>').format(text))


def empty(what: str, first_step: str) -> None:
    """An empty state: what will be here, and the first step."""
    html(Markup('<div class="empty"><p>{}</p><p class="quiet">{}</p></div>').format(what, first_step))


def show_notice() -> None:
    """What the last action had to say."""
    place = st.container()  # always drawn, so that a notice moves nothing below it and closes no form
    notice = state.take_notice()
    if notice is None:
        return
    kind, sentence = notice
    if kind == "problem":
        place.warning(plain(sentence))
    else:
        st.toast(plain(sentence))


log = logging.getLogger(__name__)


@contextmanager
def told_when_refused() -> Iterator[None]:
    """Around an action in a callback: its refusal becomes a sentence on the page, never a stack trace."""
    try:
        yield
    except PanelError as error:
        state.tell(str(error), problem=True)


@contextmanager
def sentence_in_place() -> Iterator[None]:
    """Around a part of a page: a refusal stands where the part would be, and the rest goes on."""
    try:
        yield
    except PanelError as error:
        st.warning(plain(str(error)))


@contextmanager
def page_or_sentence() -> Iterator[None]:
    """Around a whole page: what it cannot show is said in words."""
    try:
        yield
    except PanelError as error:
        st.warning(plain(str(error)))
    except Exception:  # Streamlit's own words for this name its vendor's cloud
        log.exception("A page failed")
        st.warning(
            "Something went wrong on this page. What was saved is safe. Reload the page; if it happens again, "
            "tell whoever runs this app."
        )
