"""How a model's marks come about: gate, request, checks, bounds, reference answer, median of several readings."""
