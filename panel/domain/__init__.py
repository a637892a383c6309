"""The nouns of hiring and their rules. Pydantic and the standard library only."""
