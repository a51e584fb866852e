"""Live voice: the socket, the call, and what makes one out of ears, a coach and a voice."""
