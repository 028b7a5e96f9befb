#!/usr/bin/env node
// Old JavaScript on purpose: every Node that people still have must get as far as the message.
'use strict';

var wanted = 24;

if (parseInt(process.versions.node, 10) < wanted) {
  process.stderr.write(
    'Cannot start orchestrator: found Node ' +
      process.versions.node +
      ', wanted Node ' +
      wanted +
      ' or newer; try: npx -p node@' +
      wanted +
      ' -p multi-model-orchestrator orchestrator' +
      ' ...\n',
  );
  process.exitCode = 2;
} else {
  start();
}

function start() {
  var bundle = require('node:path').join(__dirname, '../dist/cli/main.js');
  var isBuilt = require('node:fs').existsSync(bundle);
  // A source checkout that was not built runs from source.
  require(isBuilt ? bundle : '../src/cli/main.ts');
}
