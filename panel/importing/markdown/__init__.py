"""Reading Markdown, on markdown-it's blocks. What is a question is decided by what most of the document looks like.

blocks.py           source -> tree of blocks with their lines
inline.py           inline Markdown -> plain text, and how a line is dressed
tags.py             HTML tags that only dress a text, and those that it speaks of
folds.py            <details> and <summary>
prompts.py          how far a prompt reaches
marks.py            every place where a question could begin
contents.py         tables of contents and other silent lines
passing.py          marks that are no questions wherever they stand
nested.py           lists of questions that are the follow-ups of the one above them
evidence.py         what stands below a heading and shows that it is a question
patterns.py         which marks are questions
spans.py            where each question ends, and under which category it stands
answers.py          what stands below a prompt -> answer, follow-ups
question_tables.py  tables whose rows are questions
reader.py           all of it in order
"""
