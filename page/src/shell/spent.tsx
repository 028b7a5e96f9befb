import type { ReactNode } from 'react';
import { countedText } from '../../../src/report/amounts.ts';
import { costText } from './times.ts';

interface SpentProps {
  /** Null where they are not told. */
  readonly tokens: number | null;
  /** US dollars; null where they are not known. */
  readonly costUsd: number | null;
}

/** What an answer took, in tokens and money. */
export function Spent({ tokens, costUsd }: SpentProps): ReactNode {
  if (tokens === null && costUsd === null) return <span>tokens and cost unknown</span>;
  return (
    <>
      <span>{tokensText(tokens)}</span>
      <span>{costUsd === null ? 'cost unknown' : costText(costUsd)}</span>
    </>
  );
}

function tokensText(tokens: number | null): string {
  if (tokens === null) return 'tokens unknown';
  return countedText(tokens, 'token');
}
