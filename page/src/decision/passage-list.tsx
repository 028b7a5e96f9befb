import type { ReactNode } from 'react';
import { listText } from '../../../src/report/amounts.ts';
import { safeLine, safeText } from '../../../src/report/safe-text.ts';
import type { Passage } from './line-origins.ts';

interface PassageListProps {
  /** The name of the file. */
  readonly name: string;
  readonly passages: readonly Passage[];
  /** How many answers were compared. */
  readonly sources: number;
}

/** Shows a file of a merged answer, and beside its lines which answers have them. */
export function PassageList({ name, passages, sources }: PassageListProps): ReactNode {
  const fresh = passages.filter(({ from }) => from.length === 0);
  const count = fresh.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  return (
    <div>
      <p className="row file-head">
        <code>{safeLine(name)}</code>
        <span className="quiet">{freshText(count)}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className="code" tabIndex={0} aria-label={`${safeLine(name)} of the merged answer`}>
        <ol className="passages">
          {passages.map(({ firstLine, text, from }) => (
            <li key={firstLine} className={from.length === 0 ? 'passage passage-fresh' : 'passage'}>
              <span className="passage-from">{fromText(from, sources)}</span>
              <pre>
                <code>{safeText(text)}</code>
              </pre>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function fromText(from: readonly string[], sources: number): string {
  if (from.length === 0) return 'in none';
  if (from.length === sources && sources > 1) return sources === 2 ? 'both' : 'all';
  return listText(from);
}

function freshText(count: number): string {
  if (count === 0) return 'every line is in one of the answers';
  return count === 1
    ? '1 line is in none of the answers'
    : `${count} lines are in none of the answers`;
}
