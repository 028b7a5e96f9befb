import { memo, type ReactNode, useState } from 'react';
import { secondsText } from '../../../src/report/amounts.ts';
import { type Lane, laneMs } from '../../../src/report/lanes.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import { cancelRun } from '../api/calls.ts';
import type { ServerClock } from '../api/server-clock.ts';
import { Badge, type Tone } from '../shell/badge.tsx';
import { Fault } from '../shell/notice.tsx';
import { Spent } from '../shell/spent.tsx';
import { LaneText } from './lane-text.tsx';
import type { RunStore } from './run-store.ts';
import type { Usage } from './usage.ts';
import { useNow } from './use-now.ts';
import type { FollowedRun } from './use-run.ts';
import { wasCancelled } from './was-cancelled.ts';

interface LaneListProps {
  readonly id: string;
  readonly run: FollowedRun;
}

/** One lane for each seat of a run. */
export function LaneList({ id, run }: LaneListProps): ReactNode {
  const { view, store, clock, hasEnded } = run;
  if (view.lanes.length === 0) return null;
  return (
    <section aria-labelledby="lanes-title">
      <h2 id="lanes-title">Models</h2>
      <ul className="lanes">
        {view.lanes.map((lane) => (
          <LaneCard
            key={lane.seat}
            id={id}
            lane={lane}
            usage={view.usage.get(lane.seat)}
            store={store}
            clock={clock}
            isRunning={!hasEnded}
            isCancelled={wasCancelled(lane, view.spans)}
          />
        ))}
      </ul>
    </section>
  );
}

interface LaneCardProps {
  readonly id: string;
  readonly lane: Lane;
  readonly usage: Usage | undefined;
  readonly store: RunStore;
  readonly clock: ServerClock;
  readonly isRunning: boolean;
  readonly isCancelled: boolean;
}

const LaneCard = memo(LaneView);

function LaneView(props: LaneCardProps): ReactNode {
  const { id, lane, usage, store, clock, isRunning, isCancelled } = props;
  const { seat, runner, state, insteadOf, note, chosen, doing } = lane;
  const { tone, word } = isCancelled ? cancelled : states[state];
  const [error, setError] = useState<unknown>(null);
  const isBusy = isRunning && (state === 'asking' || state === 'retrying');
  const activity = isBusy && doing !== null ? doing : null;
  return (
    <li className={chosen ? 'lane chosen' : 'lane'} aria-labelledby={`${seat}-name`}>
      <div className="lane-head">
        <h3 id={`${seat}-name`}>
          {runner} <span className="quiet">{seat}</span>
        </h3>
        {chosen && <Badge tone="good">chosen</Badge>}
        <Badge tone={tone}>{activity ?? word}</Badge>
        {isBusy && (
          <button
            type="button"
            className="button small"
            aria-label={`Cancel ${runner}, ${seat}`}
            onClick={() => void cancelRun(id, seat).catch(setError)}
          >
            Cancel
          </button>
        )}
      </div>
      <LaneFacts lane={lane} usage={usage} clock={clock} isBusy={isBusy} />
      {error !== null && isBusy && <Fault error={error} />}
      {insteadOf !== null && <p className="hint">In place of {insteadOf}, which is away</p>}
      {note !== null && !isCancelled && <p className="hint lane-note">{safeLine(note)}</p>}
      <LaneText store={store} seat={seat} name={runner} />
    </li>
  );
}

const cancelled = { tone: 'plain', word: 'cancelled' } as const;

const states: Readonly<Record<Lane['state'], { readonly tone: Tone; readonly word: string }>> = {
  queued: { tone: 'plain', word: 'waiting' },
  substituted: { tone: 'plain', word: 'waiting' },
  asking: { tone: 'busy', word: 'asking' },
  retrying: { tone: 'warn', word: 'asking again' },
  answered: { tone: 'good', word: 'answered' },
  failed: { tone: 'bad', word: 'failed' },
  'not-asked': { tone: 'plain', word: 'not asked' },
};

interface LaneFactsProps {
  readonly lane: Lane;
  readonly usage: Usage | undefined;
  readonly clock: ServerClock;
  readonly isBusy: boolean;
}

function LaneFacts({ lane, usage, clock, isBusy }: LaneFactsProps): ReactNode {
  const now = useNow(clock, isBusy);
  const tokens = usage?.outputTokens ?? lane.outputTokens;
  const { retryAtMs, failedTries } = lane;
  const waitMs = retryAtMs === null ? 0 : retryAtMs - now;
  return (
    <p className="lane-facts">
      <span>{secondsText(laneMs(lane, isBusy ? now : 0))}</span>
      <Spent tokens={tokens} costUsd={usage?.costUsd ?? null} />
      {isBusy && failedTries > 0 && (
        <span>
          request {failedTries + 1}
          {waitMs > 0 && ` in ${secondsText(waitMs)}`}
        </span>
      )}
    </p>
  );
}
