import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { builtInRunners } from '../src/config/defaults.ts';
import type { CodeFile } from '../src/domain/candidate.ts';
import { extract } from '../src/extract/extract.ts';
import { packageFile } from '../src/lib/package-file.ts';
import {
  type RecordedTask,
  type Recording,
  readRecordings,
} from '../src/runners/replay/recordings.ts';
import { answered, seat } from '../src/testing/builders.ts';
import { readReview } from '../src/validate/read-review.ts';

const { tasks, synthetic } = readRecordings(packageFile('recordings/demo.json'));
const folder = mkdtempSync(join(tmpdir(), 'demo-recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const has = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args).status === 0;
const hasPython = has('python3', '--version');
const hasGnuTools = has(
  'bash',
  '-c',
  'find --version && sort --version && mapfile -d "" x </dev/null',
);

function task(id: string): RecordedTask {
  const found = tasks.find((each) => each.id === id);
  if (!found) throw new Error(`no task ${id}`);
  return found;
}

/** What the last take of a recording says: the others are there to fail first. */
function textOf(recording: Recording | undefined): string {
  return (
    recording?.takes
      .at(-1)
      ?.chunks.map(({ text }) => text)
      .join('') ?? ''
  );
}

function filesOf(id: string, runner: string): readonly CodeFile[] {
  const text = textOf(task(id).answers[runner]?.[0]);
  const candidate = extract(answered(seat('primary-1', runner), text));
  return candidate.status === 'code' ? candidate.files : [];
}

function codeOf(id: string, runner: string): string {
  return filesOf(id, runner)[0]?.text ?? '';
}

/** Loads a module without imports. What it exports is known to the test alone. */
async function load<Exports>(code: string): Promise<Exports> {
  const script = stripTypeScriptTypes(code);
  return import(`data:text/javascript,${encodeURIComponent(script)}`);
}

test('the demo is marked as synthetic and has at least five tasks', () => {
  expect(synthetic).toBe(true);
  expect(tasks.length).toBeGreaterThanOrEqual(5);
});

test.each(tasks)(
  '$id has answers and reviews of every model, so that any mode can play it',
  (each) => {
    expect(Object.keys(each.answers)).toEqual([...builtInRunners]);
    expect(Object.keys(each.reviews)).toEqual([...builtInRunners]);
  },
);

test.each(tasks)('$id has reviews that can be read, whatever is reviewed', ({ reviews }) => {
  for (const [runner, recordings] of Object.entries(reviews)) {
    expect(recordings.at(-1)?.when).toBeNull();
    for (const recording of recordings) {
      const review = readReview(answered(seat('validator-1', runner), textOf(recording)));
      expect(review.status).toBe('reviewed');
    }
  }
});

test.each(['monthly-totals', 'merge-ranges', 'round-cents'])(
  '%s has reviews that are for code of its answers, in the line that they name',
  (id) => {
    const named = Object.values(task(id).reviews)
      .flat()
      .filter(({ when }) => when !== null);
    expect(named).not.toEqual([]);
    const codes = builtInRunners.map((runner) => codeOf(id, runner));
    for (const recording of named) {
      const { when } = recording;
      const judged = codes.filter((code) => code.includes(when ?? ''));
      expect(judged).toHaveLength(1);
      const review = readReview(answered(seat('validator-1', 'grok'), textOf(recording)));
      for (const { line, file } of review.status === 'reviewed' ? review.findings : []) {
        if (line === null) continue;
        expect([file, judged[0]?.split('\n')[line - 1]]).toEqual(
          id === 'merge-ranges'
            ? ['merge-ranges.ts', expect.stringContaining('last[1] = end;')]
            : ['totals-by-month.js', expect.stringContaining('for (const line of')],
        );
      }
    }
  },
);

describe.runIf(hasPython)('slugify', () => {
  const titles = {
    'Hello, World!': 'hello-world',
    ' Crème brûlée -- à la carte ': 'creme-brulee-a-la-carte',
    'Ａ１ ﬁne': 'a1-fine',
    Straße: 'stra-e',
    'a—b': 'a-b',
    '—': '',
    '': '',
  };
  test.each(builtInRunners)('by %s makes the slugs that the task describes', (runner) => {
    const program = `${codeOf('slugify', runner)}\nimport json, sys\nprint(json.dumps([slugify(t) for t in json.load(sys.stdin)]))`;
    const input = JSON.stringify(Object.keys(titles));
    const { stdout } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(Object.values(titles));
  });
});

describe.runIf(hasGnuTools)('prune-backups', () => {
  const scripts = ['claude-code', 'codex', 'grok'];
  const run = (runner: string, ...args: readonly string[]) => {
    const script = join(folder, `${runner}.sh`);
    writeFileSync(script, codeOf('prune-backups', runner));
    return spawnSync('bash', [script, ...args], { encoding: 'utf8' });
  };
  const backups = (name: string, count: number): string => {
    const path = join(folder, name);
    mkdirSync(path);
    for (let day = 1; day <= count; day += 1) {
      const file = join(path, `day ${String(day).padStart(2, '0')}\n.tar.gz`);
      writeFileSync(file, '');
      utimesSync(file, day * 1000.5, day * 1000.5);
    }
    writeFileSync(join(path, 'notes.txt'), '');
    mkdirSync(join(path, 'old.tar.gz'));
    return path;
  };
  const left = (path: string): readonly string[] =>
    readdirSync(path)
      .filter((name) => name.startsWith('day'))
      .map((name) => name.slice(4, 6));

  test.each(scripts)('by %s keeps the newest and nothing else', (runner) => {
    const path = backups(`keep-${runner}`, 10);
    expect(run(runner, path, '3')).toMatchObject({ status: 0, stderr: '' });
    expect(left(path)).toEqual(['08', '09', '10']);
    expect(readdirSync(path)).toEqual(expect.arrayContaining(['notes.txt', 'old.tar.gz']));
  });

  test.each(scripts)('by %s keeps seven by default, and all when there are fewer', (runner) => {
    const path = backups(`default-${runner}`, 9);
    expect(run(runner, path).status).toBe(0);
    expect(left(path)).toHaveLength(7);
    expect(run(runner, path, '8')).toMatchObject({ status: 0, stderr: '' });
    expect(left(path)).toHaveLength(7);
  });

  test.each(scripts)('by %s refuses a KEEP that is no positive whole number', (runner) => {
    const path = backups(`refuse-${runner}`, 3);
    for (const keep of ['0', '-1', '1.5', 'x', '', '2 ', '99999999999999999999']) {
      expect(run(runner, path, keep).status, keep).not.toBe(0);
    }
    expect(left(path)).toHaveLength(3);
  });
});

describe('monthly-totals', () => {
  interface Totals {
    readonly totalsByMonth: (csv: string) => Map<string, number>;
  }
  const csv = 'date,amount\r\n2026-01-03,19.99\n\n2026-02-28,-3.5\n2026-01-20,5\n2026-01-21,0.01\n';

  test.each(['claude-code', 'gemini', 'grok'])('by %s adds in cents', async (runner) => {
    const { totalsByMonth } = await load<Totals>(codeOf('monthly-totals', runner));
    expect([...totalsByMonth(csv)]).toEqual([
      ['2026-01', 2500],
      ['2026-02', -350],
    ]);
    expect([...totalsByMonth('date,amount\n')]).toEqual([]);
  });

  test('by codex does not load', async () => {
    await expect(load(codeOf('monthly-totals', 'codex'))).rejects.toThrow();
  });

  test('by codex is whole but for its brace', async () => {
    const closed = codeOf('monthly-totals', 'codex').replace(
      '  return totals;',
      '  }\n  return totals;',
    );
    const { totalsByMonth } = await load<Totals>(closed);
    expect(totalsByMonth(csv).get('2026-01')).toBe(2500);
  });
});

describe('merge-ranges', () => {
  type Ranges = readonly (readonly [number, number])[];
  interface Merge {
    readonly mergeRanges: (ranges: Ranges) => Ranges;
  }
  const bound = fc.nat(30);
  const anyRanges = fc.array(
    fc.tuple(bound, bound).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
    { maxLength: 12 },
  );
  /** Half steps are covered by the ranges, so that [1, 2] and [3, 4] stay apart. */
  const covered = (ranges: Ranges): ReadonlySet<number> =>
    new Set(
      ranges.flatMap(([start, end]) =>
        Array.from({ length: 2 * (end - start) + 1 }, (_, step) => start + step / 2),
      ),
    );
  const areApart = (ranges: Ranges): boolean =>
    ranges.every(([start], index) => index === 0 || start > (ranges[index - 1]?.[1] ?? start));

  test.each(['codex', 'gemini', 'grok'])('by %s is right for any ranges', async (runner) => {
    const { mergeRanges } = await load<Merge>(codeOf('merge-ranges', runner));
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const before = structuredClone(ranges);
        const merged = mergeRanges(ranges);
        expect(ranges).toEqual(before);
        expect(covered(merged)).toEqual(covered(ranges));
        expect(areApart(merged)).toBe(true);
      }),
    );
  });

  test('by claude-code is right for overlapping ranges and wrong for one inside another', async () => {
    const { mergeRanges } = await load<Merge>(codeOf('merge-ranges', 'claude-code'));
    expect(
      mergeRanges([
        [3, 5],
        [1, 3],
        [7, 9],
        [8, 10],
      ]),
    ).toEqual([
      [1, 5],
      [7, 10],
    ]);
    expect(
      mergeRanges([
        [1, 10],
        [2, 3],
      ]),
    ).toEqual([[1, 3]]);
  });
});

