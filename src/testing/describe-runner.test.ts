import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Outcome, Runner } from '../domain/runner.ts';
import { describeRunner } from './describe-runner.ts';
import { conformance, type RunnerScenario } from './runner-scenarios.ts';
import { answers, fails, hangs, type Script, scriptedRunner } from './scripted-runner.ts';

const good: Readonly<Record<RunnerScenario, Script>> = {
  answers: [answers(conformance.answer)],
  echoes: ({ text }) => answers(text),
  hangs: [hangs()],
  empty: [answers('')],
  breaks: [fails('broken-stream')],
  fails: [fails('unauthorized')],
  unreachable: [fails('network')],
};

type Ask = Runner['ask'];

/** The titles of the cases that a runner does not pass. */
async function failedCases(spoil: (ask: Ask, scenario: RunnerScenario) => Ask): Promise<string[]> {
  const cases: { readonly title: string; readonly body: () => Promise<void> }[] = [];
  describeRunner(
    'spoilt',
    (scenario) => {
      const runner = scriptedRunner('spoilt', good[scenario]);
      return { ...runner, ask: spoil(runner.ask, scenario) };
    },
    {
      describe: (_, body) => body(),
      test: (title, body) => cases.push({ title, body }),
    },
  );
  expect(cases.length).toBeGreaterThanOrEqual(10);
  const failed = await Promise.all(
    cases.map(({ title, body }) =>
      body().then(
        () => [],
        () => [title],
      ),
    ),
  );
  return failed.flat();
}

const half: Outcome = { status: 'answered', text: 'Half an ans' };
const leak = `HTTP 401: the key ${conformance.secret} is not valid`;
const never = new Promise<never>(() => undefined);

const faults: readonly [string, (ask: Ask, scenario: RunnerScenario) => Ask, readonly string[]][] =
  [
    ['nothing', (ask) => ask, []],
    [
      'the kind of a failure',
      (ask, scenario) => async (prompt, context) =>
        scenario === 'breaks'
          ? // No type keeps a runner in JavaScript from it.
            ({ status: 'failed', failure: { kind: 'news', message: 'x' } } as unknown as Outcome)
          : ask(prompt, context),
      ['takes half an answer for a failure'],
    ],
    [
      'the outcome where nobody is there',
      (ask, scenario) => (prompt, context) =>
        scenario === 'unreachable'
          ? Promise.resolve(undefined as unknown as Outcome)
          : ask(prompt, context),
      ['fails with an outcome when nobody is there'],
    ],
    [
      'a character',
      (ask) => async (prompt, context) => {
        const outcome = await ask(prompt, context);
        if (outcome.status === 'failed') return outcome;
        return { ...outcome, text: outcome.text.replace('漢', '\ufffd') };
      },
      [
        'answers with the exact text, every character of several bytes included',
        'brings a prompt of 300 kB with quotes, line breaks and Unicode whole',
      ],
    ],
    [
      'its progress',
      (ask) => (prompt, context) => ask(prompt, { ...context, report: () => undefined }),
      ['reports the text as it arrives when it says that it streams'],
    ],
    [
      'the limits of its usage',
      (ask) => async (prompt, context) => ({
        ...(await ask(prompt, context)),
        usage: { inputTokens: -1, outputTokens: 2 },
      }),
      ['gives usage and cost as numbers that are not negative, or as unknown'],
    ],
    [
      'the end of long prompts',
      (ask) => (prompt, context) =>
        ask({ ...prompt, text: prompt.text.slice(0, 131_072) }, context),
      ['brings a prompt of 300 kB with quotes, line breaks and Unicode whole'],
    ],
    [
      'the difference between two prompts',
      (ask, scenario) => (prompt, context) =>
        ask(scenario === 'echoes' ? conformance.prompts.first : prompt, context),
      [
        'keeps two requests at once apart',
        'brings a prompt of 300 kB with quotes, line breaks and Unicode whole',
      ],
    ],
    [
      'the signal',
      (ask, scenario) => (prompt, context) => (scenario === 'hangs' ? never : ask(prompt, context)),
      [
        'does not ask when it is cancelled before',
        'settles as cancelled within a second of an abort',
      ],
    ],
    [
      'the check of the text',
      (ask, scenario) => (prompt, context) =>
        scenario === 'empty' ? Promise.resolve({ ...half, text: '' }) : ask(prompt, context),
      ['takes an answer without text for a failure'],
    ],
    [
      'the end of the stream',
      (ask, scenario) => (prompt, context) =>
        scenario === 'breaks' ? Promise.resolve(half) : ask(prompt, context),
      ['takes half an answer for a failure'],
    ],
    [
      'its secret',
      (ask, scenario) => async (prompt, context) =>
        scenario === 'fails'
          ? { status: 'failed', failure: { kind: 'unauthorized', message: leak } }
          : ask(prompt, context),
      ['says in one line what failed, without its secret'],
    ],
    [
      'its promise not to reject',
      (ask, scenario) => (prompt, context) =>
        scenario === 'unreachable' ? Promise.reject(new Error('ENOENT')) : ask(prompt, context),
      ['fails with an outcome when nobody is there'],
    ],
    [
      'its promise not to throw',
      (ask) => (prompt, context) => {
        if (prompt.text.includes('\0')) throw new TypeError('The argument must not hold NUL');
        return ask(prompt, context);
      },
      ['settles with an outcome for a prompt with NUL and half a surrogate pair'],
    ],
  ];

test.each(faults)('describeRunner() finds a runner that lost %s', async (_, spoil, titles) => {
  expect(await failedCases(spoil)).toEqual(titles);
});

test('describeRunner() leaves the cases of impossible scenarios out', () => {
  const titles: string[] = [];
  const register = {
    describe: (_: string, body: () => void) => body(),
    test: (title: string) => titles.push(title),
  };
  const make = (): Runner => scriptedRunner('any', good.answers);
  describeRunner('any', make, { ...register, without: ['breaks'] });
  expect(titles).not.toContain('takes half an answer for a failure');
  expect(titles).toContain('takes an answer without text for a failure');
});

test('describeRunner() says what is wanted when there is nothing to register with', () => {
  expect(() => describeRunner('any', () => scriptedRunner('any', good.answers))).toThrow(
    expect.objectContaining({ code: 'bad-usage' }),
  );
});

test('describeRunner() registers with node:test', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'describe-runner-'));
  const kit = new URL('./index.ts', import.meta.url).href;
  const program = `
    import { describe, test } from 'node:test';
    import { answers, describeRunner, scriptedRunner } from ${JSON.stringify(kit)};
    const echo = () => scriptedRunner('echo', ({ text }) => answers(text));
    describeRunner('echo', echo, { describe, test, without: ['answers', 'hangs', 'empty', 'breaks', 'fails', 'unreachable'] });
  `;
  try {
    const file = join(folder, 'echo.test.mjs');
    await writeFile(file, program);
    const { stdout } = await promisify(execFile)(process.execPath, ['--test-reporter=tap', file]);
    expect(stdout).toContain('ok 1 - keeps two requests at once apart');
    expect(stdout).toContain('# fail 0');
  } finally {
    await rm(folder, { recursive: true });
  }
});
