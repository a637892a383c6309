"""The crossed mixed model with halo, beside lme4 in the same run: time, peak memory, and whether they agree.

    PYTHONPATH=. python benchmarks/mixed_model.py [--without-peer]

lme4 is Debian's r-cran-lme4. Its data InstEval (73,421 ratings of 2,972 students, 1,128 lecturers, 14 departments)
is fitted as score ~ 1 + (1|student) + (1|department) + (1|lecturer) + (1|student:department).
Each fit runs in a process of its own, so that its peak memory is its own.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.simulated_ratings import SIZES, simulated_ratings
from panel.stats.mixed_model import crossed_mixed_model

PEER = """
suppressMessages(library(lme4)); arguments <- commandArgs(TRUE); d <- read.csv(arguments[1])
for (name in c("target", "rater", "item")) d[[name]] <- factor(d[[name]])
taken <- system.time(m <- suppressWarnings(lmer(
  score ~ 1 + (1|target) + (1|rater) + (1|item) + (1|target:rater), d)))[["elapsed"]]
v <- as.data.frame(VarCorr(m))
peak <- as.numeric(sub("[^0-9]*([0-9]+).*", "\\\\1", grep("VmHWM", readLines("/proc/self/status"), value = TRUE)))
order <- match(c("target", "rater", "item", "target:rater", "Residual"), v$grp)
cat(taken, peak / 1024, as.numeric(logLik(m)), v$vcov[order])
"""
INSTEVAL = """
suppressMessages(library(lme4)); data(InstEval)
write.csv(data.frame(target = InstEval$s, rater = InstEval$dept, item = InstEval$d, score = InstEval$y),
  commandArgs(TRUE)[1], row.names = FALSE)
"""
TERMS = ("target", "rater", "item", "target:rater", "residual")
MOST_FOR_THE_PEER = 100_000


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        return print(json.dumps(one(Path(sys.argv[2]), two_stage="two" in sys.argv)))
    peer = shutil.which("Rscript") if "--without-peer" not in sys.argv else None
    with tempfile.TemporaryDirectory() as folder:
        for name in ("InstEval", *SIZES):
            table = Path(folder) / f"{name}.csv"
            if name != "InstEval":
                simulated_ratings(*SIZES[name])[0].to_csv(table, index=False)
            elif peer:
                subprocess.run([peer, "-e", INSTEVAL, str(table)], check=True)
            else:
                continue
            compare(name, table, peer)


def compare(name: str, table: Path, peer: str | None) -> None:
    ours = measured([sys.executable, __file__, "--one", str(table)])
    print(f"\n{name}: {ours['n']:,} ratings")
    print(f"  ours            {ours['seconds']:7.2f} s  {ours['peak']:6.0f} MB  log likelihood {ours['ll']:.4f}")
    if ours["n"] > MOST_FOR_THE_PEER:
        two = measured([sys.executable, __file__, "--one", str(table), "two"])
        print(f"  ours, two-stage {two['seconds']:7.2f} s  {two['peak']:6.0f} MB")
    elif peer:
        out = subprocess.run([peer, "-e", PEER, str(table)], check=True, capture_output=True, text=True).stdout.split()
        seconds, peak, ll, *components = (float(each) for each in out)
        print(f"  lme4            {seconds:7.2f} s  {peak:6.0f} MB  log likelihood {ll:.4f}")
        worst = max(abs(a / b - 1) for a, b in zip(ours["components"], components, strict=True))
        print(f"  {seconds / ours['seconds']:.1f} times as fast; components differ by {worst:.1e} at most")
    print("  components      " + ", ".join(f"{t} {v:.5f}" for t, v in zip(TERMS, ours["components"], strict=True)))


def one(table: Path, two_stage: bool) -> dict[str, object]:
    rows = pd.read_csv(table)
    start = time.perf_counter()
    model = crossed_mixed_model(rows, two_stage=two_stage)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    components = [model.variance(term) for term in TERMS]
    return {"seconds": seconds, "peak": peak, "n": len(rows), "ll": model.log_likelihood, "components": components}


def measured(command: list[str]) -> dict[str, float]:
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
