"""Domain objects -> text that leaves the program; pure functions.

toml.py        documents as TOML, and a hand-written file changed without losing its comments
toml_blocks.py such a file as the pieces a person sees in it
questions.py   the whole bank as TOML, JSON, CSV or Markdown
rubrics.py     rubrics as TOML or CSV
cells.py       text and lists in cells of a spreadsheet, never a formula, and back
"""
