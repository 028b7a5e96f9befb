import type { ReactNode } from 'react';
import { countedText } from '../../../src/report/amounts.ts';
import { safeText } from '../../../src/report/safe-text.ts';
import { TableBox } from '../shell/table-box.tsx';
import type { SynthesisJson } from './shapes.ts';

interface SynthesisViewProps {
  readonly synthesis: SynthesisJson;
  /** The names of those whose views are compared. */
  readonly names: readonly string[];
}

/** Views on a design side by side: where they contradict each other, what they agree on, and what only one says. */
export function SynthesisView({ synthesis, names }: SynthesisViewProps): ReactNode {
  const { agreements, contradictions, unique } = synthesis;
  return (
    <div className="stack">
      <p className="prose">
        {countedText(names.length, 'view')}: {countedText(contradictions.length, 'contradiction')},{' '}
        {countedText(agreements.length, 'agreement')}, and {countedText(unique.length, 'point')}{' '}
        that only one of them makes.{' '}
        <span className="quiet">
          Words are compared and not their sense, so read a point before you build on it.
        </span>
      </p>
      <Contradictions rows={contradictions} />
      <Agreements points={agreements} names={names} />
      <Unique points={unique} names={names} />
    </div>
  );
}

type Point = SynthesisJson['agreements'][number];

function Contradictions({ rows }: { readonly rows: SynthesisJson['contradictions'] }): ReactNode {
  return (
    <section aria-labelledby="contradictions-title">
      <h3 id="contradictions-title">Where they contradict each other</h3>
      {rows.length === 0 ? (
        <p className="empty">No two statements were found that cannot both be followed.</p>
      ) : (
        <ul className="contradictions">
          {rows.map(({ subject, sides }) => (
            <li key={`${subject} ${sides[0].text} ${sides[1].text}`} className="panel">
              <h4>{safeText(subject)}</h4>
              <div className="split-sides">
                {sides.map(({ text, seats }, index) => (
                  <div key={index === 0 ? 'one' : 'other'} className="statement">
                    <p className="pre-line">{safeText(text)}</p>
                    <p className="hint">{seats.join(', ')}</p>
                  </div>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface PointsProps {
  readonly points: readonly Point[];
  readonly names: readonly string[];
}

function Agreements({ points, names }: PointsProps): ReactNode {
  return (
    <section aria-labelledby="agreements-title">
      <h3 id="agreements-title">What several say</h3>
      {points.length === 0 ? (
        <p className="empty">No statement was found in two of the views.</p>
      ) : (
        <TableBox label="What several say" className="agreements" head={['Point', ...names]}>
          {points.map(({ text, seats }) => (
            <tr key={`${text} ${seats.join(' ')}`}>
              <th scope="row">
                {safeText(text)} <span className="hint said-by">{seats.join(', ')}</span>
              </th>
              {names.map((name) => (
                <td key={name}>{seats.includes(name) ? <Says /> : <SaysNot />}</td>
              ))}
            </tr>
          ))}
        </TableBox>
      )}
    </section>
  );
}

function Says(): ReactNode {
  return (
    <span className="share-whole">
      <span aria-hidden="true">✓</span> says it
    </span>
  );
}

function SaysNot(): ReactNode {
  return (
    <span className="quiet">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">does not</span>
    </span>
  );
}

function Unique({ points, names }: PointsProps): ReactNode {
  if (points.length === 0) return null;
  return (
    <section aria-labelledby="unique-title">
      <h3 id="unique-title">What only one says</h3>
      <div className="split-sides unique">
        {names.map((name) => {
          const own = points.filter(({ seats }) => seats.includes(name));
          return own.length === 0 ? null : (
            <section key={name} className="panel" aria-label={`What only ${name} says`}>
              <h4>{name}</h4>
              <ul>
                {own.map(({ text }) => (
                  <li key={text}>{safeText(text)}</li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </section>
  );
}
