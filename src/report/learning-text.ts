import type { Draw, RouteLearning } from '../domain/learning.ts';
import type { Paragraph } from './paragraph.ts';

/** Says how runs of the past took part in a route, one line for each runner that was drawn; nothing where they were not to. */
export function learningParagraphs(learning: RouteLearning | null): readonly Paragraph[] {
  if (learning === null) return [];
  if (learning.status === 'not-used') {
    return [{ text: `not used: ${learning.because}`, tone: 'quiet' }];
  }
  if (!learning.explored) return learning.draws.map(drawn);
  const how = 'The order is chance in this run, so that every model stays known.';
  return [{ text: how, tone: 'quiet' }, ...learning.draws.map(drawn)];
}

function drawn({ runner, won, decided, expected, drawn: value }: Draw): Paragraph {
  const text = `won ${won} of ${decided} here, expected ${percent(expected)}, drawn ${percent(value)}`;
  return { lead: { text: `${runner}:` }, text };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
