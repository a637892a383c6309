"""The crossed mixed model behind fair scores, fitted by restricted maximum likelihood.

    score = mean + target + rater + item + target x rater (halo) + residual

All terms but the mean are random and independent. What the ratings cannot tell apart is left out and named.

model.py            crossed_mixed_model
terms.py            which terms the ratings can tell apart
moments.py          where REML begins
equations.py        Henderson's equations, solved by elimination; sparse_products.py
reml.py             average-information REML
result.py           what comes out
"""

from panel.stats.mixed_model.model import crossed_mixed_model
from panel.stats.mixed_model.result import Component, FairAverage, ItemDifficulty, MixedModel, RaterSeverity
from panel.stats.mixed_model.terms import DEFAULT_TERMS, TERMS

__all__ = [
    "DEFAULT_TERMS", "TERMS", "Component", "FairAverage", "ItemDifficulty", "MixedModel", "RaterSeverity",
    "crossed_mixed_model",
]  # fmt: skip
