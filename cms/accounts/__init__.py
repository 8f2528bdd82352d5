"""Who comes in: the log-in of the admin, its second step, its limits and its log."""
