import type { RunEvent } from '../../../src/domain/event.ts';
import type { Told } from '../../../src/serve/told.ts';
import type { Connection } from '../api/follow-run.ts';
import { nothingTold, type RunView, runAfter } from './run-view.ts';
import { noText, type SeatText, textAfter, wholeAfter } from './seat-texts.ts';

/** What is told of one run, for everything on the page that shows it. */
export interface RunStore {
  readonly tell: (told: Told) => void;
  readonly tellConnection: (connection: Connection) => void;
  readonly view: () => RunView;
  readonly connection: () => Connection;
  readonly text: (seat: string) => SeatText;
  /** Calls back at most once a frame, after the view or the connection changed; returns what stops it. */
  readonly watch: (onChange: () => void) => () => void;
  /** The same for what one seat writes. */
  readonly watchText: (seat: string, onChange: () => void) => () => void;
}

/** Makes a store. `onFrame` calls back before the next picture is drawn. */
export function runStore(onFrame: (callback: () => void) => void): RunStore {
  let [view, shown]: [RunView, RunView] = [nothingTold, nothingTold];
  let connection: Connection = 'open';
  const texts = new Map<string, SeatText>();
  const watchers = new Set<() => void>();
  const textWatchers = new Map<string, Set<() => void>>();
  const changed = new Set<string>();
  let isPlanned = false;
  const textOf = (seat: string): SeatText => texts.get(seat) ?? noText;
  const tellAll = (): void => {
    isPlanned = false;
    const seats = [...changed];
    changed.clear();
    callAll(seats.flatMap((seat) => [...(textWatchers.get(seat) ?? [])]));
    if (shown === view) return;
    shown = view;
    callAll(watchers);
  };
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    onFrame(tellAll);
  };
  const put = (seat: string, text: SeatText): void => {
    texts.set(seat, text);
    changed.add(seat);
  };
  return {
    tell: (told) => {
      if (told.type === 'reset') {
        view = nothingTold;
        for (const seat of texts.keys()) put(seat, wholeAfter(textOf(seat), ''));
      }
      if (told.type === 'event') {
        view = runAfter(view, told.event);
        const whole = wholeText(told.event);
        if (whole) put(whole.seat, wholeAfter(textOf(whole.seat), whole.text));
      }
      if (told.type === 'text') {
        put(told.seat, textAfter(textOf(told.seat), told));
        view = withText(view, told.seat);
      }
      plan();
    },
    tellConnection: (now) => {
      connection = now;
      view = { ...view };
      plan();
    },
    view: () => shown,
    connection: () => connection,
    text: textOf,
    watch: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    watchText: (seat, onChange) => {
      const all = textWatchers.get(seat) ?? new Set();
      textWatchers.set(seat, all.add(onChange));
      return () => all.delete(onChange);
    },
  };
}

function callAll(callbacks: Iterable<() => void>): void {
  for (const callback of callbacks) callback();
}

/** A seat that writes is no more waiting to be asked again; how much it wrote is not part of the view. */
function withText(view: RunView, seat: string): RunView {
  const lane = view.lanes.find((each) => each.seat === seat);
  if (lane?.state !== 'retrying') return view;
  const event: RunEvent = { type: 'text-arrived', seat, text: '', atMs: view.lastAtMs };
  return { ...view, lanes: runAfter(view, event).lanes };
}

/** What a seat is known to have written in the end, which is more than was told while it wrote. */
function wholeText(event: RunEvent): { readonly seat: string; readonly text: string } | undefined {
  if (event.type !== 'attempt-ended' && event.type !== 'reattempt-ended') return undefined;
  const { value, seat } = event;
  return { seat, text: value.status === 'answered' ? value.text : value.partialText };
}
