import type { Contradiction, Point } from '../domain/decision.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import { listText } from './amounts.ts';
import { labelled } from './labelled.ts';
import { type Look, lineOf } from './line.ts';
import type { Paragraph } from './paragraph.ts';

/** Writes where several perspectives agree, contradict each other, and what only one saw; empty without a synthesis. */
export function synthesisLines(
  { metadata: { synthesis } }: OrchestratorResult,
  look: Look,
): readonly string[] {
  if (synthesis === null) return [];
  const bullet = look.unicode ? '•' : '-';
  const entries = [
    { label: 'Agree', paragraphs: synthesis.agreements.map((each) => pointed(each, bullet)) },
    {
      label: 'Contradict',
      paragraphs: synthesis.contradictions.flatMap((each) => opposed(each, bullet)),
    },
    { label: 'Only one', paragraphs: synthesis.unique.map((each) => pointed(each, bullet)) },
  ];
  const lines = labelled(entries, look);
  if (lines.length === 0) return [];
  return [lineOf([{ text: 'The views side by side', tone: 'strong' }], look), ...lines];
}

function pointed({ text, seats }: Point, mark: string): Paragraph {
  return { lead: { text: mark, tone: 'quiet' }, text: `${text} (${listText(seats)})` };
}

function opposed({ subject, sides }: Contradiction, bullet: string): readonly Paragraph[] {
  return [
    { lead: { text: bullet, tone: 'quiet' }, text: subject, tone: 'warning' },
    ...sides.map(({ text, seats }) => ({
      lead: { text: `  ${listText(seats)}:`, tone: 'quiet' as const },
      text,
    })),
  ];
}