interface Round {
  readonly roundToCents: (amount: string) => string;
}

/** In the order of the runners. */
const roundings = await Promise.all(
  builtInRunners.map(async (runner) => {
    const { roundToCents } = await load<Round>(codeOf('round-cents', runner));
    return roundToCents;
  }),
);

describe('round-cents', () => {
  test('is split over ties, and over nothing else', () => {
    const all = (amount: string): readonly string[] => roundings.map((round) => round(amount));
    expect(all('0.125')).toEqual(['0.12', '0.13', '0.13', '0.12']);
    expect(all('-2.345000')).toEqual(['-2.34', '-2.35', '-2.35', '-2.34']);
    const decimal = fc
      .tuple(fc.constantFrom('', '-'), fc.bigInt(0n, 10n ** 20n), fc.stringMatching(/^\d{1,6}$/))
      .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`);
    fc.assert(
      fc.property(decimal, (amount) => {
        fc.pre(!/\.\d\d50*$/.test(amount));
        expect(new Set(all(amount)).size).toBe(1);
      }),
    );
  });

  test.each([
    ['12.344', '12.34'],
    ['12.346', '12.35'],
    ['0.1250001', '0.13'],
    ['9.999', '10.00'],
    ['7', '7.00'],
    ['7.5', '7.50'],
    ['-0.001', '0.00'],
    ['123456789012345678.991', '123456789012345678.99'],
  ])('rounds %s to %s, whoever wrote it', (amount, rounded) => {
    expect(roundings.map((round) => round(amount))).toEqual(Array(4).fill(rounded));
  });

  test.each(['', 'abc', '1e3', '1,5', '.5', '--1'])('refuses "%s", whoever wrote it', (amount) => {
    for (const round of roundings) expect(() => round(amount)).toThrow(RangeError);
  });
});

describe('contact-form', () => {
  test.each(builtInRunners)('by %s has four named files that import one another', (runner) => {
    const files = filesOf('contact-form', runner);
    const names = files.map(({ path }) => path?.split('/').at(-1) ?? '');
    expect(names).toHaveLength(4);
    const imported = files.flatMap(({ text }) =>
      [...text.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => name ?? ''),
    );
    expect(imported.length).toBeGreaterThanOrEqual(4);
    for (const name of imported) {
      expect(
        [name, `${name}.ts`].some((each) => names.includes(each)),
        name,
      ).toBe(true);
    }
  });

  test.each(builtInRunners)('by %s tells which fields are not acceptable', async (runner) => {
    const code = filesOf('contact-form', runner).find(({ path }) => /validate/.test(path ?? ''));
    const [validate] = Object.values(
      await load<Record<string, (values: object) => object>>(code?.text ?? ''),
    );
    const good = { name: 'Ann', email: 'ann@example.org', message: 'Hello there, you!' };
    expect(validate?.(good)).toEqual({});
    expect(Object.keys(validate?.({ name: ' ', email: 'ann@', message: '' }) ?? {})).toEqual([
      'name',
      'email',
      'message',
    ]);
  });
});
