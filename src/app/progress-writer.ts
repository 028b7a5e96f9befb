import { writeSync } from 'node:fs';
import type { RunEvent } from '../domain/event.ts';
import { type Lane, lanesAfter } from '../report/lanes.ts';
import { progressLine } from '../report/progress.ts';

/** Writes a line to standard error for each event worth noting; one writer for each run. */
export function progressWriter(): (event: RunEvent) => void {
  let lanes: readonly Lane[] = [];
  return (event) => {
    lanes = lanesAfter(lanes, event);
    const line = progressLine(event, lanes);
    // Written at once, so that it also shows while runSync blocks the main thread.
    if (line !== undefined) writeSync(process.stderr.fd, `${line}\n`);
  };
}
