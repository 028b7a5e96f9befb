import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const module = new URL('cancel-on-signals.ts', import.meta.url).href;

/** A program that goes on for ever, cancelled or not, and says how it goes. */
const script = `
  import { cancelOnSignals } from '${module}';
  const cancellation = cancelOnSignals();
  cancellation.signal.addEventListener('abort', () => console.log(cancellation.status()));
  setInterval(() => undefined, 1000);
  console.log('ready');
`;

async function program(): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  expect(await said(child)).toBe('ready');
  return child;
}

async function said(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [chunk] = await once(child.stdout, 'data');
  return String(chunk).trim();
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'cancelOnSignals() aborts at the first %s and ends at the second',
  async (name, status) => {
    const child = await program();
    child.kill(name);
    expect(await said(child)).toBe(String(status));
    expect(child.exitCode).toBeNull();
    const exited = once(child, 'exit');
    child.kill(name);
    expect(await exited).toEqual([status, null]);
  },
);

test('cancelOnSignals() ends at once at another signal, too', async () => {
  const child = await program();
  child.kill('SIGINT');
  await said(child);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exited).toEqual([143, null]);
});
