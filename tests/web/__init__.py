"""A package, so that test_live here and in tests are two modules."""
