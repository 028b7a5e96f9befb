import type { Observation } from './executor.ts';
import { type Comparing, valueKey } from './value-key.ts';

/**
 * The text that two observations share exactly when the candidates did the same. What is printed, and what the
 * call did to its arguments, counts where nothing is returned: beside a result both are side matters. Which
 * error is raised does not count, since tasks seldom say it.
 */
export function observationKey(observation: Observation, comparing: Comparing = {}): string {
  if (observation.kind !== 'returned') return observation.kind;
  const { value, changed } = observation;
  if (value !== null) return `returned ${valueKey(value, comparing)}`;
  const arguments_ = changed.map(([index, each]) => `${index}=${valueKey(each, comparing)}`);
  return `returned null ${arguments_.join()} ${JSON.stringify(printedText(observation.printed))}`;
}

/** Printed text without white space at line ends and at its end, where nobody sees it. */
export function printedText(printed: string): string {
  return printed.replace(/[ \t\r]+$/gm, '').trimEnd();
}
