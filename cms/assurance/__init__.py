"""Keeping listings true: who is reminded when, and the link that says "still right"."""
