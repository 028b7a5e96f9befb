"""Loads a program and makes calls on it, in this process; writes one line of JSON for each call.

The program can do all that this process can, so nothing here is secret: no expected value, no other program.
"""

import atexit
import importlib.abc
import importlib.util
import io
import json
import os
import sys
import types

from capture import Capture
from decode import decode
from encode import ITEMS_MAX, class_name, encode, find, quote, without_digit_limit

MESSAGE_MAX = 2000
PROGRAM = "candidate"
RECURSION_LIMIT = sys.getrecursionlimit()


class EntryMissing(Exception):
    """The program has nothing by the name that is called."""


def parse(text):
    return json.loads(bytes(text))


def is_program(job):
    return job["calls"][0]["kind"] == "program"


def run(job, result):
    """Writes to the file descriptor `result`: a line for the loading, then one for each call."""
    lines = Lines(result)
    lines.put('{"confined":true}')
    offer_files(job["files"])
    if is_program(job):
        return run_whole(job["files"][0]["text"], lines)
    capture = Capture(job["printedMaxBytes"], lines.flooded)
    module = types.ModuleType(PROGRAM)
    sys.modules[PROGRAM] = module
    sys.argv[:] = [PROGRAM]
    broken = attempt(lambda: execute(job["files"][0]["text"], module), capture)
    if broken is not None:
        return lines.put('{"broken":%s' % broken[len('{"raised":') :])
    lines.put('{"loaded":true}')
    for call in job["calls"]:
        lines.put(observe(call, module, capture))


class Lines:
    """Where the result lines go."""

    def __init__(self, fd, write=os.write, leave=os._exit):
        self.fd = fd
        self.write = write
        self.leave = leave

    def put(self, line):
        data = memoryview(line.encode("ascii") + b"\n")
        while data:
            data = data[self.write(self.fd, data) :]

    def flooded(self):
        self.put('{"crashed":"output limit"}')
        self.leave(1)


def execute(source, module):
    code = compile(source, PROGRAM + ".py", "exec", dont_inherit=True)
    exec(code, module.__dict__)


def attempt(action, capture):
    """Does something with the program's code; returns the line of what it raised, or None."""
    try:
        streams(capture)
        action()
        return None
    except BaseException as error:
        return raised(error, capture)


def streams(capture):
    sys.stdin = EMPTY
    sys.stdout = sys.__stdout__ = capture.open()
    sys.stderr = sys.__stderr__ = NOWHERE


class Discard(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        return len(data)


EMPTY = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
NOWHERE = io.TextIOWrapper(Discard(), encoding="utf-8", write_through=True)


def observe(call, module, capture):
    try:
        streams(capture)
        if call["kind"] == "script":
            return returned(evaluate(call, module), [], [], capture)
        args, named = arguments(call, module.__dict__.get)
        before = [snapshot(value) for value in args]
        value = settled(resolve(call["name"], module)(*args, **named))
        return returned(value, args, before, capture)
    except BaseException as error:
        return raised(error, capture)


def arguments(call, classes):
    restore = without_digit_limit()
    args = [decode(value, classes) for value in call["args"]]
    named = {name: decode(value, classes) for name, value in call.get("named", {}).items()}
    restore()
    return args, named


def evaluate(call, module):
    scope = dict(module.__dict__)
    exec(compile(call["statements"], "test.py", "exec", dont_inherit=True), scope)
    return settled(eval(compile(call["expression"].strip(), "test.py", "eval", dont_inherit=True), scope))


def resolve(name, module):
    first, *rest = name.split(".")
    if first not in module.__dict__:
        raise EntryMissing("the program does not define %s" % first)
    found = module.__dict__[first]
    for part in rest:
        found = member(found, part, name)
    if not callable(found):
        raise EntryMissing("%s cannot be called" % name)
    return found


def member(owner, name, path):
    """A method of a class is taken from an instance that is made without arguments."""
    if isinstance(owner, type):
        static = find(owner, name)
        if isinstance(static, types.FunctionType):
            owner = owner()
    try:
        return getattr(owner, name)
    except AttributeError:
        raise EntryMissing("the program does not define %s" % path) from None


def settled(value):
    """What comes of a value that must be awaited."""
    kind = type(value)
    if not find(kind, "__await__") and not find(kind, "__anext__"):
        return value
    import asyncio

    return asyncio.run(wait_for(value) if find(kind, "__await__") else take_items(value))


async def wait_for(value):
    return await value


async def take_items(value):
    taken = []
    async for item in value:
        taken.append(item)
        if len(taken) >= ITEMS_MAX:
            break
    return taken


def snapshot(value):
    """The text of a value that a call could change."""
    if value is None or type(value) in (bool, int, float, str, bytes):
        return None
    return encode(value)


def returned(value, args, before, capture):
    sys.setrecursionlimit(RECURSION_LIMIT)
    restore = without_digit_limit()
    text = encode(value)
    changed = []
    for index, (value, old) in enumerate(zip(args, before)):
        after = snapshot(value)
        if after != old:
            changed.append("[%d,%s]" % (index, after))
    restore()
    return '{"returned":%s,"printed":%s,"changed":[%s]}' % (text, quote(capture.take()), ",".join(changed))


def raised(error, capture):
    sys.setrecursionlimit(RECURSION_LIMIT)
    parts = (quote(class_name(error)), quote(message_of(error)), quote(capture.take() if capture else ""))
    return '{"raised":%s,"message":%s,"printed":%s}' % parts


def message_of(error):
    try:
        return str.__str__(str(error))[:MESSAGE_MAX]
    except BaseException:
        return ""


def run_whole(source, lines):
    """Runs the program as `python3 main.py` would, with the real stdin and stdout of this process."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    sys.argv[:] = ["main.py"]
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    lines.put('{"loaded":true}')
    line = '{"returned":null,"printed":"","changed":[]}'
    try:
        exec(compile(source, "main.py", "exec", dont_inherit=True), module.__dict__)
    except SystemExit as error:
        if error.code not in (None, 0):
            line = raised(error, None)
    except BaseException as error:
        line = raised(error, None)
    try:
        if "threading" in sys.modules:
            sys.modules["threading"]._shutdown()
        atexit._run_exitfuncs()
        sys.stdout.flush()
    except BaseException:
        pass
    lines.put(line)


def offer_files(files):
    """Lets the program import its other files by the names that their paths give them."""
    sources = {}
    for file in files[1:]:
        path = file["path"]
        if path and path.endswith(".py"):
            sources[path[:-3].lstrip("./").replace("/", ".")] = file["text"]
    if sources:
        sys.meta_path.insert(0, Files(sources))


class Files(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds modules among the files of the program, also by the last part of their path."""

    def __init__(self, sources):
        self.sources = {}
        for name, text in sources.items():
            is_package = name.endswith(".__init__") or name == "__init__"
            self.sources[name[: -len(".__init__")] if is_package else name] = (text, is_package)
        for name in list(self.sources):
            parts = name.split(".")
            for length in range(1, len(parts)):
                self.sources.setdefault(".".join(parts[:length]), ("", True))
            self.sources.setdefault(parts[-1], self.sources[name])

    def find_spec(self, name, path=None, target=None):
        if name not in self.sources:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=self.sources[name][1])

    def is_package(self, name):
        return self.sources[name][1]

    def get_source(self, name):
        return self.sources[name][0]
