import type { CodeFile } from '../domain/candidate.ts';
import type { Point } from '../domain/decision.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import { fenced } from '../lib/fenced.ts';
import { perspectives } from './text.ts';

/**
 * Writes the answer alone, for a pipe: one file or an answer in prose as it is, with a line end;
 * several files, and the perspectives of architectural mode, as one Markdown document. Empty without an answer.
 */
export function plainAnswer(result: OrchestratorResult): string {
  if (result.metadata.chosen === null) return '';
  if (result.metadata.synthesis !== null) return architecturalAnswer(result);
  const [file, ...others] = result.files;
  if (!file || others.length === 0) return ended(result.consensusCode);
  return result.files.map(fileBlock).join('\n');
}

function fileBlock({ path, language, text }: CodeFile): string {
  const heading = path === null ? '' : `### ${oneLine(path)}\n\n`;
  return `${heading}${fenced(text, language)}\n`;
}

function architecturalAnswer(result: OrchestratorResult): string {
  const views = perspectives(result).map(
    ({ model, rawOutput }) => `# The view of ${model}\n\n${ended(rawOutput)}`,
  );
  return [...views, synthesisMarkdown(result)].filter((part) => part !== '').join('\n');
}

function synthesisMarkdown({ metadata: { synthesis } }: OrchestratorResult): string {
  if (!synthesis) return '';
  const item = ({ text, seats }: Point): string => `- ${oneLine(text)} (${seats.join(', ')})\n`;
  const list = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `\n## ${title}\n\n${items.join('')}`;
  const contradictions = synthesis.contradictions.map(
    ({ subject, sides }) =>
      `- ${oneLine(subject)}\n${sides.map((side) => `  ${item(side)}`).join('')}`,
  );
  const lists = [
    list('Where they agree', synthesis.agreements.map(item)),
    list('Where they contradict each other', contradictions),
    list('What only one of them says', synthesis.unique.map(item)),
  ].join('');
  return lists === '' ? '' : `# Synthesis\n${lists}`;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
