"""The shared language in the admin: needs, words, levels, areas and lines, with what uses them."""
