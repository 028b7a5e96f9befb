import type { Token } from './highlight.ts';

/** Lines in one chunk. */
export const chunkLines = 200;

/** Some lines of a long text, which the browser lays out when they come into view. */
export interface Chunk {
  /** From 1. */
  readonly firstLine: number;
  readonly lineCount: number;
  readonly tokens: readonly Token[];
}

/** Divides code into chunks of lines. */
export function chunksOf(tokens: readonly Token[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let current: Token[] = [];
  let lines = 0;
  let firstLine = 1;
  const close = (): void => {
    chunks.push({ firstLine, lineCount: lines, tokens: current });
    firstLine += lines;
    [current, lines] = [[], 0];
  };
  for (const { kind, text } of tokens) {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
      lines += 1;
      if (lines < chunkLines) continue;
      current.push({ kind, text: text.slice(from, end + 1) });
      from = end + 1;
      close();
    }
    if (from < text.length) current.push({ kind, text: text.slice(from) });
  }
  if (!endsLine(current)) lines += 1;
  if (lines > 0) close();
  return chunks;
}

function endsLine(tokens: readonly Token[]): boolean {
  return tokens.length === 0 || tokens.at(-1)?.text.endsWith('\n') === true;
}
