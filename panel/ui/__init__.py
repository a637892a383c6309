"""What a person sees. Pages read through `actions` and write only through `actions`."""
