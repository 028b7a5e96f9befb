import { expect, test } from 'vitest';
import { answered, seat } from '../testing/builders.ts';
import { extractOnce } from './extract-once.ts';

test('extractOnce() gives the same candidate for the same attempt, and another for another', () => {
  const extract = extractOnce();
  const [one, other] = [1, 2].map((number) =>
    answered(seat(`primary-${number}`, 'a'), '```python\nadd = 1\n```'),
  );
  if (!one || !other) throw new Error('two attempts are wanted');
  expect(extract(one)).toBe(extract(one));
  expect(extract(one)).toMatchObject({ status: 'code', seat: 'primary-1' });
  expect(extract(other)).toMatchObject({ status: 'code', seat: 'primary-2' });
});
