import { expect, test } from 'vitest';
import { gave, half, halfSuite, ran, ranRecord } from '../../test/support/sample-evidence.ts';
import { sampleRecord } from '../../test/support/sample-run.ts';
import { evidenceOf } from './evidence-of.ts';

test('evidenceOf() is null where nothing was run', () => {
  expect(evidenceOf(sampleRecord())).toBeNull();
});

test('evidenceOf() has one row for each planned primary, with a cell for each test', () => {
  const cell = (outcome: string, got: string) => ({ outcome, got });
  expect(evidenceOf(ranRecord())?.matrix).toEqual([
    {
      model: 'claude-code',
      seat: 'primary-1',
      status: 'ran',
      because: null,
      cells: [
        cell('passed', '2'),
        cell('passed', '2'),
        cell('value', '3'),
        cell('flaky', 'differs from run to run'),
      ],
    },
    {
      model: 'codex',
      seat: 'primary-2',
      status: 'ran',
      because: null,
      // The second run of the chosen one differed, so that nothing is compared with it.
      cells: [cell('passed', '2'), cell('failed', '3'), cell('differs', '4'), cell('value', '5')],
    },
    {
      model: 'grok',
      seat: 'primary-3',
      status: 'not-run',
      because: 'the answer has no code',
      cells: [],
    },
  ]);
});

test('evidenceOf() tells of each test who demands what, and how much it counts', () => {
  expect(evidenceOf(ranRecord())?.tests.slice(1, 3)).toEqual([
    {
      id: 'validator-1',
      origin: 'validator',
      author: 'gemini',
      call: 'half(5)',
      expected: '2',
      weight: 0.5,
      weightReason: 'weighed',
    },
    {
      id: 'generated-1',
      origin: 'generated',
      author: null,
      call: 'half(7)',
      expected: null,
      weight: null,
      weightReason: null,
    },
  ]);
});

test('evidenceOf() shows where the behaviours part and who judged, by the names of runners', () => {
  expect(evidenceOf(ranRecord())?.separating).toEqual({
    test: 'validator-1',
    input: 'half(5)',
    sides: [
      { models: ['claude-code'], seats: ['primary-1'], outcome: '2' },
      { models: ['codex'], seats: ['primary-2'], outcome: '3' },
    ],
    judgement: { status: 'decided', by: 'gemini', side: 0, why: 'It rounds down' },
  });
});

test('evidenceOf() names the weakest sandbox, and counts the tests that were dropped', () => {
  const strong = { level: 'namespaces', mechanism: 'bubblewrap', promisesNot: [] } as const;
  const observed = [
    { ...ran('primary-1', []), sandbox: strong },
    ran('primary-2', [gave(2), gave(2), gave(3), gave(4)]),
  ];
  const evidence = evidenceOf(ranRecord({ observed }));
  expect(evidence?.sandbox.level).toBe('kernel');
  expect(evidence?.dropped).toEqual([{ because: 'it calls nothing', count: 2 }]);
});

test('evidenceOf() compares with the merged answer where that was taken', () => {
  const merge = {
    author: 'primary-2',
    files: [],
    prose: '',
    verdict: null,
    observed: ran('primary-2', [gave(2), gave(2), gave(4), gave(5)]),
    isWorse: false,
    taken: true,
    because: 'it passes 1 more',
  };
  const evidence = evidenceOf(ranRecord({ merge }));
  expect(evidence?.matrix.map(({ cells }) => cells[2]?.outcome)).toEqual([
    'differs',
    'value',
    undefined,
  ]);
  expect(evidence?.merge).toMatchObject({ by: 'codex', taken: true, because: 'it passes 1 more' });
  expect(evidence?.merge?.cells).toHaveLength(4);
});

test('evidenceOf() lists no more than 300 tests, with lines of at most 200 characters', () => {
  const many = Array.from({ length: 305 }, (_, at) => half(`generated-${at}`, 10 ** 20 + at));
  const [first] = many;
  const long = { kind: 'call', name: 'half', args: ['x'.repeat(5000)] } as const;
  const suite = { ...halfSuite, tests: first ? [{ ...first, call: long }, ...many.slice(1)] : [] };
  const rows = many.map(() => ({ ...gave(1), value: 'y'.repeat(5000) }) as const);
  const observed = [ran('primary-1', rows)];
  const evidence = evidenceOf(ranRecord({ suite, observed }));
  expect(evidence).toMatchObject({ testsLeftOut: 5, tests: { length: 300 } });
  expect(evidence?.tests[0]?.call).toHaveLength(200);
  expect(evidence?.matrix[0]?.cells[0]?.got).toHaveLength(200);
});
