import { expect, test } from 'vitest';
import { errorFacts } from './error-facts.ts';

test('errorFacts() tells the kind and the places of an error, and nothing of its message', () => {
  const error = Object.assign(new TypeError('my secret\nof two lines'), { code: 'EX' });
  const facts = errorFacts(error);
  expect(facts).toMatchObject({ error: 'TypeError', code: 'EX' });
  expect(facts.at?.[0]).toContain('error-facts.test.ts');
  expect(JSON.stringify(facts)).not.toMatch(/secret|two lines/);
});

test('errorFacts() takes anything that can be thrown', () => {
  expect(errorFacts('text')).toEqual({ error: 'string' });
  expect(errorFacts(undefined)).toEqual({ error: 'undefined' });
});
