import type { Estimate } from '../domain/estimate.ts';
import { countText, dollarsText, listText } from './amounts.ts';
import type { Paragraph } from './paragraph.ts';

/** What of an estimate is shown. */
type Shown = Pick<Estimate, 'most' | 'unbounded' | 'unpriced'> & {
  readonly least: Estimate['most'];
};

/** Says what a plan is expected to use, and then what of that is not known. */
export function estimateParagraphs({
  least,
  most,
  unbounded,
  unpriced,
}: Shown): readonly Paragraph[] {
  const dollars = range(least.costUsd, most.costUsd, dollarsText);
  const tokens = `${range(least.tokens, most.tokens, countText)} tokens`;
  const notes = [
    ...(unpriced.length === 0 ? [] : [`no price is known of ${listText(unpriced)}`]),
    ...(unbounded.length === 0
      ? []
      : [`the longest answer is not known of ${listText(unbounded)}`]),
  ];
  return [
    { text: [...(least.costUsd === null ? [] : [dollars]), tokens].join(', ') },
    ...notes.map((text): Paragraph => ({ text, tone: 'quiet' })),
  ];
}

function range(
  least: number | null,
  most: number | null,
  write: (amount: number) => string,
): string {
  const from = write(least ?? 0);
  return most === null ? `at least ${from}` : `${from} to ${write(most)}`;
}
