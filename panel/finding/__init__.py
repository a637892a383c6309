"""Finding questions: words in, places out; pure functions over texts, no storage and no screen.

words.py       a text as words: case, accents, hyphens and apostrophes do not matter
vocabulary.py  which words of the bank somebody may mean: exact, beginning, inside, with a typo
search.py      the index over a bank: every word must match, best first
marks.py       where a text matches, and the passage of an answer that matches best
twins.py       near duplicates by their meaningful words
"""
