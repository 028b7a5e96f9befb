import type { Estimate } from '../domain/estimate.ts';
import type { Plan } from '../domain/plan.ts';
import { countText, dollarsText, listText } from './amounts.ts';
import { failureTitles } from './failure-text.ts';
import { type Entry, labelled, type Paragraph } from './labelled.ts';
import { learningParagraphs } from './learning-text.ts';
import type { Look } from './line.ts';

/** Writes what a task would be given to, and why, with who stands in for whom and who is missing. */
export function renderRoute(
  { route, seats, substitutions }: Plan,
  estimate: Estimate,
  look: Look,
): string {
  const entries: readonly Entry[] = [
    { label: 'Category', paragraphs: [{ text: route.category, tone: 'strong' }] },
    { label: 'Mode', paragraphs: [{ text: route.mode, tone: 'strong' }] },
    { label: 'Primaries', paragraphs: [{ text: listText(route.primaries) }] },
    { label: 'Validators', paragraphs: [{ text: listText(route.validators) || 'none' }] },
    { label: 'Because', paragraphs: [{ text: route.reason, tone: 'quiet' }] },
    { label: 'Learned', paragraphs: learningParagraphs(route.learning ?? null) },
    { label: 'Estimate', paragraphs: estimateParagraphs(estimate) },
    {
      label: 'Stand-ins',
      paragraphs: substitutions.map(({ planned, runner, because }) => ({
        text: `${runner} in place of ${planned}: ${failureTitles[because].toLowerCase()}`,
        tone: 'warning',
      })),
    },
    {
      label: 'Missing',
      paragraphs: seats.flatMap(({ runner, unavailable }) =>
        unavailable
          ? [
              {
                lead: { text: `${runner}:`, tone: 'bad' },
                text: `${unavailable.message}. ${unavailable.remedy}`,
              },
            ]
          : [],
      ),
    },
  ];
  return `${labelled(entries, look).join('\n')}\n`;
}

function estimateParagraphs({ least, most, unbounded, unpriced }: Estimate) {
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
