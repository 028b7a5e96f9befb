// Loads a program, which may be a bare script, a CommonJS module or an ES module, and finds what it defines.
'use strict';

const { createRequire, registerHooks } = require('node:module');
const vm = require('node:vm');
const safe = require('./safe.cjs');

const folder = '/candidate/';
/** What an ES module is given, so that its own names can be reached, exported or not. */
const lookName = '__candidate_look';
const moduleTail = `\n;export const ${lookName} = (__candidate_source) => eval(__candidate_source);`;

/**
 * Loads the program whose main file is the first. Resolves to a function that evaluates source text where the
 * program's own names are seen, and one that finds an entry by its name. `isMain` tells the program that it
 * is not loaded by another.
 */
async function load(files, { isMain }) {
  const [main] = files;
  const script = compile(main.text);
  // Hooks make every start slower, and most programs are one script.
  if (files.length > 1 || script instanceof SyntaxError) offer(files);
  if (script instanceof SyntaxError) return loadModule(script);
  const exported = { exports: {} };
  globalThis.module = exported;
  globalThis.exports = exported.exports;
  globalThis.require = createRequire(`${folder}main.js`);
  globalThis.require.main = isMain ? exported : undefined;
  globalThis.__filename = `${folder}main.js`;
  globalThis.__dirname = folder;
  script.runInThisContext();
  const look = (source) => vm.runInThisContext(source, { filename: 'test.js' });
  return { look, find: (name) => find(name, exported.exports, look) };
}

/** What cannot be a script may be an ES module; if it is neither, the first error says more. */
async function loadModule(error) {
  try {
    const exported = await import(`file://${folder}main.mjs`);
    const look = exported[lookName];
    return { look, find: (name) => find(name, exported, look) };
  } catch (other) {
    throw other instanceof SyntaxError ? error : other;
  }
}

function compile(text) {
  try {
    return new vm.Script(text, { filename: `${folder}main.js` });
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

function find(name, exported, look) {
  const whole = exported?.default ?? exported;
  const candidates = [
    () => exported?.[name],
    () => exported?.default?.[name],
    () => look(`typeof ${name} === 'undefined' ? undefined : ${name}`),
    () =>
      typeof whole === 'function' &&
      (whole.name === name || !whole.name || whole.name === 'default')
        ? whole
        : undefined,
  ];
  for (const candidate of candidates) {
    const found = candidate();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lets the program import its own files by relative paths, with or without their endings. */
function offer(files) {
  const sources = new Map(
    files.slice(1).flatMap(({ path, text }) => (path ? [[stemOf(path), text]] : [])),
  );
  const [main] = files;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === `file://${folder}main.mjs`) return { url: specifier, shortCircuit: true };
      const stem = stemOf(specifier);
      if (!specifier.startsWith('.') || !sources.has(stem)) return next(specifier, context);
      return { url: `file://${folder}${stem}.js`, shortCircuit: true };
    },
    load(url, context, next) {
      if (url === `file://${folder}main.mjs`) {
        return { format: 'module', source: main.text + moduleTail, shortCircuit: true };
      }
      const source = url.startsWith(`file://${folder}`) ? sources.get(stemOf(url)) : undefined;
      if (source === undefined) return next(url, context);
      const isModule = /^\s*(?:import|export)\b/m.test(source);
      return { format: isModule ? 'module' : 'commonjs', source, shortCircuit: true };
    },
  });
}

function stemOf(path) {
  return path
    .split('/')
    .at(-1)
    .replace(/\.[cm]?[jt]s$/, '');
}

/** The function to call for a path such as `Solution.twoSum`, and what it is called on. */
function entryOf(path, findName) {
  const [first, ...rest] = safe.splitText(path, '.');
  let owner;
  let found = findName(first);
  for (const part of rest) {
    owner = found;
    // A method of a class is taken from an instance that is made without arguments.
    if (typeof owner === 'function' && owner[part] === undefined && owner.prototype) {
      owner = safe.construct(owner, []);
    }
    found = owner?.[part];
  }
  if (typeof found === 'function') return { owner, found };
  throw new EntryMissing(`the program does not define ${path}`);
}

class EntryMissing extends Error {}

module.exports = { load, entryOf };
