import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { secondsText } from '../../../src/report/amounts.ts';
import type { RunRow } from '../../../src/report/history-json.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import { StateBadge } from '../shell/badge.tsx';
import { timeText } from '../shell/times.ts';

interface RunTableProps {
  readonly rows: readonly RunRow[];
  readonly chosen: readonly string[];
  readonly onToggle: (id: string) => void;
}

/** Characters of a task that a row shows. */
const taskMaxLength = 180;

/** Lists runs, the newest first. */
export function RunTable({ rows, chosen, onToggle }: RunTableProps): ReactNode {
  return (
    <ul className="run-list">
      {rows.map((row) => (
        <RunItem key={row.id} row={row} isChosen={chosen.includes(row.id)} onToggle={onToggle} />
      ))}
    </ul>
  );
}

interface RunItemProps {
  readonly row: RunRow;
  readonly isChosen: boolean;
  readonly onToggle: (id: string) => void;
}

const RunItem = memo(RunItemView);

function RunItemView({ row, isChosen, onToggle }: RunItemProps): ReactNode {
  const { id, status, task, category, mode, chosen, started_at, ended_at } = row;
  const durationMs = ended_at === null ? null : Date.parse(ended_at) - Date.parse(started_at);
  return (
    <li className="run-item">
      <label className="check">
        <input type="checkbox" checked={isChosen} onChange={() => onToggle(id)} />
        <span className="visually-hidden">Compare run {id}</span>
      </label>
      <div className="run-what">
        <Link href={`/runs/${id}`}>{safeLine(task).slice(0, taskMaxLength)}</Link>
        <p className="quiet">
          <code>{id}</code> {category ?? 'no category'}
          {mode === null ? '' : `, ${mode}`}
          {chosen === null ? '' : `, chosen: ${chosen}`}
        </p>
      </div>
      <StateBadge state={status} />
      <span className="quiet run-when">
        <time dateTime={started_at}>{timeText(started_at)}</time>
        {durationMs !== null && `, ${secondsText(durationMs)}`}
      </span>
    </li>
  );
}
