"""Python values made of the tagged JSON of src/domain/value.ts."""

import base64
import collections
import datetime
import decimal
import fractions
import types


def decode(value, classes):
    """The Python value of parsed tagged JSON. `classes` gives the program's classes by name."""
    if type(value) is not dict:
        return value
    tag = next(iter(value))
    if tag == "object":
        fields = {key: decode(item, classes) for key, item in value["fields"]}
        return make_object(value["object"], fields, classes)
    data = value[tag]
    if tag == "int":
        return int(data)
    if tag == "float":
        return float(data)
    if tag == "bytes":
        return base64.b64decode(data)
    if tag == "map":
        return {decode(key, classes): decode(item, classes) for key, item in data}
    if tag == "list":
        return [decode(item, classes) for item in data]
    if tag == "tuple":
        return tuple([decode(item, classes) for item in data])
    if tag == "set":
        return {decode(item, classes) for item in data}
    raise ValueError("no value can be made of %s" % tag)


MAKERS = {
    "complex": lambda real, imag: complex(real, imag),
    "range": lambda items: items,
    "deque": lambda items: collections.deque(items),
    "Decimal": lambda value: decimal.Decimal(value),
    "Fraction": lambda numerator, denominator: fractions.Fraction(numerator, denominator),
    "datetime": lambda iso: datetime.datetime.fromisoformat(iso),
    "date": lambda iso: datetime.date.fromisoformat(iso),
    "time": lambda iso: datetime.time.fromisoformat(iso),
    "timedelta": lambda seconds: datetime.timedelta(seconds=seconds),
}


def make_object(name, fields, classes):
    cls = classes(name)
    if isinstance(cls, type):
        made = object.__new__(cls)
        for key, item in fields.items():
            object.__setattr__(made, key, item)
        return made
    if name in MAKERS:
        return MAKERS[name](**fields)
    return types.SimpleNamespace(**fields)
