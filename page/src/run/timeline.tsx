import type { ReactNode } from 'react';
import { secondsText } from '../../../src/report/amounts.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import type { Span } from './spans.ts';
import { useNow } from './use-now.ts';
import type { FollowedRun } from './use-run.ts';

/** When each model was asked, answered, failed and waited. */
export function Timeline({ run }: { readonly run: FollowedRun }): ReactNode {
  const { view, clock, hasEnded } = run;
  const now = useNow(clock, !hasEnded);
  const { startedAtMs, endedAtMs, lastAtMs, spans, lanes } = view;
  if (startedAtMs === null || spans.length === 0) return null;
  const endMs = Math.max(endedAtMs ?? (hasEnded ? lastAtMs : now), startedAtMs + 1);
  const scale = { startMs: startedAtMs, endMs };
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      <div className="timeline">
        {lanes.map(({ seat, runner }) => (
          <TimelineRow
            key={seat}
            name={`${runner} ${seat}`}
            spans={spans.filter((span) => span.seat === seat)}
            scale={scale}
          />
        ))}
        <div className="timeline-axis" aria-hidden="true">
          <div>
            <span>0 s</span>
            <span>{secondsText((endMs - startedAtMs) / 2)}</span>
            <span>{secondsText(endMs - startedAtMs)}</span>
          </div>
        </div>
      </div>
      <p className="legend hint">
        <span className="key span-answered" /> answered <span className="key span-failed" /> failed{' '}
        <span className="key span-cancelled" /> cancelled <span className="key span-waited" /> waits{' '}
        <span className="key span-open" /> goes on
      </p>
    </section>
  );
}

interface Scale {
  readonly startMs: number;
  readonly endMs: number;
}

interface TimelineRowProps {
  readonly name: string;
  readonly spans: readonly Span[];
  readonly scale: Scale;
}

function TimelineRow({ name, spans, scale }: TimelineRowProps): ReactNode {
  return (
    <div className="timeline-row">
      <span className="timeline-name">{name}</span>
      <ol className="timeline-bar">
        {spans.map((span, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: spans never change their places.
          <SpanBar key={index} span={span} scale={scale} />
        ))}
      </ol>
    </div>
  );
}

function SpanBar({ span, scale }: { readonly span: Span; readonly scale: Scale }): ReactNode {
  const { startMs, endMs, label, outcome } = span;
  const wholeMs = scale.endMs - scale.startMs;
  const place = (atMs: number): number =>
    Math.min(100, Math.max(0, (100 * (atMs - scale.startMs)) / wholeMs));
  const [from, to] = [place(startMs), place(endMs ?? scale.endMs)];
  const text = `${safeLine(label)}, from ${secondsText(startMs - scale.startMs)}, ${secondsText((endMs ?? scale.endMs) - startMs)}`;
  return (
    <li
      className={`span span-${outcome}`}
      style={{ insetInlineStart: `${from}%`, inlineSize: `max(3px, ${to - from}%)` }}
      title={text}
    >
      <span className="visually-hidden">{text}</span>
    </li>
  );
}
