"""The many-facet rating scale model: log(P_k / P_{k-1}) = target - severity - difficulty - threshold_k.

joint.py            joint_maximum_likelihood: every measure a free parameter, as FACETS does it
  joint_result.py     its standard errors, fit, fair averages, separation
  extremes.py         measures for elements with all lowest or all highest scores
random_facets.py    random_facets: effects drawn around a mean, with halo; honest standard errors
  variances.py        their variances and the thresholds: the top of the Laplace approximation
  laplace.py          the approximation at one point, and its derivative
  posterior.py        variances of what was fitted
  random_result.py    measures, standard errors, fit, fair averages
results.py          RatingScaleFit and its measures, for both ways of fitting
levels.py           whole levels, unused levels, extreme elements set aside
design.py           linked subsets and the rank of the design
newton.py           steps to the top of the (penalised) likelihood
equations.py        the likelihood equations, solved by elimination
probabilities.py    category probabilities and their moments
fit_statistics.py   infit and outfit
"""

from panel.stats.rating_scale.joint import joint_maximum_likelihood
from panel.stats.rating_scale.random_facets import random_facets
from panel.stats.rating_scale.results import Measure, RatingScaleFit, Threshold

__all__ = ["Measure", "RatingScaleFit", "Threshold", "joint_maximum_likelihood", "random_facets"]
