import type { ReactNode } from 'react';
import type { ResultJson } from '../../../src/report/json.ts';
import { safeText } from '../../../src/report/safe-text.ts';
import { TableBox } from '../shell/table-box.tsx';
import { percentText } from '../shell/times.ts';
import type { EvidenceJson } from './shapes.ts';

/** Why this answer was chosen: the words, the groups of equal behaviour, and how each answer compared. */
export function WhyView({ result }: { readonly result: ResultJson }): ReactNode {
  const { explanation, evidence, metadata } = result;
  return (
    <div className="stack">
      <p className="pre-line prose">{safeText(explanation)}</p>
      <p className="quiet">Who was asked: {safeText(metadata.route_reason)}</p>
      {evidence && evidence.behaviours.length > 0 && <Groups evidence={evidence} />}
      {metadata.rankings.length > 0 && <Rankings rankings={metadata.rankings} />}
      {evidence && <SandboxFacts evidence={evidence} />}
    </div>
  );
}

const groupColumns = [
  'Group',
  'Answers',
  'Families',
  'Examples',
  'Own tests',
  'Agreement',
  'Tests of models',
  'Score',
] as const;

function Groups({ evidence }: { readonly evidence: EvidenceJson }): ReactNode {
  return (
    <section aria-labelledby="groups-title">
      <h3 id="groups-title">Groups of answers that do the same, the best first</h3>
      <TableBox label="Groups" head={groupColumns}>
        {evidence.behaviours.map((group, index) => (
          <tr key={group.seats.join(' ')}>
            <th scope="row">{index + 1}</th>
            <td>{group.models.join(', ')}</td>
            <td>{group.families}</td>
            <td>{group.examples}</td>
            <td>{group.user_tests}</td>
            <td>{percentText(group.agreement)}</td>
            <td>{group.tests.toFixed(2)}</td>
            <td>{group.score.toFixed(3)}</td>
          </tr>
        ))}
      </TableBox>
    </section>
  );
}

type Ranking = ResultJson['metadata']['rankings'][number];

function Rankings({ rankings }: { readonly rankings: readonly Ranking[] }): ReactNode {
  return (
    <section aria-labelledby="rankings-title">
      <h3 id="rankings-title">How each answer compared</h3>
      <ol className="rankings">
        {rankings.toSorted(byRank).map(({ model, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one row for each seat, in an order that never changes; a model may have several.
          <li key={index}>
            <strong>{model}</strong> {safeText(reason)}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The best first, and those without a rank in the order of the plan behind them. */
function byRank(a: Ranking, b: Ranking): number {
  return (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER);
}

function SandboxFacts({ evidence }: { readonly evidence: EvidenceJson }): ReactNode {
  const { level, mechanism, promises_not } = evidence.sandbox;
  return (
    <details className="more">
      <summary>
        Run in the sandbox “{level}” ({mechanism})
      </summary>
      <ul>
        {promises_not.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
