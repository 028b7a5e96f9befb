import { dedent } from './definitions.ts';

/** Code that stands in an answer without any fence. */
export interface BareCode {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Lines that begin code in the languages that answers are mostly in; none begins a sentence. */
const starts: readonly RegExp[] = [
  /^(?:async\s+)?def\s+\w+\s*\(/,
  /^(?:from [\w.]+ import [\w*(]|import [\w.]+(?: as \w+)?(?:, *[\w.]+)*;?\s*$)/,
  /^import\s.*\sfrom\s+['"]|^import\s+['"]|^import [\w.]+\.\*?;|^import \($/,
  /^@\w[\w.]*(?:\(.*\))?\s*$/,
  /^(?:export\s+)?(?:default\s+)?(?:abstract\s+|public\s+|final\s+|static\s+|data\s+)*class \w+.*[:{]\s*$/,
  /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*\w*\s*\(/,
  /^(?:export\s+)?(?:const|let|var)\s+[\w{[$][^.]*=/,
  /^(?:export\s+)?(?:interface \w+.*\{|type \w+(?:<.*>)?\s*=|(?:const\s+)?enum \w+\s*\{|namespace \w+.*\{)/,
  /^['"]use (?:strict|client|server)['"];?\s*$|^module\.exports\b/,
  /^(?:package \w[\w.]*;?$|func (?:\([^)]*\) )?\w+\()/,
  /^(?:pub(?:\(\w+\))? )?(?:fn \w+.*\(|struct \w+.*[{;(]|impl\b.*\{|mod \w+;)|^use [\w:{}, ]+;$|^#!?\[\w/,
  /^(?:public|private|protected|static)\s[\w<>[\], ]+[({]/,
  /^#include\s*[<"]|^using [\w.]+( \w+)?;|^namespace [\w.]+\s*[{;]?$/,
  /^(?:int|void|char|float|double|long|bool|unsigned)\s+\*?\w+\s*\([^)]*\)\s*\{?$/,
  /^(?:require ['"]|module [A-Z]\w*$|class [A-Z]\w*(?: < \w+)?$|def \w+[?!]?$)/,
  /^<\?php|^<!doctype html|^<(?:html|svg|\?xml|template|script|style|div|head|body)\b/i,
  /^(?:SELECT\s.*|INSERT INTO .*|UPDATE \w+ SET .*|DELETE FROM .*|(?:CREATE|ALTER|DROP) (?:OR REPLACE )?(?:TABLE|VIEW|INDEX)\s.*|WITH \w+ AS \(.*)$/,
  /^FROM \w[\w./:-]*(?: AS \w+)?$|^#!\/|^(?:diff --git |--- a\/|@@ -\d)/,
  /^if __name__ ==/,
  /^\w+ = lambda\b/,
];

const commandLine =
  /^(?:\$ )?(?:sudo|apt|apt-get|npm|npx|yarn|pnpm|pip3?|git|docker|curl|wget|kubectl|chmod|find|grep|sed|awk|ls|tar|ssh|rsync|systemctl|python3?|node)\s+\S+/;
const maxCommandLines = 5;
const maxLineChars = 400;

/**
 * Finds the code in a text without fences: from a line that begins code to the next line of prose.
 * Offsets are into the text.
 */
export function findBareCode(source: string): readonly BareCode[] {
  const whole = source.trim();
  const lines = source.split('\n');
  if (areCommands(whole)) return [{ text: whole, start: 0, end: source.length }];
  const found: BareCode[] = [];
  let offset = 0;
  let open: Region | null = null;
  for (const line of lines) {
    if (open !== null && !open.accepts(line)) {
      found.push(open.close(source));
      open = null;
    }
    if (open === null && beginsCode(line)) open = new Region(offset);
    offset += line.length + 1;
    open?.take(line, Math.min(offset, source.length));
  }
  if (open !== null) found.push(open.close(source));
  return found;
}

/** Follows one stretch of code; knows comments and strings of several lines, for they may hold prose. */
class Region {
  private readonly start: number;
  private end: number;
  private comment: string | null = null;

  constructor(start: number) {
    this.start = start;
    this.end = start;
  }

  accepts(line: string): boolean {
    return this.comment !== null || !isProse(line);
  }

  take(line: string, end: number): void {
    this.end = end;
    for (const [mark] of line.matchAll(/"""|'''|\/\*|\*\//g)) {
      if (this.comment === null) this.comment = mark === '*/' ? null : closingOf(mark);
      else if (mark === this.comment) this.comment = null;
    }
  }

  close(source: string): BareCode {
    const text = dedent(source.slice(this.start, this.end)).trim();
    return { text, start: this.start, end: this.end };
  }
}

function closingOf(mark: string): string {
  return mark === '/*' ? '*/' : mark;
}

function beginsCode(line: string): boolean {
  const bare = line.slice(0, maxLineChars).trim();
  return starts.some((start) => start.test(bare));
}

/** A line at the margin that has words and nothing that code has. */
function isProse(whole: string): boolean {
  const line = whole.slice(0, maxLineChars);
  if (/^\s/.test(line) || line === '') return false;
  if (/^(?:[-*+]|\d+[.)])\s+\S|^#{2,6}\s+\S|^\*\*\w/.test(line)) return true;
  if (/^(?:\/\/|#|--|\/\*|\*|<|@|;|\}|\)|\])/.test(line)) return false;
  const isSentence =
    /^(?:[A-Z]\w*|I)['’]?\w*,?\s+\S+\s+\S+/.test(line) && !/^[A-Z]{2,}\b/.test(line);
  const isLabel = /^[A-Z][\w ]{2,60}:\s*$/.test(line);
  return isLabel || (isSentence && !/[;{}=\\]\s*$|^\w+(?:\.\w+)*\s*[=([]|[=]{2}/.test(line));
}

function areCommands(whole: string): boolean {
  const lines = whole.split('\n', maxCommandLines + 1);
  return lines.length <= maxCommandLines && lines.every((line) => commandLine.test(line.trim()));
}
