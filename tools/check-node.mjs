// Fails loudly when a script runs on another Node than the one that the toolchain brings.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Cannot run on Node ${process.versions.node}: wanted 24 or newer; run "npm ci" with optional dependencies\n`,
  );
  process.exit(1);
}
