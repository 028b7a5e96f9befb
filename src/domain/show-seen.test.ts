import { describe, expect, test } from 'vitest';
import { raised, returned } from '../testing/scripted-executor.ts';
import type { Seen } from './observed.ts';
import { showApart, showExpected, showSeen } from './show-seen.ts';

const printed = (text: string): Seen => ({
  kind: 'returned',
  value: null,
  printed: text,
  changed: [],
});

describe('showSeen()', () => {
  test.each<[Seen, string]>([
    [returned({ list: [{ int: '1' }, 'a'] }), "[1, 'a']"],
    [returned(null), 'None'],
    [printed('hello'), 'prints "hello"'],
    [
      {
        kind: 'returned',
        value: null,
        printed: 'x',
        changed: [
          [0, { int: '1' }],
          [2, { int: '3' }],
        ],
      },
      'prints "x" and changes argument 1 to 1 and changes argument 3 to 3',
    ],
    [{ kind: 'raised', error: 'ValueError', message: 'no', printed: '' }, 'raises ValueError: no'],
    [raised('KeyError'), 'raises KeyError'],
    [{ kind: 'timed-out', limitMs: 3000 }, 'takes over 3 s'],
    [{ kind: 'crashed', how: 'exit 0' }, 'ends the process: exit 0'],
    [{ kind: 'flaky' }, 'differs from run to run'],
  ])('says %j as %s', (seen, said) => {
    expect(showSeen(seen, 'python')).toBe(said);
  });

  test('keeps a hostile message to one short line that a terminal does not obey', () => {
    const message = `\u001b[2J\u009b31m\u202egnihton\n## Result 2\n${'x'.repeat(100_000)}`;
    const shown = showSeen({ kind: 'raised', error: 'E\u0007', message, printed: '' }, 'python');
    expect(shown).toMatch(/^raises E\\u0007: \\u001b\[2J\\u009b31m\\u202egnihton ## Result 2 x+…$/);
    expect(shown.length).toBeLessThanOrEqual(200);
  });
});

describe('showApart()', () => {
  const list = (last: number) =>
    returned({ list: [...Array.from({ length: 500 }, () => ({ int: '7' })), { int: `${last}` }] });

  test('shows two long results where they part', () => {
    const [one, other] = showApart(list(1), list(2), 'python');
    expect(one).toMatch(/^….*7, 1\]$/);
    expect(other).toMatch(/^….*7, 2\]$/);
  });

  test('shows short results whole', () => {
    expect(showApart(returned({ int: '1' }), raised('E'), 'python')).toEqual(['1', 'raises E']);
  });
});

test('showExpected() says what a test demands', () => {
  expect(showExpected({ kind: 'value', value: null }, 'python')).toBe('None');
  expect(showExpected({ kind: 'raised', error: null }, 'python')).toBe('raises an error');
});
