import type { OrchestratorResult } from '../domain/result.ts';
import { fenced } from '../lib/fenced.ts';
import { plainAnswer } from './plain-answer.ts';

/**
 * Writes the answer as Markdown, for programs that show what a model says: the code in fenced blocks, then in a
 * few lines whose it is, how far it is verified, and why a person should look. Empty without an answer.
 */
export function markdownAnswer(result: OrchestratorResult): string {
  const answer = body(result);
  return answer === '' ? '' : `${answer.trimEnd()}\n\n---\n\n${footer(result).join('\n')}\n`;
}

function body(result: OrchestratorResult): string {
  const [file, ...others] = result.files;
  if (!file || others.length > 0 || result.metadata.synthesis !== null) return plainAnswer(result);
  const heading = file.path === null ? '' : `${file.path}\n\n`;
  return `${heading}${fenced(file.text, file.language)}`;
}

function footer({ metadata, verification, validation }: OrchestratorResult): readonly string[] {
  const reasons = validation?.reviewReasons ?? [];
  return [
    `- Chosen: ${metadata.chosen ?? 'nobody'} (${metadata.rule})`,
    `- ${verification.status}: ${verification.because}`,
    ...reasons.map(({ message }) => `- A person should look: ${message}`),
    `- Run ${metadata.runId}${metadata.replay ? ', a replay of recordings' : ''}`,
  ];
}
