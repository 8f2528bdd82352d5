"""The demonstration hub: invented partners in a real district, loaded as pages."""
