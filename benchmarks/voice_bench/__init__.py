"""Processes of `benchmarks/voice.py`: a vendor that echoes, people who talk all the time, what lies between them."""
