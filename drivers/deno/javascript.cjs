// Runs the driver of JavaScript in Deno and lets programs print as they would in Node.
'use strict';

const { Console } = require('node:console');
const { Writable } = require('node:stream');

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

// Deno's own console writes past `process.stdout`.
globalThis.console = new Console({ stdout: streamNamed('stdout'), stderr: streamNamed('stderr') });

require('../javascript/main.cjs');
