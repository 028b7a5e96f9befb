import { faultOf } from '../domain/gate.ts';
import type { Check } from '../domain/verdict.ts';
import type { Paragraph } from './paragraph.ts';

/** Tells what one check found, in one paragraph. */
export function checkText(check: Check): Paragraph {
  const { checker, outcome } = check;
  const name = subjectOf(check);
  const where = name === '' ? '' : ` ${name}`;
  if (outcome.status === 'passed') {
    const text = `${checker} passed${where}${basisOf(check)}`;
    if (check.weightless === undefined) return { text, tone: 'good' };
    return { text: `${text}: ${check.weightless}`, tone: 'warning' };
  }
  if (outcome.status === 'not-run')
    return { text: `${checker} not run${where}: ${outcome.because}`, tone: 'quiet' };
  if (outcome.status === 'flaky')
    return { text: `${checker} flaky${where}: ${outcome.message}`, tone: 'warning' };
  return { text: failureOf(check), tone: 'bad' };
}

/** Tells the first failure of a candidate, in one line; undefined when nothing failed. */
export function firstFailure(checks: readonly Check[]): string | undefined {
  const failed = checks.find(({ outcome }) => faultOf(outcome) !== undefined);
  return failed === undefined ? undefined : failureOf(failed);
}

function failureOf(check: Check): string {
  const fault = faultOf(check.outcome);
  const line = fault?.line ?? null;
  const name = subjectOf(check);
  const place = name === '' && line !== null ? `line ${line}` : joined([name, line]);
  const said = place === '' ? '' : `${place}: `;
  return `${check.checker} failed: ${said}${fault?.message ?? ''}${differenceOf(check)}${basisOf(check)}`;
}

function differenceOf({ outcome }: Check): string {
  if (outcome.status !== 'failed' || outcome.expected === undefined) return '';
  return ` (expected ${outcome.expected}, got ${outcome.got ?? 'nothing'})`;
}

/** What a result rests on: the tests that ran, and who says so. */
function basisOf({ tests, selfReported, reportedBy }: Check): string {
  const counts = tests && `${tests.executed - tests.failed} of ${tests.executed} tests pass`;
  const source = selfReported ? `self-reported by ${reportedBy ?? 'the run'}` : reportedBy;
  const parts = [counts, source].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function subjectOf({ command, file }: Check): string {
  return command ?? file ?? '';
}

function joined(parts: readonly (string | number | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(':');
}
