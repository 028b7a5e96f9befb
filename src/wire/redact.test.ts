import { expect, test } from 'vitest';
import { redact, redactFailure } from './redact.ts';

test('redact() replaces every secret wherever it stands', () => {
  const text = 'key sk-1234, again sk-1234, and tok.en';
  expect(redact(text, ['sk-1234', 'tok.en'])).toBe(
    'key [redacted], again [redacted], and [redacted]',
  );
});

test('redact() leaves the text alone for a secret that is empty or a mere word', () => {
  expect(redact('a key', ['', 'key'])).toBe('a key');
});

test('redactFailure() cleans message and evidence, and adds none', () => {
  const failure = { kind: 'unknown', message: 'sk-1234' } as const;
  expect(redactFailure(failure, ['sk-1234'])).toEqual({ kind: 'unknown', message: '[redacted]' });
  const evidence = redactFailure({ ...failure, evidence: '<sk-1234>' }, ['sk-1234']).evidence;
  expect(evidence).toBe('<[redacted]>');
});
