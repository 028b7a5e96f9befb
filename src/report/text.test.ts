import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { ranRecord } from '../../test/support/sample-evidence.ts';
import {
  answered,
  decided,
  failed,
  finding,
  planWith,
  primary,
  reviewed,
  sampleFile,
  sampleRecord,
  undecided,
  validator,
} from '../../test/support/sample-run.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { displayWidth } from './display-width.ts';
import { resultOf } from './result.ts';
import { renderAnswer } from './text.ts';

const look = { color: false, width: 80, unicode: true };
const [claude, codex, gemini] = [
  primary(1, 'claude-code'),
  primary(2, 'codex'),
  validator(1, 'gemini'),
];
const shown = (record: RunRecord, change = {}): string =>
  renderAnswer(resultOf(record), { ...look, ...change });

const troubled: RunRecord = sampleRecord({
  status: 'degraded',
  plan: planWith([claude, codex, gemini, validator(2, 'grok')], {
    substitutions: [
      { seat: 'validator-1', planned: 'grok-cli', runner: 'gemini', because: 'not-signed-in' },
    ],
  }),
  attempts: [
    answered(claude),
    failed(codex, 'timed-out', 'No whole answer within 60 s'),
    answered(gemini, { costUsd: null }),
    answered(validator(2, 'grok')),
  ],
  decision: decided({ rule: 'only-one', rankings: [], explanation: 'Only claude-code answered.' }),
  validation: {
    needsHumanReview: true,
    reasons: [
      {
        code: 'quorum_short',
        message: 'Only 1 of 2 models answered',
        witness: 'Only 1 of 2 models answered',
        seats: ['primary-2'],
      },
    ],
    reviews: [
      reviewed('validator-1', 'revise', [
        finding('minor', 'The name of the handler says little of what it does with the request'),
        finding('major', 'No limit on the body'),
      ]),
      { status: 'none', seat: 'validator-2', because: 'unreadable-review' },
    ],
  },
});

test('renderAnswer() shows the answer, and in short why', () => {
  expect(shown(sampleRecord())).toBe(`src/server.ts  typescript
export const from = 'claude-code';

Why this answer
  Verified    ▲ unverified: it was not run
  Chosen      claude-code: closest to the other answers
              Both answers parse and agree in 82 % of their code.
  Agreement   claude-code 82 %, codex 82 %
  Checks      syntax passed src/server.ts
  Validators  gemini accepts: I accept it

medium, backend, 20.5 s, 1.4k tokens, $0.0369
`);
});

test('renderAnswer() shows who failed, what to do, and why a person should look', () => {
  expect(shown(troubled)).toBe(`src/server.ts  typescript
export const from = 'claude-code';

Why this answer
  Verified    ▲ unverified: it was not run
  Chosen      claude-code: the only answer
              Only claude-code answered.
  Checks      syntax passed src/server.ts
  Validators  gemini asks for changes: I revise it
              grok: No review: its reply could not be read as one
  Findings    major    src/server.ts:7 No limit on the body (gemini)
              minor    src/server.ts:7 The name of the handler says little of
                       what it does with the request (gemini)
  No answer   codex Timeout: No whole answer within 60 s. Raise --timeout
  Stand-ins   gemini in place of grok-cli: not signed in

A person should look at this before it is used
  ▲ Only 1 of 2 models answered

medium, backend, 20.5 s, 1.4k tokens, at least $0.0246
`);
});

test('renderAnswer() names each cause and remedy when nobody answered', () => {
  const attempts = [
    failed(claude, 'unauthorized', 'HTTP 401'),
    failed(codex, 'timed-out', 'No whole answer within 60 s'),
  ];
  const record = sampleRecord({ status: 'failed', decision: undecided, attempts });
  expect(shown(record)).toBe(`No model answered
  claude-code  Not authorized: HTTP 401. Check the API key or sign in again
  codex        Timeout: No whole answer within 60 s. Raise --timeout

medium, backend, 20.5 s
`);
});

test('renderAnswer() says above a replay that no model was asked', () => {
  const text = renderAnswer(resultOf(sampleRecord(), { replay: true }), look);
  expect(text.split('\n')[0]).toBe('REPLAY (synthetic): recorded answers, no model was asked');
});

test('renderAnswer() shows every perspective and the synthesis in architectural mode', () => {
  const synthesis = {
    agreements: [{ text: 'Keep one queue', seats: ['primary-1', 'primary-2'] }],
    contradictions: [
      {
        subject: 'Where sessions live',
        sides: [
          { text: 'In Redis', seats: ['primary-1'] },
          { text: 'In a cookie', seats: ['primary-2'] },
        ],
      },
    ],
    unique: [{ text: 'Limit uploads', seats: ['primary-2'] }],
  } as const;
  const attempts = [answered(claude, { text: '# Mine' }), answered(codex, { text: '# Other' })];
  const plan = planWith([claude, codex]);
  const text = shown(sampleRecord({ plan, attempts, decision: decided({ synthesis }) }));
  expect(text).toContain(`The view of claude-code

# Mine

The view of codex

# Other

The views side by side
  Agree       • Keep one queue (claude-code and codex)
  Contradict  • Where sessions live
                claude-code: In Redis
                codex: In a cookie
  Only one    • Limit uploads (codex)
`);
});

