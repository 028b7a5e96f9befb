import { canonicalLanguage } from './language.ts';

const fence = /^((?:[ \t>]|[-*+] |\d{1,9}[.)] ){0,40})(`{3,}|~{3,})(.*)$/;
/** A sentence and a fence in one line: `Here it is:```python`. */
const gluedOpening = /^(.*[^\s`~>*+.-].*?)[ \t]*(`{3,}([\w+#-]+)[ \t]*)$/;
const gluedClosing = /^(.*[^\s`])(`{3,})[ \t]*$/;
/** Where a chat template ends a turn: what follows is the model talking to itself. */
const turnEnd =
  /<\/s>|<\|(?:im_start|im_end|endoftext|eot_id|end_of_text|user|end)\|>|\[\/?INST\]|^### (?:Instruction|User|Human)\b/;

interface OpenFence {
  readonly run: string;
  readonly indent: number;
  /** Whether nothing in the rest of the text closes it as it should. */
  readonly unclosed: boolean;
}

/**
 * Puts fences that a model wrote carelessly where Markdown sees them: glued to a sentence or to code, closed
 * with words behind, or doubled. Ends the text where the turn ends. Code itself is not changed.
 */
export function tidyFences(source: string): string {
  return new Tidying(source.split('\n')).run();
}

class Tidying {
  private readonly lines: readonly string[];
  private readonly tidied: string[] = [];
  private open: OpenFence | null = null;
  private closedAt = -1;
  /** The shortest run known not to be closed any more, by its character. */
  private readonly unclosed = new Map<string, number>();

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  run(): string {
    for (let at = 0; at < this.lines.length; at += 1) {
      const line = this.lines[at] ?? '';
      if (this.open === null && this.endsTurn(line)) break;
      if (this.open === null) this.readProse(line, at);
      else this.readCode(line, at, this.open);
    }
    return this.tidied.join('\n');
  }

  /** The words before the mark are kept. */
  private endsTurn(line: string): boolean {
    const end = this.closedAt < 0 ? null : turnEnd.exec(line);
    if (end === null) return false;
    this.tidied.push(line.slice(0, end.index));
    return true;
  }

  private readProse(line: string, at: number): void {
    const glued = gluedOpening.exec(line);
    const opening = fence.exec(line);
    if (opening?.[2] !== undefined && isInfo(opening)) {
      if (this.isStray(opening, at)) return;
      this.enter(opening[2], opening[1]?.length ?? 0, at);
      this.tidied.push(line);
    } else if (glued?.[2] !== undefined && canonicalLanguage(glued[3] ?? '') !== null) {
      this.tidied.push(glued[1] ?? '', glued[2]);
      this.enter(/^`+/.exec(glued[2])?.[0] ?? '', 0, at);
    } else this.tidied.push(line);
  }

  /** A bare fence right after a closing one, with no fence but an opening one to come, opens nothing. */
  private isStray([, , , info = '']: RegExpExecArray, at: number): boolean {
    if (info.trim() !== '' || this.closedAt !== at - 1) return false;
    for (let line = at + 1; line < this.lines.length; line += 1) {
      if (fence.test(this.lines[line] ?? '')) return languageOf(this.lines[line] ?? '') !== null;
    }
    return true;
  }

  private enter(run: string, indent: number, at: number): void {
    const open = { run, indent, unclosed: false };
    this.open = { ...open, unclosed: !this.isClosedAfter(open, at) };
  }

  private isClosedAfter(open: OpenFence, at: number): boolean {
    const char = open.run.charAt(0);
    if (open.run.length >= (this.unclosed.get(char) ?? Number.POSITIVE_INFINITY)) return false;
    for (let line = at + 1; line < this.lines.length; line += 1) {
      if (closes(this.lines[line] ?? '', open)) return true;
    }
    this.unclosed.set(char, open.run.length);
    return false;
  }

  private readCode(line: string, at: number, open: OpenFence): void {
    const { run, unclosed } = open;
    if (closes(line, open)) {
      this.tidied.push(line);
      this.leave(at);
      return;
    }
    const marker = unclosed ? fence.exec(line) : null;
    const glued = unclosed ? gluedClosing.exec(line) : null;
    if (marker !== null && languageOf(line) === null) {
      this.tidied.push(run, marker[3] ?? '');
      this.leave(at);
    } else if (glued?.[1] !== undefined) {
      this.tidied.push(glued[1], run);
      this.leave(at);
    } else this.tidied.push(line);
  }

  private leave(at: number): void {
    this.open = null;
    this.closedAt = at;
  }
}

/** Whether what follows the run can be an info string: the fence is not a code span such as ```x```. */
function isInfo([, , run = '', info = '']: RegExpExecArray): boolean {
  return run.startsWith('~') || !info.includes('`');
}

function languageOf(line: string): string | null {
  const info = fence.exec(line)?.[3] ?? '';
  const word = /^[ \t]*([\w+#-]+)/.exec(info)?.[1];
  return word === undefined ? null : canonicalLanguage(word);
}

/** A fence set deeper than the opening one is part of the code: a sample in a comment, say. */
function closes(line: string, { run, indent }: OpenFence): boolean {
  const marker = fence.exec(line);
  const isEnd = marker?.[2]?.startsWith(run) === true && marker[3]?.trim() === '';
  return isEnd && (marker[1]?.length ?? 0) <= indent + 3;
}
