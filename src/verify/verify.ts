import type { Candidate, CodeFile } from '../domain/candidate.ts';
import type { Checker, FileCheck, Verdict } from '../domain/verdict.ts';
import { plainTokens } from './plain-tokens.ts';

/** The most tokens of a candidate that are kept for comparison. */
export const tokensMaxCount = 50_000;

/**
 * Has every file of a candidate checked by every checker. Failed when one check failed, passed when one
 * passed and none failed, otherwise not run, as is an answer without code. Never rejects.
 */
export async function verify(candidate: Candidate, checkers: readonly Checker[]): Promise<Verdict> {
  const { seat } = candidate;
  if (candidate.status !== 'code') return { seat, status: 'not-run', checks: [], tokens: null };
  const files = await Promise.all(candidate.files.map((file) => checkFile(file, checkers)));
  const checks = files.flatMap((file) => file.checks);
  const tokens = files.toSorted(byPath).flatMap((file) => file.tokens);
  return { seat, status: statusOf(checks), checks, tokens: tokens.slice(0, tokensMaxCount) };
}

interface CheckedFile {
  readonly path: string;
  readonly checks: Verdict['checks'];
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
    const because = `the check itself failed: ${cause instanceof Error ? cause.message : String(cause)}`;
    const outcome = { status: 'not-run', because } as const;
    return { check: { checker: checker.name, file: file.path, outcome }, tokens: null };
  }
}

function statusOf(checks: Verdict['checks']): Verdict['status'] {
  const statuses = checks.map((check) => check.outcome.status);
  if (statuses.includes('failed')) return 'failed';
  return statuses.includes('passed') ? 'passed' : 'not-run';
}

/** By path, so that the same files listed in another order compare as equal. */
function byPath(a: CheckedFile, b: CheckedFile): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
