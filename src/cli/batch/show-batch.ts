import type { CountedRow } from '../../report/batch-row.ts';
import { type BatchTally, emptyTally, tallyWith } from '../../report/batch-tally.ts';
import {
  type BatchProgress,
  batchProgressLines,
  batchProgressText,
} from '../../report/batch-text.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CommandIo } from '../command-io.ts';
import { liveArea } from '../live-area.ts';
import { isLive, lookOf } from '../look.ts';

/** What a batch shows on stderr while it goes on, and what it counts. */
export interface BatchView extends Disposable {
  /** Counts a row that was there before. */
  addBefore(row: CountedRow): void;
  add(row: CountedRow): void;
  setState(state: BatchProgress['state']): void;
  /** Writes a line that stays. */
  print(line: string): void;
  progress(): BatchProgress;
}

/** Milliseconds between two pictures. */
const pictureMs = 200;
/** Milliseconds between two lines where nothing can be drawn in place. */
const lineMs = 10_000;

/** Shows how far a batch is: in place on a terminal, else a line from time to time. */
export function showBatch(io: CommandIo, total: number | null): BatchView {
  const startMs = performance.now();
  const area = isLive(io.stderr, io.env) ? liveArea(io.stderr) : undefined;
  let before: BatchTally = emptyTally;
  let tally: BatchTally = emptyTally;
  let state: BatchProgress['state'] = 'running';
  const progress = (): BatchProgress => {
    const elapsedMs = performance.now() - startMs;
    return { before, tally, total, state, elapsedMs };
  };
  const show = (): void => {
    if (area) area.draw(batchProgressLines(progress(), lookOf(io.stderr, io.env)));
    else io.stderr.write(`${batchProgressText(progress())}\n`);
  };
  const timer = setInterval(show, area ? pictureMs : lineMs);
  return {
    addBefore: (row) => {
      before = tallyWith(before, row);
      tally = tallyWith(tally, row);
    },
    add: (row) => {
      tally = tallyWith(tally, row);
    },
    setState: (now) => {
      state = now;
      show();
    },
    print: (line) => {
      if (area) area.print(safeLine(line));
      else io.stderr.write(`${safeLine(line)}\n`);
    },
    progress,
    [Symbol.dispose]: () => {
      clearInterval(timer);
      if (area) show();
    },
  };
}
