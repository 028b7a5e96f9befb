import { type Lane, lanesAfter } from '../report/lanes.ts';
import { progressLine } from '../report/progress.ts';
import type { Told } from './told.ts';

/** Tells in lines what is told of a run, as one text what is told together; what says nothing to a person is left out. */
export async function* progressOf(told: AsyncIterable<readonly Told[]>): AsyncGenerator<string> {
  let lanes: readonly Lane[] = [];
  for await (const some of told) {
    const lines = some.flatMap((each) => {
      if (each.type !== 'event') return [];
      lanes = lanesAfter(lanes, each.event);
      return progressLine(each.event, lanes) ?? [];
    });
    if (lines.length > 0) yield `${lines.join('\n')}\n`;
  }
}