test('renderAnswer() shows the prose of an answer without code', () => {
  const decision = decided({ files: [], prose: 'Use two queues.' });
  expect(shown(sampleRecord({ decision }))).toMatch(/^Use two queues\.\n\nWhy this answer\n/);
});

test('renderAnswer() keeps its own lines within the width and leaves code whole', () => {
  const code = `const long = '${'x'.repeat(100)}';`;
  const files = [{ ...sampleFile, text: code }];
  const record = { ...troubled, decision: { ...troubled.decision, files } };
  for (const width of [50, 72, 120]) {
    const lines = shown(record, { width }).split('\n');
    expect(lines).toContain(code);
    for (const line of lines.filter((each) => each !== code))
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
  }
});

test('renderAnswer() shows a dozen findings and counts the rest', () => {
  const findings = Array.from({ length: 15 }, (_, index) => finding('minor', `Point ${index}`));
  const reviews = [reviewed('validator-1', 'accept', findings)];
  const text = shown(
    sampleRecord({ validation: { needsHumanReview: false, reasons: [], reviews } }),
  );
  expect(text.match(/Point \d+/g)).toHaveLength(12);
  expect(text).toContain('3 more with --json');
});

test('renderAnswer() makes harmless what models wrote, and keeps tabs and line ends', () => {
  const hostile = '\u001b]0;owned\u0007\u202e';
  const files = [{ path: `a${hostile}.ts`, language: hostile, text: `\tx = 1;${hostile}\ny\n` }];
  const reviews = [
    { ...reviewed('validator-1', 'accept', [finding('minor', hostile)]), summary: hostile },
  ];
  const record = sampleRecord({
    plan: planWith([
      primary(1, `a${hostile}`),
      primary(2, `b${hostile}`),
      validator(1, `c${hostile}`),
    ]),
    attempts: [answered(claude), failed(codex, 'unknown', hostile), answered(gemini)],
    decision: decided({ files, explanation: hostile }),
    validation: {
      needsHumanReview: true,
      reasons: [{ code: 'no_review', message: hostile, witness: hostile, seats: [] }],
      reviews,
    },
  });
  const text = shown(record);
  expect(text).toContain('\tx = 1;^[]0;owned^G<U+202E>\ny\n');
  expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
});

test('renderAnswer() adds nothing but colour where colour is wanted, and no sign beyond ASCII where none can be shown', () => {
  const colored = shown(troubled, { color: true });
  expect(colored).not.toBe(shown(troubled));
  expect(stripVTControlCharacters(colored)).toBe(shown(troubled));
  expect(shown(troubled, { unicode: false })).toMatch(/^[\n -~]*$/);
});

test('renderAnswer() shows who passes what where answers were run, and where they part', () => {
  const [, why] = shown(ranRecord()).split('Why this answer\n');
  expect(why).toBe(`  Verified    ✓ verified: it meets the one test that the task shows
  Chosen      claude-code: tests and other answers speak for what it does
  Behaviour   claude-code and codex behave differently
              grok was not run: the answer has no code
  They part   half(5) gives 2 (claude-code), or 3 (codex)
              gemini judged, not knowing who wrote what: It rounds down
  Sandbox     kernel: landlock7
  Checks      syntax passed src/server.ts
  Validators  gemini accepts: I accept it
  No answer   grok Not asked: the run ended before. Run it again

What was run
                                    claude-code  codex
  task    half(4) → 2               ✓            ✓
  gemini  half(5) → 2               ✓            ✗
  made    half(7)                   =            ≠
  made    half(9)                   ~            =

medium, backend, 20.5 s, 1.4k tokens, $0.0369
`);
});

test('renderAnswer() says what would let an answer be verified', () => {
  const observed = [
    {
      status: 'not-run' as const,
      seat: 'primary-1',
      because: 'no sandbox holds',
      remedy: 'Install bubblewrap',
    },
  ];
  expect(shown(sampleRecord({ observed }))).toContain(
    'Verified    ▲ unverified: it was not run. Install bubblewrap',
  );
});

test('renderAnswer() keeps the input and both results on one line, however long they are', () => {
  const { settlement } = ranRecord();
  const record = ranRecord({
    settlement: settlement && { ...settlement, input: `half(${'5'.repeat(150)})` },
  });
  expect(shown(record)).toMatch(/They part {3}half\(5+… gives 2, or 3\n/);
});
