import type { BenchProgress } from '../domain/bench.ts';
import type { CommandIo } from './command-io.ts';
import { liveArea } from './live-area.ts';
import { isLive } from './look.ts';

/** Milliseconds between two lines where nothing can be drawn in place. */
const lineMs = 10_000;
/** Milliseconds between two pictures. */
const pictureMs = 200;

/** Shows on stderr how far a bench is: in place on a terminal, else a line from time to time. */
export function showBenchProgress(io: CommandIo): (progress: BenchProgress) => void {
  const startMs = performance.now();
  const area = isLive(io.stderr, io.env) ? liveArea(io.stderr) : undefined;
  let shownMs = startMs;
  return (progress) => {
    const nowMs = performance.now();
    const isLast = progress.done === progress.tasks;
    if (!isLast && nowMs - shownMs < (area ? pictureMs : lineMs)) return;
    shownMs = nowMs;
    const line = progressText(progress, (nowMs - startMs) / 1000);
    if (area) area.draw([line]);
    else io.stderr.write(`${line}\n`);
  };
}

/** Tasks done, programs in a second, and seconds that are left at this rate. */
export function progressText({ done, tasks, programs }: BenchProgress, seconds: number): string {
  const rate = seconds > 0 ? Math.round(programs / seconds) : 0;
  const left = done > 0 ? Math.round((seconds / done) * (tasks - done)) : 0;
  const rest = done === tasks ? `${Math.round(seconds)} s` : `about ${left} s left`;
  return `${done} of ${tasks} tasks, ${programs} programs (${rate}/s), ${rest}`;
}
