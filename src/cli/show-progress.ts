import type { RunEvent } from '../domain/event.ts';
import type { Substitution } from '../domain/plan.ts';
import { failureTitles } from '../report/failure-text.ts';
import { type Lane, lanesAfter } from '../report/lanes.ts';
import { lineOf } from '../report/line.ts';
import { progressLine, runningText } from '../report/progress.ts';
import { renderLanes } from '../report/render-lanes.ts';
import { safeLine } from '../report/safe-text.ts';
import type { CommandIo } from './command-io.ts';
import { liveArea } from './live-area.ts';
import { isLive, lookOf } from './look.ts';

/** What a run shows on stderr while it goes on. */
export interface ProgressView extends Disposable {
  readonly hear: (event: RunEvent) => void;
}

/** Milliseconds between two pictures. */
const pictureMs = 80;

/** Shows a run as one line per model on a terminal, and as lines that stay for what has to be known. */
export function showProgress(io: CommandIo, verbose: boolean): ProgressView {
  return isLive(io.stderr, io.env) ? liveView(io, verbose) : lineView(io, verbose);
}

function liveView(io: CommandIo, verbose: boolean): ProgressView {
  const area = liveArea(io.stderr);
  let lanes: readonly Lane[] = [];
  let running: string | undefined;
  const draw = (): void => {
    if (lanes.length === 0) return;
    const look = lookOf(io.stderr, io.env);
    const last = running === undefined ? [] : [lineOf([{ text: running, tone: 'quiet' }], look)];
    area.draw([...renderLanes(lanes, { ...look, nowMs: Date.now() }), ...last]);
  };
  const timer = setInterval(draw, pictureMs);
  io.stderr.on('resize', draw);
  return {
    hear: (event) => {
      lanes = lanesAfter(lanes, event);
      running = runningAfter(running, event, lanes);
      for (const line of linesFor(event, lanes, verbose)) area.print(line);
      if (event.type !== 'text-arrived') draw();
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
      io.stderr.off('resize', draw);
      draw();
    },
  };
}

/** What is said below the lanes while the answers are run; undefined before and after. */
function runningAfter(
  running: string | undefined,
  event: RunEvent,
  lanes: readonly Lane[],
): string | undefined {
  if (event.type === 'suite-made') {
    return event.value.tests.length === 0 ? undefined : runningText(event.value, lanes);
  }
  return event.type === 'settlement-made' ? undefined : running;
}

function lineView(io: CommandIo, verbose: boolean): ProgressView {
  let lanes: readonly Lane[] = [];
  return {
    hear: (event) => {
      lanes = lanesAfter(lanes, event);
      for (const line of linesFor(event, lanes, verbose)) io.stderr.write(`${line}\n`);
    },
    [Symbol.dispose]: () => undefined,
  };
}

function linesFor(event: RunEvent, lanes: readonly Lane[], verbose: boolean): readonly string[] {
  const line = verbose ? progressLine(event, lanes) : undefined;
  if (line !== undefined) return [line];
  return event.type === 'plan-made' ? event.value.substitutions.map(substitutionLine) : [];
}

function substitutionLine({ planned, runner, because }: Substitution): string {
  return safeLine(
    `Asking ${runner} in place of ${planned}: ${failureTitles[because].toLowerCase()}`,
  );
}
