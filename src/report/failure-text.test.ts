import { expect, test } from 'vitest';
import { primary } from '../../test/support/sample-run.ts';
import { failureLine, failureText } from './failure-text.ts';

const seat = primary(1, 'codex');

test('failureLine() says what failed and the remedy of its kind', () => {
  const failure = { kind: 'timed-out', message: 'No whole answer within 60 s' } as const;
  expect(failureLine(failure, seat)).toBe('Timeout: No whole answer within 60 s. Raise --timeout');
});

test('failureLine() gives the remedy of the seat when that is why nobody could be asked', () => {
  const unavailable = {
    status: 'unavailable',
    kind: 'not-installed',
    message: 'Program "codex" was not found on PATH',
    remedy: 'Run npm install --global @openai/codex',
  } as const;
  const failure = { kind: 'not-installed', message: unavailable.message } as const;
  expect(failureLine(failure, { ...seat, unavailable })).toBe(
    'Not installed: Program "codex" was not found on PATH. Run npm install --global @openai/codex',
  );
  expect(failureLine({ kind: 'network', message: 'Reset' }, { ...seat, unavailable })).toBe(
    'Network error: Reset. Check the connection and the base URL',
  );
});

test('failureText() does not say a thing twice', () => {
  expect(failureText({ kind: 'overloaded', message: 'overloaded (HTTP 529)' })).toBe(
    'overloaded (HTTP 529)',
  );
  expect(failureText({ kind: 'cancelled', message: 'Cancelled before it was asked' })).toBe(
    'Cancelled before it was asked',
  );
});
