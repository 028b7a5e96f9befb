// Runs an untrusted program: `node main.cjs`. A job comes on stdin: a header of 64 bytes with decimal numbers,
// as many bytes of JSON as the first says, then the stdin of a program that runs as a whole. One line of JSON
// comes back for each call. The program can do all that this process can, so nothing here is secret.
'use strict';

const fs = require('node:fs');
const { decode } = require('./decode.cjs');
const { classOf, encode, itemsMax, text } = require('./encode.cjs');
const { entryOf, load } = require('./program.cjs');
const safe = require('./safe.cjs');

const headerSize = 64;
const messageMax = 2000;
const { writeSync, readSync } = fs;
const exit = process.exit.bind(process);
const bytesOf = Buffer.from;

const nothing = () => undefined;
const streamParts = {
  isTTY: false,
  writable: true,
  listenerCount: () => 1,
  ...Object.fromEntries(
    ['on', 'once', 'off', 'addListener', 'removeListener', 'emit', 'end', 'cork', 'uncork'].map(
      (name) => [name, nothing],
    ),
  ),
};

let resultFd = 1;
let printed = '';
let printedMax = 0;

void main();

async function main() {
  const header = read(headerSize).toString('latin1');
  const job = JSON.parse(read(Number(header.split(' ')[0])).toString('utf8'));
  printedMax = job.printedMaxBytes;
  const isWhole = job.calls[0].kind === 'program';
  if (isWhole) resultFd = 2;
  put('{"confined":true}');
  if (isWhole) return runWhole(job);
  capture();
  process.on('beforeExit', () => {
    put('{"crashed":"waits for what never comes"}');
    exit(0);
  });
  const program = await loaded(job.files);
  if (!program) return exit(0);
  put('{"loaded":true}');
  for (let index = 0; index < job.calls.length; index += 1) {
    put(await observe(job.calls[index], program));
  }
  exit(0);
}

function read(size) {
  const bytes = Buffer.alloc(size);
  for (let have = 0; have < size; ) {
    const count = readSync(0, bytes, have, size - have, null);
    if (count === 0) throw new TypeError('the job is not complete');
    have += count;
  }
  return bytes;
}

function put(line) {
  const bytes = bytesOf(`${line}\n`, 'latin1');
  for (let done = 0; done < bytes.length; ) done += writeSync(resultFd, bytes, done);
}

/** Puts streams in place of the real ones, with as much of a stream as programs and the console use. */
function capture() {
  const take = (chunk, encoding, done) => {
    printed += typeof chunk === 'string' ? chunk : bytesOf(chunk).toString('utf8');
    if (printed.length > printedMax) {
      put('{"crashed":"output limit"}');
      exit(1);
    }
    const after = typeof encoding === 'function' ? encoding : done;
    // The console takes anything but null for an error.
    if (typeof after === 'function') process.nextTick(after, null);
    return true;
  };
  const streams = { stdout: take, stderr: () => true };
  for (const [name, write] of Object.entries(streams)) {
    const value = { ...streamParts, write };
    Object.defineProperty(process, name, { value, configurable: true, writable: true });
  }
}

async function loaded(files) {
  try {
    return await load(files, { isMain: false });
  } catch (error) {
    put(`{"broken":${safe.sliceText(raised(error), 10)}`);
    return undefined;
  }
}

async function observe(call, program) {
  printed = '';
  try {
    if (call.kind === 'script') return returned(await evaluate(call, program.look), [], []);
    const { found, owner } = entryOf(call.name, program.find);
    const args = call.args.map((value) => decode(value, program.find));
    const before = args.map(encode);
    return returned(await settled(safe.apply(found, owner, args)), args, before);
  } catch (error) {
    return raised(error);
  }
}

function evaluate({ statements, expression }, look) {
  return settled(look(`(async () => {${statements}\n;return (${expression}\n);})()`));
}

/** What comes of a value that must be awaited. */
async function settled(value) {
  const result = await value;
  if (result === null || typeof result !== 'object' || !safe.isAsyncIterator(result)) return result;
  const items = [];
  while (items.length < itemsMax) {
    const { done, value: item } = await result.next();
    if (done) break;
    safe.defineProperty(items, items.length, { value: item });
  }
  return items;
}

function returned(value, args, before) {
  const written = encode(value);
  let changed = '';
  for (let index = 0; index < args.length; index += 1) {
    const after = encode(args[index]);
    if (after !== before[index]) changed += `${changed === '' ? '' : ','}[${index},${after}]`;
  }
  return `{"returned":${written},"printed":${text(printed)},"changed":[${changed}]}`;
}

function raised(error) {
  const [name, message] = describe(error);
  return `{"raised":${text(name)},"message":${text(message)},"printed":${text(printed)}}`;
}

/** The class and the message of what was thrown, which need not be an error. */
function describe(error) {
  try {
    if (error === null || typeof error !== 'object') return [typeof error, cut(safe.textOf(error))];
    const { message } = error;
    return [classOf(error), typeof message === 'string' ? cut(message) : ''];
  } catch {
    return ['Error', ''];
  }
}

function cut(message) {
  return safe.sliceText(message, 0, messageMax);
}

/** Runs the program as `node main.js` would, with the real stdin and stdout of this process. */
async function runWhole({ files }) {
  const { readFileSync } = fs;
  // The name of stdin that many programs use is a path that cannot be opened here.
  fs.readFileSync = (path, ...rest) => readFileSync(path === '/dev/stdin' ? 0 : path, ...rest);
  put('{"loaded":true}');
  process.on('uncaughtException', (error) => {
    put(raised(error));
    exit(1);
  });
  await load(files, { isMain: true });
}
