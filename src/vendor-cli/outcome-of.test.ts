import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../domain/failure.ts';
import type { Outcome } from '../domain/runner.ts';
import type { ProcessEnd } from '../lib/run-process.ts';
import { claudeOutput } from '../runners/claude-code/claude-output.ts';
import { codexOutput } from '../runners/codex/codex-output.ts';
import { geminiOutput } from '../runners/gemini/gemini-output.ts';
import { grokOutput } from '../runners/grok/grok-output.ts';
import type { Dialect, ErrorSpeech, Said } from '../testing/fake-cli/behaviour.ts';
import { claudeDialect } from '../testing/fake-cli/claude-dialect.ts';
import { codexDialect } from '../testing/fake-cli/codex-dialect.ts';
import { geminiDialect } from '../testing/fake-cli/gemini-dialect.ts';
import { grokDialect } from '../testing/fake-cli/grok-dialect.ts';
import { outcomeOf } from './outcome-of.ts';
import { OutputReader } from './output-reader.ts';
import type { CliOutput } from './vendor-cli.ts';

const text = 'Zwölf Boxkämpfer 🥊 jagen\nViktor quer {über} den Deich';
const vendors: readonly (readonly [string, Dialect, CliOutput])[] = [
  ['Claude Code', claudeDialect, claudeOutput],
  ['Codex', codexDialect, codexOutput],
  ['Gemini', geminiDialect, geminiOutput],
  ['Grok', grokDialect, grokOutput],
];
const exits = { 2: 'bad-usage', 41: 'not-signed-in' } as const;

function outcome(output: CliOutput, { code, stderr = '', stdout }: Said): Outcome {
  return outcomeAfter(output, stdout, { status: 'exited', code, stderr });
}

function outcomeAfter(output: CliOutput, stdout: string, end: ProcessEnd): Outcome {
  const reader = new OutputReader(output, () => undefined);
  reader.push(stdout);
  const report = reader.end('stderr' in end ? end.stderr : '');
  return outcomeOf({ program: 'fake', end, report, evidence: reader.evidence, exits });
}

function kindOf(found: Outcome): FailureKind | 'answered' {
  return found.status === 'failed' ? found.failure.kind : found.status;
}

describe.each(vendors)('outcomeOf() of %s', (_name, dialect, output) => {
  test('gives the answer', () => {
    expect(outcome(output, dialect.answer(text))).toMatchObject({
      status: 'answered',
      text,
      usage: { inputTokens: 1000 },
    });
  });

  test.each<[ErrorSpeech, FailureKind]>([
    ['unauthorized', 'unauthorized'],
    ['not-signed-in', 'not-signed-in'],
    ['quota-exhausted', 'quota-exhausted'],
    ['rate-limited', 'rate-limited'],
    ['overloaded', 'overloaded'],
    ['unknown-model', 'unknown-model'],
    ['too-long', 'input-too-long'],
    ['network', 'network'],
  ])('takes %s for %s, whatever the exit code is', (error, kind) => {
    const said = dialect.error(error, 'sk-fake');
    for (const code of [said.code, 0])
      expect(kindOf(outcome(output, { ...said, code }))).toBe(kind);
  });

  test('takes no half, glued or empty answer for a whole one', () => {
    expect(kindOf(outcome(output, dialect.truncated(text)))).toBe('broken-stream');
    expect(kindOf(outcome(output, dialect.glued(text)))).not.toBe('answered');
    expect(kindOf(outcome(output, dialect.answer('')))).toBe('empty-answer');
    expect(kindOf(outcome(output, dialect.answer(' \n')))).toBe('empty-answer');
  });

  test('never takes a part of the output for an answer', () => {
    const { code, stdout } = dialect.answer(text);
    // What may be missing at the end is the line break.
    for (let length = 0; length < stdout.trimEnd().length; length += 1) {
      expect(kindOf(outcome(output, { code, stdout: stdout.slice(0, length) }))).not.toBe(
        'answered',
      );
    }
  });

  test('never takes an answer with another exit code, or after a signal, for one', () => {
    const { stdout } = dialect.answer(text);
    expect(kindOf(outcome(output, { stdout, code: 1 }))).not.toBe('answered');
    const killed: ProcessEnd = { status: 'signalled', signal: 'SIGKILL', stderr: '' };
    expect(kindOf(outcomeAfter(output, stdout, killed))).toBe('broken-stream');
  });

  test('takes what is of no known shape for unknown, with the evidence', () => {
    const junk = [
      'Sorry, I encountered an error',
      '{"type":"new"}',
      '[]',
      '{"text":1}',
      'null',
      '{',
    ];
    for (const stdout of junk) {
      expect(outcome(output, { stdout, code: 0 })).toMatchObject({
        failure: { kind: 'unknown', evidence: stdout },
      });
    }
  });

  test('never throws and never answers, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.array(fc.json()), (values) => {
        const stdout = values.map((value) => `${value}\n`).join('');
        expect(kindOf(outcome(output, { stdout, code: 0 }))).not.toBe('answered');
      }),
    );
  });
});

describe('outcomeOf()', () => {
  test.each<[ProcessEnd, FailureKind]>([
    [{ status: 'aborted', stderr: '' }, 'cancelled'],
    [{ status: 'flooded', maxBytes: 1, excerpt: 'x', stderr: '' }, 'flooded'],
    [{ status: 'exited', code: 143, stderr: '' }, 'broken-stream'],
    [{ status: 'exited', code: 0, stderr: '' }, 'empty-answer'],
    [{ status: 'exited', code: 41, stderr: '' }, 'not-signed-in'],
    [{ status: 'exited', code: 2, stderr: 'anything' }, 'bad-usage'],
    [{ status: 'exited', code: 1, stderr: "error: unknown option '--x'" }, 'bad-usage'],
    [{ status: 'exited', code: 1, stderr: 'something odd' }, 'unknown'],
    [{ status: 'not-started', because: 'not-found', message: '' }, 'not-installed'],
    [{ status: 'not-started', because: 'arguments-too-long', message: '' }, 'input-too-long'],
  ])('of a program without output: %o is %s', (end, kind) => {
    expect(kindOf(outcomeAfter(codexOutput, '', end))).toBe(kind);
  });

  test('tells the last line of stderr when there is nothing else', () => {
    const said = { stdout: '', stderr: 'a warning\nthe cause.\n', code: 1 };
    expect(outcome(codexOutput, said)).toMatchObject({
      failure: { message: 'fake: the cause', evidence: 'a warning\nthe cause.' },
    });
  });
});
