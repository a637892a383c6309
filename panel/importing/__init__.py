"""Outside documents -> questions. reading.py chooses the reader; nothing here writes, and nothing knows the database.

found.py      what a reader returns: questions, and the lines it could not place
rubrics.py    rubrics from TOML and CSV, with every error named
"""
