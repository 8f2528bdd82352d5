"""Photos that partners show with a service: cleaned on arrival, and never of a hidden place."""
