import { callKey } from '../domain/call-key.ts';
import type { Call } from '../domain/test-case.ts';
import { generateInputs, type InputRequest } from './generate-inputs.ts';

/** How many rounds are made, each bigger and odder than the one before. */
const rounds = 5;

/**
 * Gives rounds of further inputs on which two candidates may differ, until the caller has seen one and
 * stops. `calls` are those on which they do not differ; `limit` holds for each round. The first rounds keep
 * what known inputs have in common, the last two break it.
 */
export function* separatingInputs(
  request: Omit<InputRequest, 'level'>,
): Generator<readonly Call[]> {
  const seen = new Set(request.calls.map(callKey));
  for (let level = 0; level < rounds; level += 1) {
    const seed = request.seed + level + 1;
    const made = generateInputs({ ...request, seed, level }).filter(
      (call) => !seen.has(callKey(call)),
    );
    for (const call of made) seen.add(callKey(call));
    if (made.length > 0) yield made;
  }
}
