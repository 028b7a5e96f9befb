import { expect, test } from 'vitest';
import { OrchestratorError } from '../domain/mistake.ts';
import { explainError } from './explain-error.ts';

test('explainError() says a misuse and its hint on one line', () => {
  const error = new OrchestratorError('bad-usage', 'Cannot do it', { hint: 'Do that' });
  expect(explainError(error, false)).toEqual({ text: 'Cannot do it. Do that\n', status: 2 });
});

test('explainError() asks to report anything else, without its stack', () => {
  const { text, status } = explainError(new TypeError('x is not a function'), false);
  expect(status).toBe(1);
  expect(text).toContain('please report it: x is not a function\n');
  expect(text).not.toContain('    at ');
});

test('explainError() shows the stack when every step is told', () => {
  expect(explainError(new TypeError('x'), true).text).toContain('    at ');
});

test('explainError() makes what was thrown harmless on a terminal', () => {
  expect(explainError(new Error('\x1b[2J'), false).text).not.toContain('\x1b');
});
