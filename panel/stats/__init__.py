"""Statistics of ratings: a long table in, a frozen result out.

Every function takes a DataFrame with the columns ``target, rater, item, score`` (item optional, NaN = missing), or the
`Ratings` that `ratings.read_ratings` makes of it. The results of the functions named below have ``to_frame()``
and ``summary()``; those of the indented modules and of `design_worth` are for other code and need neither. A number
that the data cannot give is None beside a stated reason, never NaN. This package knows no hiring and no storage.

ratings.py                 the table, checked and coded; means over items; matrices
errors.py                  what can be wrong with it
calibration_report.py      calibration_report: all of the following in one result
agreement.py               krippendorff_alpha, percent_agreement
  coincidences.py            which values coincide within a unit; resampling of targets
agreement_coefficients.py  agreement_coefficient: Fleiss, Gwet AC1/AC2, Conger, Brennan-Prediger, alpha by weights
  chance_agreement.py        what chance would give, by each account
cohen_kappa.py             cohen_kappas of every pair of raters
  scale.py                   levels, scores that are one, weights between levels
icc.py                     icc: all forms of the intraclass correlation, with or without gaps in the data
  mean_squares.py            the forms and their intervals on complete data
  variance_components.py     components on data with gaps: REML, or moments where it is too large
  crossed_design.py          sums of who scored whom; icc_intervals.py  profile and large-sample intervals
mixed_model/               crossed_mixed_model: components, severities, difficulties, fair averages by REML
generalizability.py        d_study: what more raters or items would be worth
rating_scale/              joint_maximum_likelihood (as FACETS), random_facets (with halo): measures in logits, fit
connectivity.py            connected_subsets of targets and raters
rating_design.py           rating_design: subsets, rank, what is confounded or comparable, weak links
  estimability.py            rank of the unpenalised system; which differences it determines
  weak_links.py              targets and raters that alone hold groups together, and what would mend it
  cut_points.py              nodes whose removal takes a graph apart
composites.py              fits fair averages by part, with what fair_parts.py holds: weighted composites, covariance
  part_equations.py          the mixed-model equations for the chosen sums; bands.py  bands in place of ranks
design_worth.py            what the score of one target is worth under a design
severity.py                offset_on_shared_targets, level_distribution, spread of each rater
scale_use.py halo.py paired_agreement.py drift.py   a rater beside fellow raters on shared ratings
linked_severity.py         severity beside everybody who is linked by shared targets
gold.py                    one rater beside a standard
association.py             how one number goes with another over people, and what selection hides
timeliness.py              hours to submission
items.py item_levels.py    item_analysis (difficulty, discrimination, exposure); level_use (splits, gaps)
steady_splits.py           level_use_beside_severity: splits and gaps that steady severity does not explain
  estimates.py               a number with its interval; the jackknife over targets
  paired_ratings.py          two ratings of one unit side by side
progress.py                how a long fit reports and is stopped
wording.py                 bands, and what may be claimed on how many targets
"""
