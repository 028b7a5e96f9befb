import type { Estimate } from '../domain/estimate.ts';
import type { Plan } from '../domain/plan.ts';
import { listText } from './amounts.ts';
import { estimateParagraphs } from './estimate-text.ts';
import { failureTitles } from './failure-text.ts';
import { type Entry, labelled } from './labelled.ts';
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
