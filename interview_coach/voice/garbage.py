"""Now and then Python looks through all that lives for garbage. A server has loaded so much that this takes a fifth of
a second, in which no call hears anything; and all of that stays anyway."""

import gc
import sys

_modules = 0


def spare() -> None:
    """What was loaded by now is not looked through any more. Takes microseconds; call it when a call has begun, since
    what calls need is loaded by the first of them."""
    global _modules
    if len(sys.modules) > _modules:  # else there is nothing new that stays
        _modules = len(sys.modules)
        gc.freeze()
