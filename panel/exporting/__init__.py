"""Domain objects -> text that leaves the program; pure functions.

toml.py        documents as TOML, and a hand-written file changed without losing its comments
toml_blocks.py such a file as the pieces a person sees in it
questions.py   the whole bank as TOML, JSON, CSV or Markdown
rubrics.py     rubrics as TOML or CSV
cells.py       text and lists in cells of a spreadsheet, never a formula, and back

kit.py         an interviewer's guide as it is taken into the room; kit_document.py as PDF, kit_markdown.py as Markdown
brief.py       what a candidate should know beforehand; brief_forms.py as PDF, text and Markdown
calendars.py   interviews as a calendar file
typesetting.py runs Typst on templates/, which read everything from data
prose_tree.py  Markdown as data for the templates; formulas.py LaTeX likewise
markdown_lines.py pieces of Markdown that show what was typed
"""
