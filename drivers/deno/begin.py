"""Prepares CPython in WebAssembly for the driver, and runs it.

Code is loaded slowly here, so what few programs need is loaded when it is used first. The loop of asyncio waits
on a pair of sockets, of which there are none; a loop in one thread can do without.
"""

import sys
import time
import types


def later(name, adapt=lambda: None, **known):
    """Puts a module that becomes the real one as soon as more of it is asked for than is known."""
    stand_in = types.ModuleType(name)

    def take(attribute):
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
            __import__(name)
            adapt()
        return getattr(sys.modules[name], attribute)

    stand_in.__getattr__ = take
    stand_in.__dict__.update(known)
    sys.modules[name] = stand_in
    return stand_in


def without_sockets():
    import selectors

    class Sleep(selectors.SelectSelector):
        def select(self, timeout=None):
            time.sleep(86400 if timeout is None else max(timeout, 0))
            return []

    selectors.DefaultSelector = Sleep
    loop = sys.modules["asyncio.selector_events"].BaseSelectorEventLoop
    loop._make_self_pipe = loop._close_self_pipe = loop._write_to_self = lambda self: None


def begin(path):
    later("asyncio", without_sockets)
    # The module `importlib.abc` names it, and uses it for what is deprecated only.
    later("importlib.resources", __path__=[], abc=later("importlib.resources.abc"))
    with open(path, encoding="utf-8") as file:
        source = file.read()
    exec(compile(source, path, "exec"), {"__name__": "__main__", "__file__": path})


begin("/drivers/main.py")
