#!/usr/bin/env node
// Old JavaScript on purpose: every Node that people still have must get as far as the message.
'use strict';

var path = require('path');
var exists = require('fs').existsSync;

var wanted = 24;
var found = process.versions.node;
// A source checkout brings its own Node, which an installed package does not.
var brought = path.join(__dirname, '../toolchain/package.json');
var ownNode = path.join(__dirname, '../node_modules/.bin/node');

if (parseInt(found, 10) >= wanted) {
  endWithLauncher();
  start();
} else if (exists(brought) && exists(ownNode)) {
  startWith(ownNode);
} else {
  process.stderr.write(
    'Cannot start orchestrator: found Node ' +
      found +
      ', wanted Node ' +
      wanted +
      ' or newer; try: npx -p node@' +
      wanted +
      ' -p multi-model-orchestrator orchestrator' +
      ' ...\n',
  );
  process.exitCode = 2;
}

function start() {
  var bundle = path.join(__dirname, '../dist/cli/main.js');
  // A source checkout that was not built runs from source.
  require(exists(bundle) ? bundle : '../src/cli/main.ts');
}

// The channel to who started this one ends with that process, however it dies.
function endWithLauncher() {
  if (!process.channel) return;
  process.on('disconnect', function () {
    process.kill(process.pid, 'SIGTERM');
  });
  // The listener alone would keep the process from its end.
  process.channel.unref();
}

function startWith(node) {
  var args = [__filename].concat(process.argv.slice(2));
  var stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  var child = require('child_process').spawn(node, args, { stdio: stdio });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      // A terminal sends Ctrl-C to both processes already, and a second one means: at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  });
  child.on('exit', function (code) {
    process.exitCode = code === null ? 1 : code;
  });
}
