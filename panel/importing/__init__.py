"""Outside documents -> questions. reading.py chooses the reader; nothing here writes, and nothing knows the database.

found.py           what a reader returns: questions, and the passages it could not place
reading.py         the way in: an uploaded file or a pasted text
kinds.py           what a document is; what cannot be read is refused by name
decoding.py        bytes -> text that the domain accepts
articles.py        plain text; article_units.py its headings, prompts and paragraphs, article_choice.py which ask
markdown/          Markdown, on markdown-it's blocks
tables.py          CSV and TSV; columns.py which column is what, cells.py a cell as a field
spreadsheets.py    Excel workbooks
structured.py      JSON and TOML; own_documents.py our own, source_lines.py where their texts stand
parts.py           labels of follow-ups, and of signs of strong and weak answers
facts.py           the line that says competency, difficulty and minutes
bodies.py          what stands below a prompt -> answer and follow-ups
fitting.py         found questions within the limits of the bank
ledger.py          what became of every line, so that none is lost
wording.py         how questions and answers are worded and labelled
difficulty.py      marks of difficulty, in words and emoji
asides.py          what speaks to the reader: advice, adverts, contents
names.py           headings as names of categories
own_tables.py      our own table, read back as it was written
assembly_bank.py   questions to choose from, and assembly_spec.py what to choose them by
rubrics.py         rubrics from TOML and CSV; every error by rubric, level and field
"""
