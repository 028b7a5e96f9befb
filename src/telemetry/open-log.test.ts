import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openLog } from './open-log.ts';

async function logged(level: 'silent' | 'info' | 'debug', facts: object): Promise<string> {
  const stream = new PassThrough();
  const log = openLog(level, stream);
  log.debug(facts, 'small');
  log.info(facts, 'large');
  stream.end();
  return text(stream);
}

test('openLog() takes the values of secrets out, also one level down', async () => {
  const facts = { token: 's3cret', headers: { authorization: 'Bearer s3cret', accept: 'any' } };
  const written = await logged('info', facts);
  expect(written).not.toContain('s3cret');
  expect(JSON.parse(written)).toMatchObject({
    level: 'info',
    msg: 'large',
    token: '[redacted]',
    headers: { authorization: '[redacted]', accept: 'any' },
  });
});

test.each([
  ['silent', 0],
  ['info', 1],
  ['debug', 2],
] as const)('openLog() writes on %s %d of two lines', async (level, count) => {
  expect((await logged(level, {})).split('\n').filter((line) => line !== '')).toHaveLength(count);
});
