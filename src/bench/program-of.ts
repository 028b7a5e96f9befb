import type { Candidate, CodeFile } from '../domain/candidate.ts';
import type { SeatId } from '../domain/plan.ts';
import { extract } from '../extract/extract.ts';
import type { PoolSample, PoolTask } from './pool.ts';

/** The languages that can be run, by the canonical names. */
const runnable: ReadonlySet<string> = new Set(['python', 'javascript', 'typescript']);

/**
 * Turns a recorded answer into a candidate, as a run would: the code is extracted from the answer where there is
 * one, else taken as recorded. Code that goes on where the prompt ends is put behind it.
 */
export function programOf(sample: PoolSample, task: PoolTask, seat: SeatId): Candidate {
  const extracted = sample.rawOutput === null ? undefined : extractedFrom(sample.rawOutput, seat);
  if (extracted?.status === 'code') {
    const [main, ...others] = extracted.files;
    const text = isBody(main.text) ? wholeText(main.text, task) : main.text;
    return { ...extracted, files: [{ ...named(main, task), text }, ...others] };
  }
  if (sample.code === null) return extracted ?? { status: 'prose', seat, prose: '' };
  return { status: 'code', seat, files: [recordedFile(sample.code, task)], prose: '' };
}

/** The recorded code as a whole program. */
export function recordedFile(code: string, task: PoolTask): CodeFile {
  return { path: null, language: task.language, text: wholeText(code, task) };
}

function wholeText(code: string, task: PoolTask): string {
  return continuesPrompt(code, task) ? `${task.prompt}${code}` : code;
}

/** Whether an answer begins inside a function, as those of models that complete a text do. */
function isBody(text: string): boolean {
  return /^\s*\n?[ \t]+\S/.test(text);
}

function extractedFrom(text: string, seat: SeatId): Candidate {
  const facts = { runner: 'recorded', tries: 1, durationMs: 0, model: null, usage: null };
  return extract({ status: 'answered', seat, text, costUsd: null, ...facts });
}

/** The task says what language it is in, where the answer does not say it in a word that is known. */
function named(file: CodeFile, { language }: PoolTask): CodeFile {
  return runnable.has(file.language ?? '')
    ? file
    : { ...file, language: language ?? file.language };
}

/** Whether code is the rest of a function whose head the prompt ends with. */
function continuesPrompt(code: string, { prompt, entryPoint, language }: PoolTask): boolean {
  if (entryPoint === null) return false;
  const name = entryPoint.replaceAll('$', '\\$');
  const head =
    language === 'python'
      ? new RegExp(`^[ \\t]*(?:async )?def ${name}\\b`, 'm')
      : new RegExp(`\\b(?:function\\s+${name}\\b|(?:const|let|var)\\s+${name}\\s*=)`);
  return head.test(prompt) && !head.test(code);
}
