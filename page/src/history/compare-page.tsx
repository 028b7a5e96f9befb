import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { decisionRules } from '../../../src/domain/decision.ts';
import { secondsText } from '../../../src/report/amounts.ts';
import { safeText } from '../../../src/report/safe-text.ts';
import type { RunDetail } from '../../../src/serve/api/shapes.ts';
import { getRun } from '../api/calls.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { DiffView } from '../code/diff-view.tsx';
import { StateBadge } from '../shell/badge.tsx';
import { Fault, Loading } from '../shell/notice.tsx';
import { timeText } from '../shell/times.ts';
import { useTitle } from '../shell/use-title.ts';

interface ComparePageProps {
  readonly a: string;
  readonly b: string;
}

/** Two runs side by side, and what differs between their answers. */
export function ComparePage({ a, b }: ComparePageProps): ReactNode {
  useTitle('Two runs');
  const [pair, again] = useLoaded(() => Promise.all([getRun(a), getRun(b)]), `${a} ${b}`);
  if (pair.status === 'failed') return <Fault error={pair.error} onAgain={again} />;
  if (pair.status === 'loading') return <Loading what="both runs" />;
  const [left, right] = pair.value;
  return (
    <div className="stack">
      <h1>Two runs</h1>
      <Facts runs={pair.value} />
      {left.run.task !== right.run.task && (
        <section aria-labelledby="tasks-title" className="wrapping">
          <h2 id="tasks-title">The tasks</h2>
          <DiffView
            before={left.run.task}
            after={right.run.task}
            label="From one task to the other"
          />
        </section>
      )}
      <section aria-labelledby="answers-title">
        <h2 id="answers-title">The answers</h2>
        <DiffView
          before={codeOf(left)}
          after={codeOf(right)}
          label="From one answer to the other"
        />
      </section>
    </div>
  );
}

function codeOf({ result }: RunDetail): string {
  return result?.consensus_code ?? '';
}

const facts: readonly { readonly name: string; readonly of: (run: RunDetail) => string }[] = [
  { name: 'Task', of: ({ run }) => safeText(run.task).slice(0, 300) },
  { name: 'Began', of: ({ run }) => timeText(run.started_at) },
  { name: 'Category', of: ({ run }) => `${run.category ?? 'none'}, ${run.mode ?? 'no mode'}` },
  { name: 'Chosen', of: ({ run }) => run.chosen ?? 'nobody' },
  {
    name: 'Because',
    of: ({ run, result }) =>
      result ? decisionRules[result.metadata.rule] : `the run is ${run.status}`,
  },
  { name: 'Verification', of: ({ result }) => result?.verification.status ?? 'none' },
  {
    name: 'Asked',
    of: ({ result }) => result?.outputs.map(({ model }) => model).join(', ') ?? '',
  },
  {
    name: 'Time',
    of: ({ result }) => (result ? secondsText(result.execution_time * 1000) : ''),
  },
];

function Facts({ runs }: { readonly runs: readonly RunDetail[] }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-box" tabIndex={0} aria-label="The two runs">
      <table className="compare-table">
        <thead>
          <tr>
            <th scope="col">Run</th>
            {runs.map(({ run }) => (
              <th key={run.id} scope="col">
                <Link href={`/runs/${run.id}`}>{run.id}</Link> <StateBadge state={run.status} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map(({ name, of }) => {
            const [left, right] = runs.map(of);
            return (
              <tr key={name} className={left === right ? '' : 'differs'}>
                <th scope="row">{name}</th>
                <td>{left}</td>
                <td>{right}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
