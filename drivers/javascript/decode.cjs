// JavaScript values made of the tagged JSON of src/domain/value.ts.
'use strict';

const floats = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };

/** The value of parsed tagged JSON; `classes` gives the program's classes by name. */
function decode(value, classes) {
  if (value === null || typeof value !== 'object') return value;
  const all = (items) => items.map((item) => decode(item, classes));
  if ('int' in value) return integer(value.int);
  if ('float' in value) return floats[value.float] ?? Number(value.float);
  if ('list' in value) return all(value.list);
  if ('tuple' in value) return all(value.tuple);
  if ('set' in value) return new Set(all(value.set));
  if ('map' in value) return dictionary(value.map.map(all));
  if ('bytes' in value) return new Uint8Array(Buffer.from(value.bytes, 'base64'));
  if ('object' in value) return instance(value.object, value.fields, classes);
  if (value.opaque === 'undefined') return undefined;
  throw new TypeError(`no value can be made of ${value.opaque}`);
}

function integer(digits) {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

/** A plain object, as programs expect it of JSON; a Map where a key is no text. */
function dictionary(pairs) {
  if (pairs.some(([key]) => typeof key !== 'string')) return new Map(pairs);
  return withFields({}, pairs);
}

const makers = {
  BigInt: ({ value }) => BigInt(value),
  Map: ({ entries }) => (entries instanceof Map ? entries : new Map(Object.entries(entries))),
  Date: ({ iso }) => new Date(iso),
  RegExp: ({ source, flags }) => new RegExp(source, flags),
};

function instance(name, fields, classes) {
  const pairs = fields.map(([key, item]) => [key, decode(item, classes)]);
  if (Object.hasOwn(makers, name)) return makers[name](withFields({}, pairs));
  const found = classes(name);
  const prototype = typeof found === 'function' ? found.prototype : Object.prototype;
  return withFields(Object.create(prototype), pairs);
}

function withFields(target, pairs) {
  for (const [key, value] of pairs) {
    // Not by assignment, which would take "__proto__" for the prototype.
    Object.defineProperty(target, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return target;
}

module.exports = { decode };
