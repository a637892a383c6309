"""Do 95 % intervals of the mixed model hold the truth? 200 simulated teams of about 10,000 ratings each.

PYTHONPATH=. python benchmarks/coverage.py [number of teams]
"""

import sys
import time

import numpy as np

from benchmarks.simulated_ratings import SIZES, VARIANCES, simulated_ratings
from panel.stats.mixed_model import crossed_mixed_model


def main() -> None:
    teams = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    start = time.perf_counter()
    severity, fair, errors, components = [], [], [], []
    for seed in range(teams):
        table, truth = simulated_ratings(*SIZES["1e4"], seed=seed)
        model = crossed_mixed_model(table)
        found = np.array([(each.severity, each.se) for each in model.raters])
        off = found[:, 0] - truth["rater"]
        errors.append(off.mean())
        severity.append(np.abs(off) < 1.96 * found[:, 1])
        averages = np.array([(each.fair_average, each.se) for each in model.targets])
        fair.append(np.abs(averages[:, 0] - 3 - truth["target"]) < 1.96 * averages[:, 1])
        components.append([
            abs(each.variance - VARIANCES[each.term]) < 1.96 * (each.se or np.inf)
            for each in model.components
        ])  # fmt: skip
    print(f"{teams} teams, {time.perf_counter() - start:.0f} s")
    print(f"severity: 95 % intervals held {np.mean(severity):.1%}, mean error {np.mean(errors):+.4f} levels")
    print(f"fair averages: 95 % intervals held {np.mean(fair):.1%}")
    for term, held in zip(VARIANCES, np.mean(components, axis=0), strict=True):
        print(f"variance of {term}: 95 % intervals held {held:.1%}")


if __name__ == "__main__":
    main()
