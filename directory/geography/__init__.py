"""Where people live, what areas that lies in, and whether a service covers it."""
