"""Sites whose address only their partner and the hub's administrators may know.

The address of a confidential site is kept in one place (`ConfidentialAddress`) and nowhere else:
no page, no revision, no preview, no export and no index holds it. Whoever wants it asks here.
"""

from cms.confidential.access import may_see_address

__all__ = ["may_see_address"]
