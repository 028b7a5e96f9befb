"""Runs untrusted programs: `main.py serve` forks a process for each job, `main.py once` does one job itself.

A job comes on stdin: a header of HEADER_SIZE bytes with decimal numbers, then as many bytes of JSON as it says.
What comes back is data, written by the process that ran the program; whoever reads it must not trust it.
"""

import builtins
import os
import sys
import types

FOLDER = os.path.dirname(os.path.abspath(__file__))
HEADER_SIZE = 64
# What answers to everyday tasks import, loaded once before the first fork. Not asyncio, threading and hashlib,
# which would make every fork slower by a half.
WARM = """abc array base64 bisect calendar cmath collections copy dataclasses datetime decimal enum fractions
functools heapq io itertools json math operator os random re statistics string struct textwrap time typing
unicodedata zlib""".split()


def load(name):
    """Loads one of our files with builtins of its own, which no program can patch through the module `builtins`."""
    module = types.ModuleType(name)
    module.__builtins__ = dict(builtins.__dict__)
    path = os.path.join(FOLDER, name + ".py")
    with open(path, encoding="utf-8") as file:
        source = file.read()
    sys.modules[name] = module
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def read_exactly(buffer):
    view = memoryview(buffer)
    have = 0
    while have < len(view):
        count = os.readv(0, [view[have:]])
        if count == 0:
            return False
        have += count
    return True


def once(driver):
    header = bytearray(HEADER_SIZE)
    read_exactly(header)
    size = int(header.split()[0])
    text = bytearray(size)
    read_exactly(text)
    job = driver.parse(text)
    nothing = os.open(os.devnull, os.O_RDWR)
    if driver.is_program(job):
        # Stdout is the program's own, so what came of it is said on stderr.
        result = os.dup(2)
    else:
        result = os.dup(1)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    driver.run(job, result)
    os._exit(0)


def main(mode):
    ours = ["encode", "decode", "capture", "driver"]
    loaded = {name: load(name) for name in ours}
    if mode == "once":
        forget(ours)
        return once(loaded["driver"])
    for name in WARM:
        __import__(name)
    loaded["confine"] = load("confine")
    loaded["server"] = load("server")
    forget([*ours, "confine", "server"])
    loaded["server"].serve(loaded["driver"], loaded["confine"], HEADER_SIZE)


def forget(names):
    """Leaves the names to the programs, which may have modules of the same name."""
    for name in names:
        del sys.modules[name]


sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != FOLDER]
main(sys.argv[1])
