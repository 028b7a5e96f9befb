import { packageVersion } from './package-version.ts';

// Everything else is loaded on demand, so that the version is told about as fast as Node starts.
const [first, ...rest] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && rest.length === 0) {
  process.stdout.write(`${packageVersion()}\n`);
} else {
  void import('./run-process.ts').then(({ runProcess }) => runProcess());
}
