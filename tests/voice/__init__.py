"""Live voice: the socket, the wire, the call."""
