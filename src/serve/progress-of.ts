import { type Lane, lanesAfter } from '../report/lanes.ts';
import { progressLine } from '../report/progress.ts';
import type { Told } from './told.ts';

/** Tells in lines what is told of a run; what says nothing to a person is left out. */
export async function* progressOf(told: AsyncIterable<Told>): AsyncGenerator<string> {
  let lanes: readonly Lane[] = [];
  for await (const each of told) {
    if (each.type !== 'event') continue;
    lanes = lanesAfter(lanes, each.event);
    const line = progressLine(each.event, lanes);
    if (line !== undefined) yield `${line}\n`;
  }
}
