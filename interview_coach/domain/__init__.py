"""Pure rules of an interview: no I/O, no clock, no identifiers, no Flask."""
