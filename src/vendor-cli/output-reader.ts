import type { Progress } from '../domain/runner.ts';
import { HeldText } from '../lib/held-text.ts';
import { Lines } from '../lib/lines.ts';
import { parsed } from '../wire/json.ts';
import { type CliError, type CliOutput, type CliReport, emptyReport } from './vendor-cli.ts';

/** Characters of the start of stdout that are kept to show what came. */
const headMaxLength = 2000;

/** Reads a program's stdout as it arrives, and keeps no more of it than the answer needs. */
export class OutputReader {
  readonly #output: CliOutput;
  readonly #progress: (progress: Progress) => void;
  // Banners and warnings stand between the events, and junk is not to be kept.
  readonly #lines = new Lines('{');
  readonly #document = new HeldText();
  #report: CliReport = emptyReport;
  #head = '';
  /** Why no answer can be taken from what came, though an end was told. */
  #flaw: CliError | undefined;

  constructor(output: CliOutput, progress: (progress: Progress) => void) {
    this.#output = output;
    this.#progress = progress;
  }

  /** The start of stdout. */
  get head(): string {
    return this.#head;
  }

  /** Bytes that are held of what may yet become an answer. */
  get heldBytes(): number {
    return this.#document.bytes + this.#lines.heldBytes;
  }

  push(text: string): void {
    if (this.#head.length < headMaxLength) {
      this.#head += text.slice(0, headMaxLength - this.#head.length);
    }
    if (this.#output.format === 'document') this.#document.push(text);
    else for (const line of this.#lines.push(text)) this.#readLine(line);
  }

  /** What the whole output comes to. */
  end(stderr: string): CliReport {
    for (const line of this.#lines.end()) this.#readLine(line);
    this.#read(documentIn(this.#document.take()));
    if (!this.#report.known && this.#output.errorOnStderr) this.#read(documentIn(stderr));
    const { error } = this.#report;
    if (!error) return { ...this.#report, error: this.#flaw };
    if (!this.#output.explain) return this.#report;
    return { ...this.#report, error: this.#output.explain(error, stderr) };
  }

  /** An event that is torn may have been the answer, so that what stands without it is none. */
  #readLine(line: string): void {
    const value = parsed(line);
    if (value === undefined) this.#flaw ??= { message: 'an event of its output is no JSON' };
    else this.#read(value);
  }

  #read(value: unknown): void {
    if (value === undefined) return;
    const before = this.#report;
    this.#report = this.#output.read(before, value);
    if (before.whole && saysMore(before, this.#report)) {
      this.#flaw ??= { message: 'it said more after its end' };
    }
    const progress = this.#output.progress?.(value);
    if (progress) this.#progress(progress);
  }
}

/** Whether an event that came after the end told another answer, an error, or an end once more. */
function saysMore(ended: CliReport, later: CliReport): boolean {
  return later.text !== ended.text || later.usage !== ended.usage || later.whole !== ended.whole;
}

/**
 * The JSON object that a text is or ends with: from the last line that opens one to the end, or that line
 * alone. Undefined when there is none.
 */
function documentIn(text: string): unknown {
  const whole = parsed(text);
  if (whole !== undefined) return whole;
  const lines = text.trimEnd().split('\n');
  const start = lines.findLastIndex((line) => line.startsWith('{'));
  if (start === -1) return undefined;
  return parsed(lines.slice(start).join('\n')) ?? parsed(lines[start] ?? '');
}
