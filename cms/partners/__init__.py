"""Partners: their spaces, who is in them, and the boundary between them."""
