import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { task } from './builders.ts';
import { jobOf, tellingPerform } from './engine-work.ts';

test('tellingPerform() tells what it begins and ends, and waits for its signal where the task hangs', async () => {
  const output = new PassThrough();
  const perform = tellingPerform(output);
  await perform(jobOf('quick'), new AbortController().signal);
  const hanging = perform(jobOf('slow', { task: task('hangs') }), AbortSignal.abort());
  await expect(hanging).rejects.toThrow('ended before its end');
  output.end();
  expect(await text(output)).toBe('begun quick\nended quick\nbegun slow\n');
});
