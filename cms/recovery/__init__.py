"""Deleted pages: kept with all their versions for some weeks, for the hub to bring back."""
