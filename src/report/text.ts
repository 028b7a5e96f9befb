import type { CodeFile } from '../domain/candidate.ts';
import type { ModelOutput, OrchestratorResult } from '../domain/result.ts';
import { labelled } from './labelled.ts';
import { type Look, lineOf, paint, wrap } from './line.ts';
import { safeText } from './safe-text.ts';
import { synthesisLines } from './synthesis-text.ts';
import { whyLines } from './why.ts';

/** Above every answer that no model was asked for. */
export const replayNotice = 'REPLAY (synthetic): recorded answers, no model was asked';

/**
 * Writes a result for a person at a terminal: the answer with its files, in architectural mode every
 * perspective, then in short why this answer, and whether to look closer. What models wrote is made harmless.
 */
export function renderAnswer(result: OrchestratorResult, look: Look): string {
  const blocks = [
    result.metadata.replay ? [lineOf([{ text: noticeOf(result), tone: 'warning' }], look)] : [],
    ...answerBlocks(result, look),
    synthesisLines(result, look),
    whyLines(result, look),
  ];
  const filled = blocks.filter((block) => block.length > 0);
  return `${filled.map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** A cassette holds what models really said, and may be played for some of them only. */
function noticeOf({ outputs }: OrchestratorResult): string {
  const sources = new Set(outputs.flatMap(({ success, source }) => (success ? [source] : [])));
  if (!sources.has('cassette')) return replayNotice;
  return sources.size === 1
    ? 'REPLAY: recorded answers, no model was asked'
    : 'REPLAY: some of the answers are recorded';
}

function answerBlocks(result: OrchestratorResult, look: Look): readonly (readonly string[])[] {
  if (result.metadata.chosen === null) return [noAnswer(result, look)];
  if (result.metadata.synthesis !== null)
    return perspectives(result).map((output) => perspective(output, look));
  if (result.files.length === 0) return [[body(result.consensusCode)]];
  return result.files.map((file) => [...header(file, look), body(file.text)]);
}

function noAnswer({ explanation, outputs }: OrchestratorResult, look: Look): readonly string[] {
  const [what = ''] = explanation.split('\n', 1);
  const causes = outputs.flatMap(({ model, role, error }) =>
    role === 'primary' && error !== null ? [{ label: model, paragraphs: [{ text: error }] }] : [],
  );
  return [
    ...wrap(what, look.width).map((line) => paint(line, 'bad', look)),
    ...labelled(causes, look),
  ];
}

/** The outputs that are an answer in architectural mode. */
export function perspectives({ outputs }: OrchestratorResult): readonly ModelOutput[] {
  return outputs.filter(({ role, success }) => role === 'primary' && success);
}

function perspective({ model, rawOutput }: ModelOutput, look: Look): readonly string[] {
  return [lineOf([{ text: `The view of ${model}`, tone: 'name' }], look), '', body(rawOutput)];
}

function header({ path, language }: CodeFile, look: Look): readonly string[] {
  const rest = language === null ? '' : `  ${language}`;
  if (path === null)
    return language === null ? [] : [lineOf([{ text: language, tone: 'quiet' }], look)];
  return [
    lineOf(
      [
        { text: path, tone: 'name' },
        { text: rest, tone: 'quiet' },
      ],
      look,
    ),
  ];
}

function body(text: string): string {
  return safeText(text).replace(/^\n+/, '').trimEnd();
}
