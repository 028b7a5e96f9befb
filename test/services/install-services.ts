// Installs the servers that tests use, where that may be done; says which are missing then.
import { findOrInstall } from './find-or-install.ts';
import { postgresProgram } from './postgres-server.ts';
import { redisProgram } from './redis-server.ts';

for (const program of [postgresProgram, redisProgram]) {
  const finding = findOrInstall(program);
  const says = finding.status === 'found' ? finding.path : finding.because;
  process.stdout.write(`${program.names[0]}: ${says}\n`);
}
