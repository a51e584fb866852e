"""Close codes of RFC 6455 (7.4.1) that are used here."""

NORMAL, PROTOCOL_ERROR, ABNORMAL, NO_TEXT, POLICY, TOO_BIG, INTERNAL, RESTART = (
    1000, 1002, 1006, 1007, 1008, 1009, 1011, 1012,
)  # fmt: skip
