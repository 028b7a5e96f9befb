import { type ReactNode, useMemo, useState } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';

/** Lines that are shown at first, and with each further step. */
const pageLines = 1500;

interface DiffViewProps {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}

const marks = { same: ' ', added: '+', removed: '−', gap: '' } as const;
const words = { same: '', added: 'added: ', removed: 'removed: ', gap: '' } as const;

/** Shows what differs between two texts. */
export function DiffView({ before, after, label }: DiffViewProps): ReactNode {
  const lines = useMemo(() => diffLines(safeText(before), safeText(after)), [before, after]);
  const [count, setCount] = useState(pageLines);
  if (lines === undefined)
    return (
      <p className="empty">The two are too different to be compared. See them side by side.</p>
    );
  if (lines.length === 0) return <p className="empty">The two are the same, line by line.</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className="code diff" aria-label={label} tabIndex={0}>
        <div className="diff-lines">
          {lines.slice(0, count).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change their places.
            <Line key={index} line={line} />
          ))}
        </div>
      </section>
      {lines.length > count && (
        <button type="button" className="button" onClick={() => setCount(count + pageLines)}>
          Show more of {lines.length} lines
        </button>
      )}
    </>
  );
}

function Line({ line }: { readonly line: DiffLine }): ReactNode {
  const { kind, before, after, text } = line;
  if (kind === 'gap') return <div className="diff-gap">⋯</div>;
  return (
    <div className={`diff-line diff-${kind}`}>
      <span className="diff-number" aria-hidden="true">
        {before}
      </span>
      <span className="diff-number" aria-hidden="true">
        {after}
      </span>
      <span className="diff-mark" aria-hidden="true">
        {marks[kind]}
      </span>
      <span className="visually-hidden">{words[kind]}</span>
      <code>{text}</code>
    </div>
  );
}
