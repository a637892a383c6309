"""Statistics of ratings."""
