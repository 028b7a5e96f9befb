// Runs a script in a thread and watches from outside of it what the process holds, on every system alike:
// `deno run watch.cjs MEBIBYTES SCRIPT ARGUMENTS...`. V8 limits its heap by itself, but not the memory of buffers,
// WebAssembly and further threads.
'use strict';

const { Worker } = require('node:worker_threads');

const everyMs = 25;
/** The exit code of a process that the kernel ends for its memory. */
const outOfMemory = 137;

const { Deno } = globalThis;
const [mebibytes, script, ...argv] = process.argv.slice(2);
const program = new Worker(script, { argv });
program.on('exit', (code) => process.exit(code));
program.on('error', (error) => {
  process.stderr.write(`${error.stack ?? error}\n`, () => process.exit(1));
});
setInterval(() => {
  if (Deno.memoryUsage().rss > Number(mebibytes) << 20) Deno.exit(outOfMemory);
}, everyMs);
