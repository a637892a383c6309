"""Small tables of ratings drawn by hypothesis, with gaps, ties and single ratings."""

import pandas as pd
from hypothesis import assume, settings
from hypothesis import strategies as st

quick = settings(max_examples=40, deadline=None, derandomize=True)


@st.composite
def ratings(draw, fewest=1, most=5):
    targets, raters, items = draw(st.integers(2, 7)), draw(st.integers(2, 4)), draw(st.integers(1, 2))
    cells = [(t, r, i) for t in range(targets) for r in range(raters) for i in range(items)]
    scores = draw(st.lists(st.one_of(st.none(), st.integers(fewest, most)), min_size=len(cells), max_size=len(cells)))
    frame = pd.DataFrame(cells, columns=["target", "rater", "item"]).assign(score=pd.array(scores, dtype="Float64"))
    assume(frame["score"].notna().any())
    return frame


def renamed(frame, seed):
    """The same ratings under other names, which sort the other way, in another order of rows."""
    named = frame.assign(target="t" + (9 - frame["target"]).astype(str), rater=-frame["rater"], item=5 - frame["item"])
    return named.sample(frac=1, random_state=seed)
