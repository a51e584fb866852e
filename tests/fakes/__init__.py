"""Stand-ins for the vendors: real servers on a real port that speak their wire, and fail on demand."""
