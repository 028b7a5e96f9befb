const maxMarkers = 64;
const maxPrefixChars = 256;
const containerPrefix = /^[ \t>*+\-\d.)]+/;
const markdownInfo = /^(?:markdown|mdx?)\b/i;
const fence = /^ {0,3}(`{3,})[ \t]*([^`\n]*)$/;

/**
 * Makes the text that the parser reads, equal to the source in length and lines. Hidden are the fences
 * inside a Markdown block, which would close it early, and prefixes nested deeper than a person writes,
 * on which the parser is slow.
 */
export function prepare(source: string): string {
  const lines = source.split('\n').map(flatten);
  let at = 0;
  while (at < lines.length) at = skipBlock(lines, at);
  return lines.join('\n');
}

function flatten(line: string): string {
  const prefix = containerPrefix.exec(line)?.[0] ?? '';
  if (prefix.length <= maxMarkers) return line;
  const markers = prefix.replace(/[ \t]+/g, '').length;
  const tooDeep = markers > maxMarkers || prefix.length > maxPrefixChars;
  return tooDeep && !isOneRun(prefix)
    ? 'x'.repeat(prefix.length) + line.slice(prefix.length)
    : line;
}

/** A rule or an underline: one character again and again nests nothing. */
function isOneRun(prefix: string): boolean {
  return /^[ \t]{0,3}(?:-+|\*+|\++|\.+|\d+)$/.test(prefix);
}

/** Whether a fence opens a block of Markdown, which has fences of its own: it says so, or begins with a title. */
export function opensMarkdown(opening: string, next: string): boolean {
  const info = /^[^`~]*[`~]+[ \t]*(.*)$/.exec(opening)?.[1] ?? '';
  return info === '' ? /^# \S/.test(next) : markdownInfo.test(info);
}

/** Gives the line after the block that opens here, and hides what a Markdown block has inside. */
function skipBlock(lines: string[], at: number): number {
  const opening = fence.exec(lines[at] ?? '');
  const run = opening?.[1];
  if (run === undefined) return at + 1;
  const isMarkdown = opensMarkdown(lines[at] ?? '', lines[at + 1] ?? '');
  const end = isMarkdown ? nestedEnd(lines, at, run) : plainEnd(lines, at, run);
  if (!isMarkdown || end === null) return (end ?? plainEnd(lines, at, run) ?? lines.length) + 1;
  for (let inner = at + 1; inner < end; inner += 1) {
    lines[inner] = (lines[inner] ?? '').replaceAll('`', 'x');
  }
  return end + 1;
}

function plainEnd(lines: readonly string[], at: number, run: string): number | null {
  for (let line = at + 1; line < lines.length; line += 1) {
    if (closes(lines[line] ?? '', run)) return line;
  }
  return null;
}

/** The line on which as many fences have closed as have opened; null when that never comes. */
function nestedEnd(lines: readonly string[], at: number, run: string): number | null {
  let open = 1;
  for (let line = at + 1; line < lines.length; line += 1) {
    const marker = fence.exec(lines[line] ?? '');
    if (marker?.[1] === undefined || marker[1].length < run.length) continue;
    open += marker[2]?.trim() === '' ? -1 : 1;
    if (open === 0) return line;
  }
  return null;
}

function closes(line: string, run: string): boolean {
  const marker = fence.exec(line);
  return marker?.[1]?.startsWith(run) === true && marker[2]?.trim() === '';
}
