import type { RunEvent } from '../domain/event.ts';
import type { SeatId } from '../domain/plan.ts';

/** The most characters that are held of what one seat is writing. */
const textMaxLength = 1_000_000;

/** What a seat is writing. */
export interface LiveText {
  /** Which request of the seat writes it, from 1: a further one begins with an empty text. */
  readonly turn: number;
  readonly text: string;
}

/** A run that this process performs, as those who watch it see it. */
export interface LiveRun {
  readonly id: string;
  /** Everything that it said, in order, without the text as it arrives; undefined in place of what a later one says better. */
  readonly log: readonly (RunEvent | undefined)[];
  readonly texts: ReadonlyMap<SeatId, LiveText>;
  /** Whether its last event is in the log. */
  hasEnded(): boolean;
  /** Calls back after every change; returns what stops that. */
  watch(onChange: () => void): () => void;
  hear(event: RunEvent): void;
  /** Tells that nothing follows, also where the last event is missing. */
  close(): void;
}

/** Begins to follow a run. It holds one entry for each event, so that any number of watchers cost nothing more. */
export function liveRun(id: string): LiveRun {
  const log: (RunEvent | undefined)[] = [];
  const texts = new Map<SeatId, LiveText>();
  const progressAt = new Map<SeatId, number>();
  let ended = false;
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const onChange of watchers) onChange();
  };
  const keep = (event: RunEvent): void => {
    if ('seat' in event) {
      const before = progressAt.get(event.seat);
      // Only the last of many signs of progress is worth holding.
      if (event.type === 'progress-made' && before !== undefined) log[before] = undefined;
      if (event.type === 'progress-made') progressAt.set(event.seat, log.length);
      else progressAt.delete(event.seat);
    }
    log.push(event);
  };
  return {
    id,
    log,
    texts,
    hasEnded: () => ended,
    watch: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    hear: (event) => {
      if (event.type === 'text-arrived')
        texts.set(event.seat, longer(texts.get(event.seat), event));
      else keep(event);
      if (event.type === 'attempt-started' || event.type === 'try-failed') {
        texts.set(event.seat, { turn: (texts.get(event.seat)?.turn ?? 0) + 1, text: '' });
      }
      wake();
    },
    close: () => {
      ended = true;
      wake();
    },
  };
}

function longer(before: LiveText | undefined, event: { readonly text: string }): LiveText {
  const { turn, text } = before ?? { turn: 1, text: '' };
  const room = textMaxLength - text.length;
  return { turn, text: room > 0 ? text + event.text.slice(0, room) : text };
}
