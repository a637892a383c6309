"""A package, so that test_plans here and in tests/actions are two modules."""
