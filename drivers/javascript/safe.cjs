// The built-in functions that the driver uses, as they were before any program was loaded, each taking its
// `this` as the first argument. A program can replace what is on the prototypes, but not what is held here.
'use strict';

const { types } = require('node:util');

const takingThis = Function.prototype.bind.bind(Function.prototype.call);
const getter = (prototype, name) =>
  takingThis(Object.getOwnPropertyDescriptor(prototype, name).get);

const TypedArray = Object.getPrototypeOf(Uint8Array);
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const AsyncIteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf(async function* () {}.prototype),
);
const bufferOf = getter(TypedArray.prototype, 'buffer');
const offsetOf = getter(TypedArray.prototype, 'byteOffset');
const sizeOf = getter(TypedArray.prototype, 'byteLength');
const isAbove = takingThis(Object.prototype.isPrototypeOf);
const toBase64 = takingThis(Buffer.prototype.toString);
const bufferFrom = Buffer.from;

module.exports = {
  types: { ...types },
  isArray: Array.isArray,
  isSafeInteger: Number.isSafeInteger,
  isNaN: Number.isNaN,
  is: Object.is,
  keys: Object.keys,
  descriptor: Object.getOwnPropertyDescriptor,
  prototypeOf: Object.getPrototypeOf,
  defineProperty: Object.defineProperty,
  create: Object.create,
  objectPrototype: Object.prototype,
  apply: Reflect.apply,
  construct: Reflect.construct,
  textOf: String,
  quote: JSON.stringify,
  sliceText: takingThis(String.prototype.slice),
  codeAt: takingThis(String.prototype.charCodeAt),
  splitText: takingThis(String.prototype.split),
  eachOfMap: takingThis(Map.prototype.forEach),
  eachOfSet: takingThis(Set.prototype.forEach),
  sizeOfMap: getter(Map.prototype, 'size'),
  sizeOfSet: getter(Set.prototype, 'size'),
  hasInSet: takingThis(Set.prototype.has),
  addToSet: takingThis(Set.prototype.add),
  deleteFromSet: takingThis(Set.prototype.delete),
  timeOf: takingThis(Date.prototype.getTime),
  isoOf: takingThis(Date.prototype.toISOString),
  sourceOf: getter(RegExp.prototype, 'source'),
  flagsOf: getter(RegExp.prototype, 'flags'),
  nameOfTypedArray: getter(TypedArray.prototype, Symbol.toStringTag),
  lengthOfTypedArray: getter(TypedArray.prototype, 'length'),
  bytesOfTypedArray: (value) =>
    toBase64(bufferFrom(bufferOf(value), offsetOf(value), sizeOf(value)), 'base64'),
  isIterator: (value) => isAbove(IteratorPrototype, value),
  isAsyncIterator: (value) => isAbove(AsyncIteratorPrototype, value),
};
