"""One style sheet for all pages, from the palette of the reader's theme."""

import streamlit as st

from panel.ui.palette import Palette


def apply(colours: Palette) -> None:
    levels = "".join(
        f".level-{place + 1}{{background:{colours.levels[place]};color:{colours.on_levels[place]}}}"
        f".st-key-chosen-{place + 1} button,.st-key-chosen-{place + 1} button:hover"
        f"{{background:{colours.levels[place]}!important;color:{colours.on_levels[place]}!important;"
        f"border-color:{colours.levels[place]}!important}}"
        f".st-key-chosen-{place + 1} button *{{color:{colours.on_levels[place]}!important}}"
        f".st-key-level-{place + 1} button{{border-top:4px solid {colours.levels[place]}}}"
        for place in range(5)
    )
    st.html(f"<style>{_sheet(colours)}{levels}</style>")


def _sheet(c: Palette) -> str:
    return f"""
.stMainBlockContainer {{ max-width: 1240px; padding: 72px 24px 96px; }}
.stApp {{ font-variant-numeric: tabular-nums; }}
.stAppToolbar {{ background: {c.page}; border-bottom: 1px solid {c.line}; }}
[data-testid="stToolbarActions"], [data-testid="stStatusWidget"], [data-testid="stMainMenu"], .stAppDeployButton {{ display: none; }}
[data-testid="stHtml"] p, [data-testid="stHtml"] h1, [data-testid="stHtml"] h2 {{ margin: 0; }}
[data-testid="stHtml"]:has(style), [data-testid="stHtml"]:has(> script) {{ display: none; }}
.page-heading h1 {{ font-size: 28px; font-weight: 650; letter-spacing: -0.015em; line-height: 36px; padding: 0; }}
h2.section {{ font-size: 17px; font-weight: 650; line-height: 24px; padding: 24px 0 8px; border-top: 1px solid {c.line};
  margin-top: 16px !important; }}
h2.section .quiet {{ font-weight: 400; margin-left: 8px; }}
.quiet {{ color: {c.quiet}; font-size: 14px; line-height: 22px; max-width: 76ch; }}
.prose {{ max-width: 76ch; line-height: 26px; }}
.demo-line {{ color: {c.quiet}; font-size: 14px; border-left: 3px solid {c.accent}; padding: 2px 12px; }}
.big-number {{ font-size: 32px; font-weight: 650; letter-spacing: -0.02em; margin-right: 8px; }}
.empty {{ padding: 32px 0; max-width: 60ch; }}
.empty p:first-child {{ font-weight: 600; }}
.chip {{ display: inline-block; min-width: 28px; text-align: center; border-radius: 4px; padding: 1px 8px; font-weight: 600; }}
.chip.none {{ border: 1px dashed {c.line}; color: {c.quiet}; font-weight: 400; }}
.tag {{ color: {c.quiet}; border: 1px solid {c.line}; border-radius: 4px; padding: 0 6px; font-size: 13px; }}
.row-line {{ border-top: 1px solid {c.line}; padding: 12px 0; }}
.note {{ border-left: 2px solid {c.line}; padding: 2px 12px; margin: 4px 0 12px; max-width: 76ch; white-space: pre-wrap;
  overflow-wrap: anywhere; line-height: 24px; }}
.question-prompt {{ font-size: 22px; line-height: 31px; font-weight: 600; max-width: 40ch; letter-spacing: -0.01em; }}
.score-bar {{ display: flex; gap: 8px 24px; justify-content: space-between; flex-wrap: wrap;
  border-bottom: 1px solid {c.line}; padding-bottom: 12px; }}
.score-bar b {{ font-weight: 650; }}
.meter {{ height: 6px; background: {c.line}; border-radius: 3px; overflow: hidden; max-width: 320px; }}
.meter > i {{ display: block; height: 100%; background: {c.accent}; }}
.meter.over > i {{ background: repeating-linear-gradient(45deg, {c.accent} 0 6px, {c.text} 6px 8px); }}
.plain-table {{ border-collapse: collapse; width: 100%; }}
.plain-table th {{ text-align: left; font-weight: 500; color: {c.quiet}; font-size: 14px; padding: 6px 12px 6px 0;
  border-bottom: 1px solid {c.line}; vertical-align: bottom; }}
.plain-table td {{ padding: 8px 12px 8px 0; border-bottom: 1px solid {c.line}; vertical-align: top; }}
.table-scroll {{ overflow-x: auto; }}
[class*="st-key-level-"] button, [class*="st-key-chosen-"] button {{ min-height: 104px; height: 100%; width: 100%;
  align-items: flex-start; text-align: left; justify-content: flex-start; padding: 12px; background: {c.surface}; }}
[class*="st-key-level-"] button p, [class*="st-key-chosen-"] button p {{ font-size: 15px; line-height: 20px; }}
.anchor-full {{ color: {c.quiet}; font-size: 14px; line-height: 21px; }}
.st-key-level-row {{ gap: 8px; align-items: stretch; margin-top: 8px; }}
.st-key-level-row > div {{ flex: 1 1 0; min-width: 0; }}
.st-key-level-row .stButton, .st-key-level-row .stElementContainer {{ width: 100% !important; height: 100%; }}
.anchors {{ display: grid; grid-template-columns: repeat(5, 1fr); gap: 8px; }}
.anchors b {{ display: none; }}
.anchor-full {{ padding: 0 12px; }}
.anchor-full.is-chosen {{ color: {c.text}; }}
.st-key-score-head {{ border-bottom: 1px solid {c.line}; padding-bottom: 8px; }}
.st-key-score-foot {{ border-top: 1px solid {c.line}; padding-top: 16px; margin-top: 8px; }}
:focus-visible {{ outline: 2px solid {c.accent} !important; outline-offset: 2px; }}
@media (max-width: 640px) {{
  .stMainBlockContainer {{ padding: 64px 16px 120px; }}
  .page-heading h1 {{ font-size: 24px; line-height: 31px; }}
  .question-prompt {{ font-size: 19px; line-height: 27px; }}
  .st-key-level-row {{ position: fixed; left: 0; right: 0; bottom: 0; z-index: 50; background: {c.page}; margin: 0;
    padding: 8px 12px 12px; border-top: 1px solid {c.line}; width: 100% !important; }}
  [class*="st-key-level-"] button, [class*="st-key-chosen-"] button {{ min-height: 56px; justify-content: center;
    align-items: center; text-align: center; padding: 4px; }}
  .st-key-level-row button p {{ font-size: 0 !important; }}
  .st-key-level-row button strong {{ font-size: 22px; }}
  .anchors {{ grid-template-columns: 1fr; }}
  .anchors b {{ display: inline; }}
  .anchor-full {{ padding: 4px 0; }}
}}
"""
