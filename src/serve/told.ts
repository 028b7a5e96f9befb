import type { RunEvent } from '../domain/event.ts';
import type { SeatId } from '../domain/plan.ts';

/** What somebody who watches a run is told, in order. */
export type Told =
  /** Everything that was told so far is void: what follows begins with the first event. */
  | { readonly type: 'reset' }
  | {
      readonly type: 'event';
      /** Names the place behind this event, to go on from there. */
      readonly id: string;
      readonly event: RunEvent;
    }
  | {
      /** What a seat wrote: `text` takes the place of everything from `from` on. */
      readonly type: 'text';
      readonly seat: SeatId;
      /** Which request of the seat writes it; another one begins with an empty text. */
      readonly turn: number;
      /** In characters. */
      readonly from: number;
      readonly text: string;
    }
  /** Nothing follows. */
  | { readonly type: 'end' };
