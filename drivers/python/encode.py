"""Python values as the tagged JSON of src/domain/value.ts.

Results come from code that nobody trusts. So the real type and the real data of a value are read with the
built-in descriptors, which a class cannot override, and never through what the class says of itself.
"""

import binascii
import collections
import datetime
import decimal
import enum
import fractions
import sys
import types
from json.encoder import encode_basestring_ascii as quote

ITEMS_MAX = 1000
DEPTH_MAX = 128
NODES_MAX = 50000
TEXT_MAX = 256 * 1024

mro_of = type.__dict__["__mro__"].__get__
name_of_type = type.__dict__["__name__"].__get__
dict_of_type = type.__dict__["__dict__"].__get__


def class_name(value):
    """The real name of the class of a value, as text of the built-in type."""
    return str.__str__(name_of_type(type(value)))


def encode(value):
    """The JSON text of a value. Raises what an iterator raises when its items are taken."""
    pieces = []
    Encoder(pieces.append).write(value, 0)
    return "".join(pieces)


class Encoder:
    """Writes one value, in pieces, within the limits of depth and size."""

    def __init__(self, put):
        self.put = put
        self.left = NODES_MAX
        self.open = set()

    def write(self, value, depth):
        self.left -= 1
        kind = type(value)
        write = WRITERS.get(kind)
        if write is None:
            write = writer_of(kind)
        if write in LEAVES:
            return write(self, value)
        if depth >= DEPTH_MAX:
            return self.opaque("deeper than %d" % DEPTH_MAX)
        identity = id(value)
        if identity in self.open:
            return self.opaque("cycle")
        self.open.add(identity)
        write(self, value, depth + 1)
        self.open.discard(identity)

    def none(self, _):
        self.put("null")

    def boolean(self, value):
        self.put("true" if value else "false")

    def integer(self, value):
        self.put('{"int":"%s"}' % int.__repr__(value))

    def floating(self, value):
        self.put('{"float":"%s"}' % float.__repr__(value))

    def text(self, value):
        value = str.__str__(value)
        if len(value) > TEXT_MAX:
            value = "%s... (%d more)" % (value[:TEXT_MAX], len(value) - TEXT_MAX)
        self.put(quote(value))

    def binary(self, value):
        data = bytes(memoryview(value))[:TEXT_MAX]
        self.put('{"bytes":%s}' % quote(binascii.b2a_base64(data, newline=False).decode()))

    def opaque(self, name):
        self.put('{"opaque":%s}' % quote(name))

    def unknown(self, value):
        self.opaque(class_name(value))

    def list(self, value, depth):
        self.items("list", list.__iter__(value), depth, list.__len__(value))

    def tuple(self, value, depth):
        self.items("tuple", tuple.__iter__(value), depth, tuple.__len__(value))

    def set(self, value, depth):
        self.items("set", set.__iter__(value), depth, set.__len__(value))

    def frozenset(self, value, depth):
        self.items("set", frozenset.__iter__(value), depth, frozenset.__len__(value))

    def view(self, value, depth):
        self.items("set", iter(value), depth, len(value))

    def iterator(self, value, depth):
        step = find(type(value), "__next__")
        taken = []
        try:
            while len(taken) < ITEMS_MAX:
                taken.append(step(value))
        except StopIteration:
            pass
        self.items("list", iter(taken), depth, len(taken))

    def items(self, tag, items, depth, count):
        put = self.put
        put('{"%s":[' % tag)
        for index, item in enumerate(items):
            if index:
                put(",")
            if self.left <= 0:
                self.opaque("%d more" % (count - index))
                break
            self.write(item, depth)
        put("]}")

    def map(self, value, depth):
        put = self.put
        put('{"map":[')
        count = dict.__len__(value)
        for index, (key, item) in enumerate(dict.items(value)):
            put(",[" if index else "[")
            if self.left <= 0:
                self.opaque("%d more" % (count - index))
                put(",null]")
                break
            self.write(key, depth)
            put(",")
            self.write(item, depth)
            put("]")
        put("]}")

    def fields(self, name, fields, depth):
        put = self.put
        put('{"object":%s,"fields":[' % quote(name))
        for index, (key, item) in enumerate(fields):
            put("%s[%s," % ("," if index else "", quote(str.__str__(key))))
            if self.left <= 0:
                self.opaque("more")
            else:
                self.write(item, depth)
            put("]")
        put("]}")

    def sequence(self, value, depth):
        self.fields(class_name(value), [("items", list(value))], depth)

    def deque(self, value, depth):
        items = list(collections.deque.__iter__(value))
        self.fields("deque", [("items", items)], depth)

    def complex(self, value, depth):
        real = complex.__dict__["real"].__get__(value)
        imag = complex.__dict__["imag"].__get__(value)
        self.fields("complex", [("real", real), ("imag", imag)], depth)

    def decimal(self, value, depth):
        self.fields("Decimal", [("value", decimal.Decimal.__str__(value))], depth)

    def fraction(self, value, depth):
        pair = [fractions.Fraction.__dict__[name].__get__(value) for name in ("numerator", "denominator")]
        self.fields("Fraction", [("numerator", pair[0]), ("denominator", pair[1])], depth)

    def moment(self, value, depth):
        for kind in (datetime.datetime, datetime.date, datetime.time):
            if kind in mro_of(type(value)):
                return self.fields(kind.__name__, [("iso", kind.isoformat(value))], depth)

    def duration(self, value, depth):
        self.fields("timedelta", [("seconds", datetime.timedelta.total_seconds(value))], depth)

    def error(self, value, depth):
        args = BaseException.__dict__["args"].__get__(value)
        self.fields(class_name(value), [("args", args)], depth)

    def member(self, value, depth):
        fields = dict_of(value)
        self.fields(class_name(value), [("name", fields.get("_name_")), ("value", fields.get("_value_"))], depth)

    def array(self, value, depth):
        listed = value.tolist()
        if type(listed) is list:
            self.fields(class_name(value), [("items", listed)], depth)
        else:
            self.write(listed, depth)

    def instance(self, value, depth):
        fields = [(key, item) for key, item in dict.items(dict_of(value)) if type(key) is str]
        for cls in mro_of(type(value)):
            for name, slot in dict_of_type(cls).items():
                if type(slot) is types.MemberDescriptorType:
                    try:
                        fields.append((name, slot.__get__(value)))
                    except AttributeError:
                        pass
        self.fields(class_name(value), fields, depth)


