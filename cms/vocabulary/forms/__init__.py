"""The forms of the shared language: what is wrong is said beside the field."""
