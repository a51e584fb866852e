"""How a vendor is reached. Only the errors of `base` leave this package."""