def dict_of(value):
    try:
        fields = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return fields if type(fields) is dict else {}


def find(cls, name):
    """What a class has by a name, past every `__getattribute__` of the class and its metaclass."""
    for base in mro_of(cls):
        found = dict_of_type(base).get(name)
        if found is not None:
            return found
    return None


LEAVES = {
    Encoder.none,
    Encoder.boolean,
    Encoder.integer,
    Encoder.floating,
    Encoder.text,
    Encoder.binary,
    Encoder.unknown,
}

WRITERS = {
    type(None): Encoder.none,
    bool: Encoder.boolean,
    int: Encoder.integer,
    float: Encoder.floating,
    str: Encoder.text,
    bytes: Encoder.binary,
    bytearray: Encoder.binary,
    memoryview: Encoder.binary,
    list: Encoder.list,
    tuple: Encoder.tuple,
    set: Encoder.set,
    frozenset: Encoder.frozenset,
    dict: Encoder.map,
    complex: Encoder.complex,
    range: Encoder.sequence,
    type({}.keys()): Encoder.view,
    type({}.items()): Encoder.view,
    type({}.values()): Encoder.sequence,
    types.FunctionType: Encoder.unknown,
    types.BuiltinFunctionType: Encoder.unknown,
    types.MethodType: Encoder.unknown,
    types.ModuleType: Encoder.unknown,
}

# What a subclass is read as: the first row that is among its bases.
BASES = [
    (int, Encoder.integer),
    (float, Encoder.floating),
    (str, Encoder.text),
    (bytes, Encoder.binary),
    (bytearray, Encoder.binary),
    (list, Encoder.list),
    (tuple, Encoder.tuple),
    (set, Encoder.set),
    (frozenset, Encoder.frozenset),
    (dict, Encoder.map),
    (enum.Enum, Encoder.member),
    (complex, Encoder.complex),
    (collections.deque, Encoder.deque),
    (decimal.Decimal, Encoder.decimal),
    (fractions.Fraction, Encoder.fraction),
    (datetime.date, Encoder.moment),
    (datetime.time, Encoder.moment),
    (datetime.timedelta, Encoder.duration),
    (BaseException, Encoder.error),
    (type, Encoder.unknown),
]


def writer_of(kind):
    bases = mro_of(kind)
    for base, write in BASES:
        if base in bases:
            return write
    if find(kind, "__module__") == "numpy" and find(kind, "tolist"):
        return Encoder.array
    if find(kind, "__next__"):
        return Encoder.iterator
    return Encoder.instance


def without_digit_limit():
    """Lets integers of any length be written; returns what undoes it."""
    change = getattr(sys, "set_int_max_str_digits", None)
    if change is None:
        return lambda: None
    before = sys.get_int_max_str_digits()
    change(0)
    return lambda: change(before)
