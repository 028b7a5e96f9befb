import type { Progress } from '../domain/runner.ts';
import { Lines } from '../lib/lines.ts';
import { parsed } from '../wire/json.ts';
import { type CliOutput, type CliReport, emptyReport } from './vendor-cli.ts';

/** Characters of the start of stdout that are kept to show what came. */
const headMaxLength = 2000;

/** Reads a program's stdout as it arrives, and keeps no more of it than the answer needs. */
export class OutputReader {
  readonly #output: CliOutput;
  readonly #progress: (progress: Progress) => void;
  // Banners and warnings stand between the events, and junk is not to be kept.
  readonly #lines = new Lines('{');
  readonly #document: string[] = [];
  #report: CliReport = emptyReport;
  #head = '';

  constructor(output: CliOutput, progress: (progress: Progress) => void) {
    this.#output = output;
    this.#progress = progress;
  }

  /** The start of stdout. */
  get head(): string {
    return this.#head;
  }

  push(text: string): void {
    if (this.#head.length < headMaxLength) {
      this.#head += text.slice(0, headMaxLength - this.#head.length);
    }
    if (this.#output.format === 'document') this.#document.push(text);
    else for (const line of this.#lines.push(text)) this.#read(parsed(line));
  }

  /** What the whole output comes to. */
  end(stderr: string): CliReport {
    for (const line of this.#lines.end()) this.#read(parsed(line));
    this.#read(documentIn(this.#document.join('')));
    if (!this.#report.known && this.#output.errorOnStderr) this.#read(documentIn(stderr));
    const { error } = this.#report;
    if (!error || !this.#output.explain) return this.#report;
    return { ...this.#report, error: this.#output.explain(error, stderr) };
  }

  #read(value: unknown): void {
    if (value === undefined) return;
    this.#report = this.#output.read(this.#report, value);
    const progress = this.#output.progress?.(value);
    if (progress) this.#progress(progress);
  }
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
