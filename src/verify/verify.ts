import type { Candidate, CodeCandidate, CodeFile } from '../domain/candidate.ts';
import { gateOf, overruleSyntax } from '../domain/gate.ts';
import type { AnswerChecker, Check, Checker, FileCheck, Verdict } from '../domain/verdict.ts';
import { plainTokens } from './plain-tokens.ts';

/** The most tokens of a candidate that are kept for comparison. */
export const tokensMaxCount = 50_000;

/** What candidates are checked with. */
export interface VerifyTools {
  readonly checkers: readonly Checker[];
  readonly answerCheckers: readonly AnswerChecker[];
  readonly signal: AbortSignal;
}

/**
 * Has a candidate and each of its files checked. Failed when its gate is, passed when a check passed,
 * otherwise not run, as is an answer without code. Never rejects.
 */
export async function verify(candidate: Candidate, tools: VerifyTools): Promise<Verdict> {
  const { seat } = candidate;
  if (candidate.status !== 'code') return { seat, status: 'not-run', checks: [], tokens: null };
  const [files, answer] = await Promise.all([
    Promise.all(candidate.files.map((file) => checkFile(file, tools.checkers))),
    Promise.all(tools.answerCheckers.map((checker) => checkAnswer(checker, candidate, tools))),
  ]);
  const checks = settled([...files.flatMap((file) => file.checks), ...answer.flat()]);
  const tokens = files.toSorted(byPath).flatMap((file) => file.tokens);
  return { seat, status: statusOf(checks), checks, tokens: tokens.slice(0, tokensMaxCount) };
}

interface CheckedFile {
  readonly path: string;
  readonly checks: readonly Check[];
  readonly tokens: readonly string[];
}

async function checkFile(file: CodeFile, checkers: readonly Checker[]): Promise<CheckedFile> {
  const results = await Promise.all(checkers.map((checker) => checkWith(checker, file)));
  const canonical = results.find((result) => result.tokens !== null)?.tokens;
  return {
    path: file.path ?? '',
    checks: results.map((result) => result.check),
    tokens: canonical ?? plainTokens(file.text),
  };
}

/** A checker that breaks its promise and rejects has found nothing. */
async function checkWith(checker: Checker, file: CodeFile): Promise<FileCheck> {
  try {
    return await checker.check(file);
  } catch (cause) {
    return { check: brokenCheck(checker.name, file.path, cause), tokens: null };
  }
}

async function checkAnswer(
  checker: AnswerChecker,
  candidate: CodeCandidate,
  { signal }: VerifyTools,
): Promise<readonly Check[]> {
  try {
    return await checker.check(candidate, signal);
  } catch (cause) {
    return [brokenCheck(checker.name, null, cause)];
  }
}

function brokenCheck(checker: string, file: string | null, cause: unknown): Check {
  const because = `the check itself failed: ${cause instanceof Error ? cause.message : String(cause)}`;
  return { checker, file, outcome: { status: 'not-run', because } };
}

/** Code that passes the person's checks is of its language, whatever the grammar says. */
function settled(checks: readonly Check[]): readonly Check[] {
  const withoutFaults = overruleSyntax(checks, () => true);
  return gateOf({ checks: withoutFaults }) === 'passed' ? withoutFaults : checks;
}

function statusOf(checks: readonly Check[]): Verdict['status'] {
  const gate = gateOf({ checks });
  if (gate !== 'none') return gate;
  return checks.some(({ outcome }) => outcome.status === 'passed') ? 'passed' : 'not-run';
}

/** By path, so that the same files listed in another order compare as equal. */
function byPath(a: CheckedFile, b: CheckedFile): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
