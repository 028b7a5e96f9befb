import type { ReactNode } from 'react';
import { secondsText } from '../../../src/report/amounts.ts';
import { safeText } from '../../../src/report/safe-text.ts';
import { CodeView } from '../code/code-view.tsx';
import { Badge, type Tone } from '../shell/badge.tsx';
import { Spent } from '../shell/spent.tsx';
import { FilesView } from './files-view.tsx';
import { ProseView } from './prose-view.tsx';
import type { Output } from './shapes.ts';

interface CandidateCardProps {
  readonly output: Output;
  readonly name: string;
  readonly isChosen: boolean;
}

/** One answer: its files, its checks and what it took. */
export function CandidateCard({ output, name, isChosen }: CandidateCardProps): ReactNode {
  const { success, error, execution_time, usage, cost, answered_by, files, raw_output } = output;
  const isCancelled = output.failure_kind === 'cancelled';
  return (
    <article className="candidate" aria-label={name}>
      <h3>
        {name} {isChosen && <Badge tone="good">chosen</Badge>}
        {!success && (
          <Badge tone={isCancelled ? 'plain' : 'bad'}>{isCancelled ? 'cancelled' : 'failed'}</Badge>
        )}
      </h3>
      <p className="lane-facts">
        <span>{secondsText(execution_time * 1000)}</span>
        <Spent tokens={usage?.output_tokens ?? null} costUsd={cost} />
        {answered_by !== null && <span>{safeText(answered_by)}</span>}
      </p>
      {error !== null && !isCancelled && <p className="field-error">{safeText(error)}</p>}
      <Checks output={output} />
      {files.length > 0 && <FilesView files={files} name={name} />}
      {success && files.length === 0 && (
        <ProseView text={raw_output} label={`What ${name} wrote`} />
      )}
      {raw_output !== '' && (!success || files.length > 0) && (
        <details className="more">
          <summary>Everything that it wrote</summary>
          <CodeView text={raw_output} language={null} label={`Everything that ${name} wrote`} />
        </details>
      )}
    </article>
  );
}

type Check = Output['checks'][number];

const checkTones: Readonly<Record<Check['outcome']['status'], Tone>> = {
  passed: 'good',
  failed: 'bad',
  crashed: 'bad',
  'timed-out': 'bad',
  flaky: 'warn',
  'not-run': 'plain',
};

function Checks({ output }: { readonly output: Output }): ReactNode {
  if (output.checks.length === 0) return null;
  return (
    <ul className="checks">
      {output.checks.map(({ checker, file, command, outcome }) => (
        <li key={`${checker} ${file} ${command}`}>
          <Badge tone={checkTones[outcome.status]}>{outcome.status}</Badge>{' '}
          {safeText(command ?? checker)} {file !== null && <code>{safeText(file)}</code>}
          {'message' in outcome && <p className="hint pre-line">{safeText(outcome.message)}</p>}
          {'because' in outcome && <p className="hint">{safeText(outcome.because)}</p>}
        </li>
      ))}
    </ul>
  );
}
