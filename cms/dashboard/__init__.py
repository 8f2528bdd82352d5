"""What people see first in the admin: the hub what waits for it, a partner its own services."""
