// JavaScript values as the tagged JSON of src/domain/value.ts. Results come from code that nobody trusts, so the
// kind of a value is told by what the engine knows of it, not by its prototype or its methods.
'use strict';

const safe = require('./safe.cjs');

const itemsMax = 1000;
const depthMax = 128;
const nodesMax = 50_000;
const textMax = 256 * 1024;

/** The JSON text of a value; throws what an iterator throws when its items are taken. */
function encode(value) {
  return write(value, { left: nodesMax, open: new Set() }, 0);
}

function write(value, state, depth) {
  state.left -= 1;
  if (value === null || value === true || value === false) return safe.textOf(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'bigint') {
    return `{"object":"BigInt","fields":[["value",{"int":"${safe.textOf(value)}"}]]}`;
  }
  if (typeof value !== 'object') return opaque(typeof value);
  if (safe.types.isProxy(value)) return opaque('Proxy');
  if (depth >= depthMax) return opaque(`deeper than ${depthMax}`);
  if (safe.hasInSet(state.open, value)) return opaque('cycle');
  safe.addToSet(state.open, value);
  const written = writeObject(value, state, depth + 1);
  safe.deleteFromSet(state.open, value);
  return written;
}

function writeObject(value, state, depth) {
  if (safe.isArray(value)) return array(value, state, depth);
  for (let index = 0; index < writers.length; index += 1) {
    const writer = writers[index];
    if (writer.is(value)) return writer.write(value, state, depth);
  }
  const prototype = safe.prototypeOf(value);
  if (prototype === safe.objectPrototype || prototype === null) return plain(value, state, depth);
  return fields(classOf(value), ownFields(value), { state, depth });
}

const { types } = safe;
const writers = [
  { is: types.isMap, write: map },
  { is: types.isSet, write: set },
  { is: types.isDate, write: date },
  { is: types.isRegExp, write: regExp },
  { is: types.isUint8Array, write: (value) => `{"bytes":"${safe.bytesOfTypedArray(value)}"}` },
  { is: types.isTypedArray, write: typedArray },
  { is: types.isNativeError, write: error },
  { is: types.isPromise, write: () => opaque('Promise') },
  { is: safe.isIterator, write: iterator },
];

function number(value) {
  if (safe.isSafeInteger(value) && !safe.is(value, -0)) return `{"int":"${value}"}`;
  if (safe.is(value, -0)) return '{"float":"-0"}';
  if (safe.isNaN(value)) return '{"float":"nan"}';
  if (value === Infinity) return '{"float":"inf"}';
  if (value === -Infinity) return '{"float":"-inf"}';
  return `{"float":"${value}"}`;
}

function text(value) {
  const more = value.length - textMax;
  const kept = more > 0 ? `${safe.sliceText(value, 0, textMax)}... (${more} more)` : value;
  return ascii(safe.quote(kept));
}

/** JSON text without any other character than those of ASCII, so that no piece of it can be cut in two. */
function ascii(json) {
  let written = '';
  let begin = 0;
  for (let index = 0; index < json.length; index += 1) {
    const code = safe.codeAt(json, index);
    if (code < 0x7f) continue;
    written += `${safe.sliceText(json, begin, index)}\\u${hex(code)}`;
    begin = index + 1;
  }
  return begin === 0 ? json : written + safe.sliceText(json, begin);
}

function hex(code) {
  const digits = '0123456789abcdef';
  return (
    digits[code >> 12] + digits[(code >> 8) & 15] + digits[(code >> 4) & 15] + digits[code & 15]
  );
}

function opaque(name) {
  return `{"opaque":${text(name)}}`;
}

function array(value, state, depth) {
  const { length } = value;
  let written = '';
  for (let index = 0; index < length; index += 1) {
    if (index > 0) written += ',';
    if (state.left <= 0) {
      written += opaque(`${length - index} more`);
      break;
    }
    written += write(value[index], state, depth);
  }
  return `{"list":[${written}]}`;
}

function map(value, state, depth) {
  let written = '';
  safe.eachOfMap(value, (item, key) => {
    if (state.left <= 0) return;
    const comma = written === '' ? '' : ',';
    written += `${comma}[${write(key, state, depth)},${write(item, state, depth)}]`;
  });
  const rest = state.left <= 0 ? `,["size",{"int":"${safe.sizeOfMap(value)}"}]` : '';
  return `{"object":"Map","fields":[["entries",{"map":[${written}]}]${rest}]}`;
}

function set(value, state, depth) {
  let written = '';
  safe.eachOfSet(value, (item) => {
    if (state.left <= 0) return;
    written += (written === '' ? '' : ',') + write(item, state, depth);
  });
  if (state.left <= 0) written += `,${opaque(`${safe.sizeOfSet(value)} in all`)}`;
  return `{"set":[${written}]}`;
}

function date(value) {
  const time = safe.timeOf(value);
  const iso = safe.isNaN(time) ? 'Invalid Date' : safe.isoOf(value);
  return `{"object":"Date","fields":[["iso","${iso}"]]}`;
}

function regExp(value) {
  const source = text(safe.sourceOf(value));
  return `{"object":"RegExp","fields":[["source",${source}],["flags",${text(safe.flagsOf(value))}]]}`;
}

function typedArray(value, state, depth) {
  const items = [];
  const length = safe.lengthOfTypedArray(value);
  for (let index = 0; index < length && index < nodesMax; index += 1) {
    safe.defineProperty(items, index, { value: value[index] });
  }
  const name = safe.nameOfTypedArray(value);
  return `{"object":"${name}","fields":[["items",${array(items, state, depth)}]]}`;
}

function error(value, state, depth) {
  const found = safe.descriptor(value, 'message');
  const message = typeof found?.value === 'string' ? found.value : '';
  return fields(classOf(value), [['message', message]], { state, depth });
}

function iterator(value, state, depth) {
  const items = [];
  while (items.length < itemsMax) {
    const { done, value: item } = value.next();
    if (done) break;
    safe.defineProperty(items, items.length, { value: item });
  }
  return array(items, state, depth);
}

function plain(value, state, depth) {
  const keys = safe.keys(value);
  let written = '';
  for (let index = 0; index < keys.length; index += 1) {
    if (index > 0) written += ',';
    if (state.left <= 0) {
      written += `[${opaque(`${keys.length - index} more`)},null]`;
      break;
    }
    written += `[${text(keys[index])},${write(value[keys[index]], state, depth)}]`;
  }
  return `{"map":[${written}]}`;
}

function ownFields(value) {
  const found = [];
  const keys = safe.keys(value);
  for (let index = 0; index < keys.length; index += 1) {
    safe.defineProperty(found, index, { value: [keys[index], value[keys[index]]] });
  }
  return found;
}

function fields(name, entries, { state, depth }) {
  let written = '';
  for (let index = 0; index < entries.length; index += 1) {
    if (index > 0) written += ',';
    const item = state.left <= 0 ? opaque('more') : write(entries[index][1], state, depth);
    written += `[${text(entries[index][0])},${item}]`;
  }
  return `{"object":${text(name)},"fields":[${written}]}`;
}

/** The name of the class of an instance, read without running any code of the program. */
function classOf(value) {
  for (let at = safe.prototypeOf(value); at !== null; at = safe.prototypeOf(at)) {
    if (safe.types.isProxy(at)) break;
    const made = safe.descriptor(at, 'constructor')?.value;
    if (typeof made !== 'function' || safe.types.isProxy(made)) continue;
    const name = safe.descriptor(made, 'name')?.value;
    if (typeof name === 'string') return name;
  }
  return 'Object';
}

module.exports = { encode, text, classOf, itemsMax };
