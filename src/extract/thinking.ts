/** An answer parted from the thoughts that the model wrote around it. */
export interface Parted {
  readonly answer: string;
  readonly thoughts: string;
}

const openingTag = /^[ \t]*<(think|thinking|thought|reasoning|reflection)>/i;
const closingTag = /<\/(?:think|thinking|thought|reasoning|reflection)>/i;
const closingLine = /^[ \t]*<\/(?:think|thinking|thought|reasoning|reflection)>[ \t]*$/i;
const fenceLine = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/**
 * Parts thoughts in tags from the answer. Tags count at the start of a line outside code; one that
 * never closes takes the rest, and one that never opened (its opening was in the prompt) what stands before.
 */
export function partThoughts(text: string): Parted {
  const state = new Parting();
  for (const line of text.split('\n')) state.read(line);
  return state.result();
}

interface OpenFence {
  readonly run: string;
  /** Whether the code has such tags itself. */
  readonly hasTags: boolean;
}

class Parting {
  private readonly answer: string[] = [];
  private readonly thoughts: string[] = [];
  /** The tag that is open, in lower case. */
  private tag: string | null = null;
  private fence: OpenFence | null = null;

  read(line: string): void {
    if (this.tag !== null) this.readThought(line);
    else this.readAnswer(line);
  }

  result(): Parted {
    return { answer: this.answer.join('\n'), thoughts: this.thoughts.join('\n') };
  }

  private readThought(line: string): void {
    const close = line.toLowerCase().indexOf(`</${this.tag}>`);
    if (close < 0) {
      this.thoughts.push(line);
      return;
    }
    const after = close + `</${this.tag}>`.length;
    this.thoughts.push(line.slice(0, close));
    this.tag = null;
    this.keep(line.slice(after));
  }

  private readAnswer(line: string): void {
    const opening = this.fence === null ? openingTag.exec(line) : null;
    if (opening?.[1] !== undefined) {
      this.tag = opening[1].toLowerCase();
      this.readThought(line.slice(opening[0].length));
      return;
    }
    if (this.isOrphanClose(line)) this.endUnopened(line);
    else this.keep(line);
  }

  private keep(line: string): void {
    this.answer.push(line);
    this.followFence(line);
  }

  /** A tag alone on its line inside a fence counts too: thoughts often leave a fence open. */
  private isOrphanClose(line: string): boolean {
    if (this.thoughts.length > 0) return false;
    if (this.fence === null) return closingTag.test(stripSpans(line));
    return !this.fence.hasTags && closingLine.test(line);
  }

  private endUnopened(line: string): void {
    const close = closingTag.exec(line);
    const at = close?.index ?? 0;
    this.thoughts.push(...this.answer.splice(0), line.slice(0, at));
    this.fence = null;
    this.keep(line.slice(at + (close?.[0].length ?? 0)));
  }

  private followFence(line: string): void {
    const [, run, rest = ''] = fenceLine.exec(line) ?? [];
    if (this.fence === null) {
      const opens = run !== undefined && (run.startsWith('~') || !rest.includes('`'));
      if (opens) this.fence = { run, hasTags: false };
    } else if (run?.startsWith(this.fence.run) === true && rest.trim() === '') this.fence = null;
    else if (openingTag.test(line)) this.fence = { ...this.fence, hasTags: true };
  }
}

/** Drops code spans, so that a tag that is only mentioned does not count. */
function stripSpans(line: string): string {
  return line.replace(/`[^`\n]*`/g, '');
}
