import type { RunEvent } from '../../../src/domain/event.ts';
import type { Lane } from '../../../src/report/lanes.ts';

/** What a run does, and how far it came with what it does for each answer. */
export interface Stage {
  /** In a few words. */
  readonly words: string;
  /** Answers that were run in the sandbox, or could not be. */
  readonly observed: number;
}

/** The stage of a run of which nothing was told. */
export const noStage: Stage = { words: 'Waiting for the first event', observed: 0 };

/** The stage of a run after one more event, with its lanes after it. */
export function stageAfter(before: Stage, event: RunEvent, lanes: readonly Lane[]): Stage {
  const primaries = lanes.filter(({ role }) => role === 'primary');
  if (event.type === 'run-started') return { ...noStage, words: words['run-started'] ?? '' };
  // Answers are checked while others are waited for.
  if (event.type === 'verdict-given' && primaries.some(isAwaited)) return before;
  const observed = before.observed + (event.type === 'candidate-observed' ? 1 : 0);
  if (event.type === 'candidate-observed' && observed < primaries.length)
    return { ...before, observed };
  return { words: words[event.type] ?? before.words, observed };
}

function isAwaited({ outcome, state }: Lane): boolean {
  return outcome === null && state !== 'not-asked';
}

/** What begins with an event, where it says something of that. */
const words: { readonly [Type in RunEvent['type']]?: string } = {
  'run-started': 'Choosing whom to ask',
  'plan-made': 'Asking the models',
  'run-resumed': 'Going on with the run',
  'verdict-given': 'Checking the answers',
  'suite-made': 'Running the answers in the sandbox',
  'candidate-observed': 'Comparing what the answers do',
  'settlement-made': 'Deciding',
  'merge-ended': 'Trying a merged answer',
  'decision-made': 'Having the chosen answer reviewed',
  'validation-made': 'Writing down the result',
  'run-ended': 'Ended',
};
