"""Figures and ratios, printed: `make bench`. Nothing here is a test."""
