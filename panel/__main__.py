"""`python -m panel`."""

import os

# Read when numpy is loaded. On busy cores, threads of the matrix library that wait for each other make a fit many times
# slower than one thread is: 70 s in place of 13 s for a mixed model of a million ratings.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from panel.cli import main

main(prog_name="python -m panel")
