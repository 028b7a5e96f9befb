import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import type { Outcome } from '../domain/runner.ts';
import type { ProcessEnd, StartFault } from '../lib/run-process.ts';
import { errorToldAsAnswer } from './error-told-as-answer.ts';
import {
  kindOfHttpStatus,
  kindOfStrongWords,
  kindOfWords,
  statusIn,
  waitIn,
} from './failure-words.ts';
import type { CliError, CliReport } from './vendor-cli.ts';

/** Characters of a message, and of stderr's end in the evidence, at most. */
const messageMaxLength = 300;
const stderrMaxLength = 2000;

/** The kinds whose evidence is kept; the others are told by their message. */
const isUnclear: readonly FailureKind[] = ['unknown', 'broken-stream', 'empty-answer'];

/** How one run of a program ended and what it had said. */
export interface CliRun {
  readonly program: string;
  readonly end: ProcessEnd;
  readonly report: CliReport;
  /** What of stdout shows what came. */
  readonly evidence: string;
  /** What the program's own exit codes mean. */
  readonly exits: Readonly<Record<number, FailureKind>>;
}

/**
 * Names what one run of a program came to, from its final event and never from the exit code alone. What is
 * of no known shape is `unknown`, with the evidence.
 */
export function outcomeOf(run: CliRun): Outcome {
  const { end, report } = run;
  if (end.status !== 'exited') return failed(failureOfEnd(run.program, end), run);
  if (isKilled(end.code) && !report.whole) {
    return failed(broken(`${run.program} was ended by signal ${end.code - 128}`), run);
  }
  if (report.error || end.code !== 0) return failed(failureOfError(run, end), run);
  if (!report.whole || report.text.trim() === '') return failed(failureWithoutError(run), run);
  const { costUsd, model, text, usage } = report;
  const error = errorToldAsAnswer(text) ?? halfCharacter(text);
  if (error) return failed(failureOfError({ ...run, report: { ...report, error } }, end), run);
  return { status: 'answered', text, model, usage, costUsd };
}

/** Text with half a character in it was cut somewhere on its way. */
function halfCharacter(text: string): CliError | undefined {
  if (text.isWellFormed()) return undefined;
  return { kind: 'broken-stream', message: 'The answer has half a character in it' };
}

type Ended<Status> = Extract<ProcessEnd, { readonly status: Status }>;

/** A failure to start or to end by itself. */
export function failureOfEnd(
  program: string,
  end: Exclude<ProcessEnd, { readonly status: 'exited' }>,
): AttemptFailure {
  switch (end.status) {
    case 'aborted':
      return { kind: 'cancelled', message: `${program} was ended before it had answered` };
    case 'flooded':
      return {
        kind: 'flooded',
        message: `${program} wrote more than ${end.maxBytes} bytes`,
        evidence: evidenceIn(end.excerpt, end.stderr),
      };
    case 'signalled':
      return broken(`${program} was ended by ${end.signal}`);
    case 'not-started':
      return {
        kind: kindOfFault[end.because],
        message: `Cannot start ${program}: ${oneLine(end.message)}`,
      };
  }
}

const kindOfFault: Readonly<Record<StartFault, FailureKind>> = {
  'not-found': 'not-installed',
  'not-executable': 'bad-usage',
  'arguments-too-long': 'input-too-long',
  other: 'unknown',
};

function failureOfError(run: CliRun, end: Ended<'exited'>): AttemptFailure {
  const { error } = run.report;
  const words = error ? `${error.code ?? ''} ${error.message}` : end.stderr;
  const status = error?.status ?? statusIn(words);
  const kind =
    error?.kind ??
    kindOfStrongWords(words) ??
    kindOfHttpStatus(status) ??
    run.exits[end.code] ??
    kindOfWords(words) ??
    'unknown';
  const said = oneLine(error?.message ?? lastLine(end.stderr));
  const message =
    said === ''
      ? `${run.program} ended with exit code ${end.code} and no message`
      : `${run.program}: ${said}`;
  return {
    kind,
    message,
    ...(status === undefined ? undefined : { status }),
    ...(kind === 'rate-limited' ? { retryAfterMs: waitIn(words) } : undefined),
  };
}

/** Exit code 0, no error, and yet no whole answer. */
function failureWithoutError({ evidence, program, report }: CliRun): AttemptFailure {
  if (report.whole || evidence.trim() === '') {
    return { kind: 'empty-answer', message: `${program} ended without an answer` };
  }
  if (report.known) return broken(`${program} ended before its answer was whole`);
  return { kind: 'unknown', message: `${program} wrote nothing of a known shape` };
}

function broken(message: string): AttemptFailure {
  return { kind: 'broken-stream', message };
}

/** 128 and the number of the signal: TERM, INT, KILL and the like, as a shell tells them. */
function isKilled(code: number): boolean {
  return [129, 130, 131, 137, 143].includes(code);
}

function failed(failure: AttemptFailure, run: CliRun): Outcome {
  const evidence = evidenceIn(run.evidence, 'stderr' in run.end ? run.end.stderr : '');
  if (!isUnclear.includes(failure.kind) || evidence === '') return { status: 'failed', failure };
  return { status: 'failed', failure: { ...failure, evidence } };
}

function evidenceIn(stdout: string, stderr: string): string {
  const parts = [stdout.trim(), stderr.trim().slice(-stderrMaxLength)];
  return parts.filter((part) => part !== '').join('\n');
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > messageMaxLength ? `${line.slice(0, messageMaxLength)}...` : line;
}
