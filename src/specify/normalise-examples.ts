import { callKey } from '../domain/call-key.ts';
import { demandKey } from './demand-key.ts';
import type { Example } from './example.ts';

/** Leaves one example for each call, in the order of the text, and none where two of them disagree. */
export function normaliseExamples(examples: readonly Example[]): readonly Example[] {
  const groups = Map.groupBy(examples, ({ call }) => callKey(call));
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      const demands = new Set(group.map(({ expected }) => demandKey(expected)));
      return first === undefined || demands.size > 1 ? [] : [first];
    })
    .toSorted((a, b) => a.at - b.at);
}
