import type { ReactNode } from 'react';
import type { Merge } from '../../../src/domain/merge.ts';
import type { ResultJson } from '../../../src/report/json.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import { Badge } from '../shell/badge.tsx';
import { TableBox } from '../shell/table-box.tsx';
import { FilesView } from './files-view.tsx';
import { type LineSource, lineOrigins } from './line-origins.ts';
import { type MergeStanding, mergeStandings, type Share } from './merge-standings.ts';
import { PassageList } from './passage-list.tsx';
import { outputName } from './shapes.ts';

interface MergeViewProps {
  readonly merge: Merge;
  readonly result: ResultJson;
}

/** An answer that was merged from the others: what became of it, what it was compared by, and whose its lines are. */
export function MergeView({ merge, result }: MergeViewProps): ReactNode {
  const standings = mergeStandings(merge, result);
  const author = standings.find(({ seat }) => seat === merge.author)?.name ?? merge.author;
  return (
    <div className="stack">
      <p>
        <Badge tone={merge.taken ? 'good' : 'plain'}>{merge.taken ? 'taken' : 'dropped'}</Badge>{' '}
        {author}, whose answer is the best single one, was asked to merge all of them. The merged
        answer was {merge.taken ? 'taken' : 'dropped'}: {safeLine(merge.because)}.
      </p>
      {merge.files.length > 0 && (
        <>
          <Standings standings={standings} author={merge.author} />
          <Origins merge={merge} result={result} />
        </>
      )}
    </div>
  );
}

const columns: readonly {
  readonly name: string;
  readonly of: (standing: MergeStanding) => Share;
}[] = [
  { name: 'Checks passed', of: ({ checks }) => checks },
  { name: 'Shown tests met', of: ({ shown }) => shown },
  { name: 'Tests of models met', of: ({ written }) => written },
  { name: 'Results on other inputs', of: ({ open }) => open },
  { name: 'Same where all agree', of: ({ agreed }) => agreed },
];

interface StandingsProps {
  readonly standings: readonly MergeStanding[];
  readonly author: string;
}

function Standings({ standings, author }: StandingsProps): ReactNode {
  const shown = columns.filter(({ of }) => standings.some((standing) => of(standing).of > 0));
  return (
    <section aria-labelledby="merge-standings-title">
      <h3 id="merge-standings-title">What it was compared by</h3>
      <p className="hint prose">
        It has to pass all that the best single answer passes and more, bring a result wherever that
        one does, and do what all the answers do where they agree.
      </p>
      <TableBox
        label="The merged answer and the others"
        head={['Answer', ...shown.map(({ name }) => name)]}
      >
        {standings.map((standing) => (
          <tr key={standing.seat ?? ''}>
            <th scope="row">
              {standing.name}
              {standing.seat === author && <span className="quiet"> best single</span>}
            </th>
            {shown.map(({ name, of }) => (
              <ShareCell key={name} share={of(standing)} />
            ))}
          </tr>
        ))}
      </TableBox>
    </section>
  );
}

function ShareCell({ share: { passed, of } }: { readonly share: Share }): ReactNode {
  if (of === 0) return <td className="quiet">none</td>;
  const isWhole = passed === of;
  return (
    <td className={isWhole ? 'share-whole' : 'share-part'}>
      <span aria-hidden="true">{isWhole ? '✓' : '✕'}</span> {passed} of {of}
    </td>
  );
}

function Origins({ merge, result }: MergeViewProps): ReactNode {
  const primaries = result.outputs.filter(({ role, code }) => role === 'primary' && code !== '');
  const sources: readonly LineSource[] = primaries.map((output) => ({
    name: outputName(output, primaries),
    text: output.files.map(({ text }) => text).join('\n'),
  }));
  return (
    <section className="stack" aria-labelledby="origins-title">
      <h3 id="origins-title">Whose its lines are</h3>
      {merge.files.map((file, index) => {
        const name = file.path ?? 'without a file name';
        const passages = lineOrigins(file.text, sources);
        return passages ? (
          <PassageList key={name} name={name} passages={passages} sources={sources.length} />
        ) : (
          <FilesView key={name} files={merge.files.slice(index, index + 1)} name="merged answer" />
        );
      })}
    </section>
  );
}
