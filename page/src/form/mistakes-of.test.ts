import { expect, test } from 'vitest';
import { emptyDraft } from './draft.ts';
import { mistakesAt, mistakesOf } from './mistakes-of.ts';

test('mistakesOf() finds none in an empty form, nor in numbers within their bounds', () => {
  expect(mistakesOf(emptyDraft)).toEqual({});
  expect(mistakesOf({ ...emptyDraft, samples: '20', max_cost: ' 0.5 ', retries: '0' })).toEqual({});
});

test('mistakesOf() says what was found and what is wanted', () => {
  expect(mistakesOf({ ...emptyDraft, samples: '21', timeout: 'so\u202eon' })).toEqual({
    samples: 'Cannot use "21": wanted a whole number from 1 to 20',
    timeout: 'Cannot use "so<U+202E>on": wanted seconds from 0.001 to 86400',
  });
});

test('mistakesOf() looks at the numbers of chosen models alone', () => {
  const draft = { ...emptyDraft, models: ['a'], samples_of: { a: '0', b: '0' } };
  expect(Object.keys(mistakesOf(draft))).toEqual(['samples/a']);
});

test('mistakesAt() gives what the server says to the field that it lies in', () => {
  const places = [
    { pointer: '#/retries', detail: 'wanted less' },
    { pointer: '#/tests/0/path', detail: 'wanted another' },
    { pointer: '#/samples/a~1b', detail: 'wanted more' },
    { pointer: '#/models', detail: 'Cannot ask "x": it is not known' },
  ];
  expect(mistakesAt(places)).toEqual({
    retries: 'Cannot use this: wanted less',
    tests: 'Cannot use this: wanted another',
    'samples/a/b': 'Cannot use this: wanted more',
    models: 'Cannot ask "x": it is not known',
  });
});
