"""The few pages outside Streamlit: templates with autoescape, one style sheet, one small script."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from panel.actions.attempts import WaitFirst
from panel.actions.sessions import WrongPassword
from panel.domain.people import ACCESS_NAMES, LONGEST_PASSWORD, SHORTEST_PASSWORD
from panel.errors import InputError, NotAllowed, NotFound, PanelError, StorageError, TooManyAttempts

HERE = Path(__file__).parent
ASSETS = {
    "panel.css": (HERE / "assets" / "panel.css", "text/css"),
    "panel.js": (HERE / "assets" / "panel.js", "text/javascript"),
    "inter-latin.woff2": (HERE.parent / "ui" / "static" / "inter-latin.woff2", "font/woff2"),
    "inter-latin-ext.woff2": (HERE.parent / "ui" / "static" / "inter-latin-ext.woff2", "font/woff2"),
}
UNEXPECTED = "Something went wrong on this page. Try again; if it happens again, tell whoever runs this app."
FOREIGN = (
    "This form was sent from another site, so it was not used. Open the page again and send it from there. "
    "If you reach this app through a proxy, it has to pass the Host header on unchanged."
)
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATUS: tuple[tuple[type[PanelError], int], ...] = (
    (TooManyAttempts, 429),
    (WrongPassword, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (InputError, 400),
    (StorageError, 503),
)
_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
_templates.globals.update(access_names=ACCESS_NAMES, shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)


def page(template: str, /, *, status: int = 200, error: str = "", **facts: Any) -> HTMLResponse:
    """The template; `error` is shown as an alert above its form."""
    text = _templates.get_template(f"{template}.html").render(error=error, **facts)
    return HTMLResponse(text, status_code=status, headers={"content-security-policy": CONTENT_POLICY})


def refused(template: str, error: PanelError, /, **facts: Any) -> HTMLResponse:
    """The template again, with the error above its form and the status that fits."""
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 400)
    response = page(template, status=status, error=str(error), **facts)
    if isinstance(error, WaitFirst):
        response.headers["retry-after"] = str(error.seconds)
    return response


def problem(text: str, *, status: int) -> HTMLResponse:
    """A page that only says what went wrong."""
    return page("problem", status=status, error=text)


def with_session_watch(document: str) -> str:
    """Streamlit's document under our name, with the script that watches session and server, before any other script."""
    watch = '<head><script src="/panel-assets/panel.js" data-watch></script>'
    return document.replace("<title>Streamlit</title>", "<title>Panel</title>").replace("<head>", watch, 1)


async def asset(request: Request) -> Response:
    """The style sheet, the script and the letters."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return problem("There is no such file.", status=404)
    file, kind = ASSETS[name]
    return Response(file.read_bytes(), media_type=kind, headers={"cache-control": "no-cache"})
