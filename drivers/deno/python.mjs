// Runs the driver of Python in CPython, which is WebAssembly here: `python.mjs FOLDER`, where FOLDER holds
// python.cjs, python.wasm and python313.zip. All that Python sees is stdin, stdout, stderr and files in memory.
import { readFileSync, readSync, writeSync } from 'node:fs';
import process from 'node:process';

const [folder] = process.argv.slice(2);
const drivers = new URL('../python/', import.meta.url);
/** The numbers of Linux for devices of terminals. */
const deviceMajor = 64;
const cannotSeek = 70;

const python = await start(await WebAssembly.compile(readFileSync(`${folder}/python.wasm`)));
process.exit(run(python));

function start(compiled) {
  return load(readFileSync(`${folder}/python.cjs`, 'utf8'))({
    noInitialRun: true,
    noFSInit: true,
    thisProgram: '/python3',
    instantiateWasm: (imports, done) => {
      void WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled));
      return {};
    },
    preRun: [prepare],
  });
}

/** The loader is given neither `require` nor the globals by which it would find Node. */
function load(source) {
  const exported = { exports: {} };
  const evaluate = new Function('module', 'exports', 'require', 'globalThis', source);
  evaluate(exported, exported.exports, undefined, {});
  return exported.exports;
}

function prepare({ FS, ENV }) {
  FS.mkdir('/lib');
  FS.mkdir('/drivers');
  FS.writeFile('/lib/python313.zip', readFileSync(`${folder}/python313.zip`));
  for (const name of ['main', 'driver', 'capture', 'decode', 'encode']) {
    FS.writeFile(`/drivers/${name}.py`, readFileSync(new URL(`${name}.py`, drivers)));
  }
  FS.writeFile('/drivers/begin.py', readFileSync(new URL('begin.py', import.meta.url)));
  openStreams(FS);
  Object.assign(ENV, {
    PYTHONHOME: '/',
    PYTHONPATH: '/lib/python313.zip',
    PYTHONHASHSEED: '0',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  });
}

/** Opens the descriptors 0 to 2, which are bytes as they are, and not the loader's lines of text. */
function openStreams(FS) {
  const take = (_stream, ...place) => readSync(0, bytesOf(place));
  const give =
    (fd) =>
    (_stream, ...place) =>
      writeSync(fd, bytesOf(place));
  const operations = [{ read: take }, { write: give(1) }, { write: give(2) }];
  for (const [number, own] of operations.entries()) {
    const device = FS.makedev(deviceMajor, number);
    FS.registerDevice(device, {
      open: (stream) => {
        stream.seekable = false;
      },
      close: () => undefined,
      llseek: () => {
        throw new FS.ErrnoError(cannotSeek);
      },
      ...own,
    });
    FS.mkdev(`/dev/stream${number}`, device);
    FS.open(`/dev/stream${number}`, number === 0 ? 0 : 1);
  }
}

function bytesOf([memory, at, length]) {
  return new Uint8Array(memory.buffer, memory.byteOffset + at, length);
}

/** The exit code; what is thrown instead of returned is an end by `exit`, or a fault of the machine. */
function run({ callMain }) {
  try {
    return callMain(['-s', '-S', '-B', '/drivers/begin.py', 'once']);
  } catch (error) {
    if (typeof error.status === 'number') return error.status;
    writeSync(2, new TextEncoder().encode(`${error.message ?? error}\n`));
    return 134;
  }
}
