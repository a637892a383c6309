"""The app. Start it with `streamlit run streamlit_app.py` or `python -m panel serve`."""

import os
from pathlib import Path

# Read when numpy is loaded; panel/__main__.py says why.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import streamlit as st

from panel.ui.media import keep_owners, owners
from panel.web.serving import exit_with, front, lasting, open_or_exit

SCRIPT = Path(__file__).resolve().parent / "panel" / "ui" / "app.py"
DOCUMENT = Path(st.__file__).parent / "static" / "index.html"

if (st.get_option("server.trustedUserHeaders") or {}).get("X-Panel-Session") != "session":
    exit_with(f"The settings in {SCRIPT.parents[2] / '.streamlit' / 'config.toml'} are not in force. Start from there.")

house = open_or_exit()
keep_owners()
routes, middleware = front(house, DOCUMENT.read_text(encoding="utf-8"), owners)
where = f"http://{st.get_option('browser.serverAddress')}:{st.get_option('server.port')}"
own_greeting = st.get_option("logger.hideWelcomeMessage")
app = st.App(SCRIPT, routes=routes, middleware=middleware, lifespan=lasting(house, where if own_greeting else ""))
