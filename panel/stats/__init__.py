"""Statistics of ratings: a long table in, a frozen result out.

Every function takes a DataFrame with the columns ``target, rater, item, score`` (item optional, NaN = missing), or the
`Ratings` that `ratings.read_ratings` makes of it. Every result has ``to_frame()`` and ``summary()``. A number that the
data cannot give is None beside a stated reason, never NaN. This package knows no hiring and no storage.

ratings.py              the table, checked and coded; means over items; matrices
errors.py               what can be wrong with it
agreement.py            krippendorff_alpha, percent_agreement
  coincidences.py         which values coincide within a unit; resampling of targets
icc.py                  icc: all forms of the intraclass correlation, with or without gaps in the data
  mean_squares.py         the forms and their intervals on complete data
  variance_components.py  REML and profile intervals on data with gaps
connectivity.py         connected_subsets of targets and raters
severity.py             offset_on_shared_targets, level_distribution, spread of each rater
wording.py              bands, and what may be claimed on how many targets
"""
