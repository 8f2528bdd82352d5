"""The form in which a partner writes a service: what helps to fill it, and how it will look."""
