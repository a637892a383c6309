"""Domain objects -> text that leaves the program; pure functions.

toml.py      documents as TOML, and a hand-written file changed without losing its comments
questions.py the whole bank as TOML, JSON, CSV or Markdown
rubrics.py   rubrics as TOML or CSV
cells.py     text in a spreadsheet, never a formula
"""
