// Runs the driver of JavaScript in Deno: lets programs print as they would in Node, and read no file at all.
'use strict';

const { Console } = require('node:console');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Writable } = require('node:stream');

const { Deno } = globalThis;
const folder = join(__dirname, '..', 'javascript');
const main = readFileSync(join(folder, 'main.cjs'), 'utf8');
const parts = Object.fromEntries(
  ['decode', 'encode', 'program', 'safe'].map((name) => [
    `./${name}.cjs`,
    require(join(folder, `${name}.cjs`)),
  ]),
);

// Deno's own console writes past `process.stdout`.
globalThis.console = new Console({ stdout: streamNamed('stdout'), stderr: streamNamed('stderr') });
// A file that may be read can be changed in its mode and times, and these files are ours.
Deno.permissions.revokeSync({ name: 'read' });
new Function('require', main)((name) => parts[name] ?? require(name));

/** Writes to the stream of a name that there is then: the driver puts others in place of the real ones. */
function streamNamed(name) {
  return new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      process[name].write(chunk);
      done();
    },
  });
}
