import { dedent } from './definitions.ts';
import { fileNameOfLine, fileNameOfTitle } from './file-name.ts';

/** Code that stands in an answer without any fence. */
export interface BareCode {
  readonly path: string | null;
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
const rule = /^\s*[-=*_~─━═–—―]{4,}\s*$/;
const comment = /^\s*(?:\/\/|\/\*|\*|#)/;
/** A file's name ends the code above it, and names the code that follows within so many lines. */
const nameReachLines = 3;

/**
 * Finds the code in a text without fences: from a line that begins code to the next line of prose, or to
 * the name of the next file. Offsets are into the text.
 */
export function findBareCode(source: string): readonly BareCode[] {
  const whole = source.trim();
  if (whole === '') return [];
  if (areCommands(whole) || isBody(source)) {
    const text = source.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
    return [{ path: null, text, start: 0, end: source.length }];
  }
  return new Scan(source).run();
}

/** Goes over the lines of a text; knows comments and strings of several lines, for they may hold prose. */
class Scan {
  private readonly source: string;
  private readonly found: BareCode[] = [];
  private start: number | null = null;
  /** What ends the comment or string that is open. */
  private closing: string | null = null;
  /** Where the comment lines directly above begin. */
  private commentStart: number | null = null;
  private name: string | null = null;
  private nameAge = 0;

  constructor(source: string) {
    this.source = source;
  }

  run(): readonly BareCode[] {
    let offset = 0;
    for (const line of this.source.split('\n')) {
      this.read(line.slice(0, maxLineChars), offset);
      offset += line.length + 1;
    }
    this.end(this.source.length);
    return this.found;
  }

  private read(line: string, offset: number): void {
    if (this.closing === null && line.trim() !== '') this.readOutside(line, offset);
    if (this.start !== null) this.followComment(line);
  }

  private readOutside(line: string, offset: number): void {
    const name = this.start === null ? fileNameOfLine(line) : fileNameOfTitle(line);
    if (name !== null || rule.test(line) || isProse(line)) this.end(offset);
    if (this.start !== null) return;
    if (beginsCode(line)) this.begin(line, offset);
    else this.passOver(line, name, offset);
  }

  private begin(line: string, offset: number): void {
    this.start = this.commentStart ?? offset;
    // A line with a number sign can be a heading, so it counts as a comment only above code that has such.
    const isCurly = /^\s*(?:const|let|var|function|export|import .*['"]|interface|type)\b/.test(
      line,
    );
    if (isCurly && /^\s*#/.test(this.source.slice(this.start, offset))) this.start = offset;
  }

  private passOver(line: string, name: string | null, offset: number): void {
    const isComment = comment.test(line);
    this.commentStart = isComment ? (this.commentStart ?? offset) : null;
    if (name !== null && !isComment) {
      this.name = name;
      this.nameAge = 0;
    } else if (!(isComment || rule.test(line))) this.nameAge += 1;
  }

  private end(offset: number): void {
    if (this.start === null) return;
    const text = dedent(this.source.slice(this.start, offset)).trim();
    const path = this.nameAge <= nameReachLines ? this.name : null;
    this.found.push({ path, text, start: this.start, end: offset });
    this.start = null;
    this.commentStart = null;
    this.name = null;
  }

  private followComment(line: string): void {
    for (const [mark] of line.matchAll(/"""|'''|\/\*|\*\//g)) {
      if (this.closing === null) this.closing = mark === '*/' ? null : closingOf(mark);
      else if (mark === this.closing) this.closing = null;
    }
  }
}

function closingOf(mark: string): string {
  return mark === '/*' ? '*/' : mark;
}

function beginsCode(line: string): boolean {
  const bare = line.trim();
  return starts.some((start) => start.test(bare));
}

/** A line at the margin that has words and nothing that code has. */
function isProse(line: string): boolean {
  if (/^\s/.test(line)) return false;
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

/** The body of a function without its head, as an answer that continues a given start: its indentation counts. */
function isBody(source: string): boolean {
  const lines = source.split('\n').filter((line) => line.trim() !== '');
  if (!lines.every((line) => /^[ \t]/.test(line))) return false;
  let margin = '';
  for (const line of dedent(source).split('\n')) {
    if (/^\S/.test(line)) margin = line;
    if (
      /^\s*(?:return|yield)\b/.test(line) &&
      !/^(?:async|def|class|function|export)\b/.test(margin)
    ) {
      return !/[;{]\s*$/.test(margin);
    }
  }
  return false;
}
