#!/usr/bin/env node
//! systole: the command that users type; in a checkout it first brings the build up to date.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const commandLine = join(__dirname, '..', 'dist', 'systole.cjs');
// The tarball carries this file without task.mjs. npm links only a file that exists, so this one is committed.
if (!existsSync(join(__dirname, 'task.mjs')) || require('./seen.cjs').unchanged()) require(commandLine);
else {
  import('./task.mjs').then(({ ready }) => ready()).then((isReady) => {
    if (isReady) require(commandLine);
  });
}
