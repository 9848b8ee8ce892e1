"""Trains the disease recogniser that comes with the package; nothing of this is needed to use it."""
