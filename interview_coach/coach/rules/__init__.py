"""The offline coach: no model, no network, the same every time."""
