import { stripVTControlCharacters } from 'node:util';
import type { Progress } from '../domain/runner.ts';
import { HeldText } from '../lib/held-text.ts';
import { Lines } from '../lib/lines.ts';
import { repeatsName } from '../lib/repeats-name.ts';
import { parsed } from '../wire/json.ts';
import { unknownShape } from './unknown-shape.ts';
import { type CliError, type CliOutput, type CliReport, emptyReport } from './vendor-cli.ts';

/** Characters that are kept to show what came: of the start of stdout, and of the event that was not understood. */
const headMaxLength = 2000;
const oddMaxLength = 1000;

/** Characters of a line that begins otherwise than an event, in which one may still be hidden. */
const bannerMaxLength = 16_384;

/** Reads a program's stdout as it arrives, and keeps no more of it than the answer needs. */
export class OutputReader {
  readonly #output: CliOutput;
  readonly #progress: (progress: Progress) => void;
  // Banners and warnings stand between the events, and junk is not to be kept.
  readonly #lines = new Lines('{', bannerMaxLength);
  readonly #document = new HeldText();
  #report: CliReport = emptyReport;
  #head = '';
  /** What was not understood first. */
  #odd = '';

  constructor(output: CliOutput, progress: (progress: Progress) => void) {
    this.#output = output;
    this.#progress = progress;
  }

  /** The start of stdout, and the first event behind it that was not understood. */
  get evidence(): string {
    return this.#head.includes(this.#odd) ? this.#head : `${this.#head}\n...\n${this.#odd}`;
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
    this.#readDocuments(this.#document.take());
    if (!this.#report.known && this.#output.errorOnStderr) {
      this.#read(parsed(documentsIn(stderr).at(-1)?.trim() ?? ''), '');
    }
    const { flaw, notice, whole } = this.#report;
    const error = this.#report.error ?? (whole ? undefined : notice) ?? flaw;
    if (!error || !this.#output.explain) return { ...this.#report, error };
    return { ...this.#report, error: this.#output.explain(error, stderr) };
  }

  #readDocuments(text: string): void {
    for (const document of documentsIn(text)) this.#readLine(document);
  }

  #readLine(line: string): void {
    const text = bare(line);
    if (text.startsWith('{')) this.#readJson(text);
    // What is hidden there may have been the answer or an error.
    else if (/\{\s*"\w+"\s*:/.test(text)) this.#flawed('an object behind other text', text);
  }

  /** An event that is torn may have been the answer, so that what stands without it is none. */
  #readJson(json: string): void {
    const value = parsed(json);
    if (value === undefined) this.#flawed('an event that is no JSON', json);
    else if (repeatsName(json, value)) this.#flawed('an object with one name twice', json);
    else this.#read(value, json);
  }

  #read(value: unknown, json: string): void {
    if (value === undefined) return;
    const before = this.#report;
    const after = this.#output.read(before, value);
    this.#report = {
      ...after,
      error: before.error ?? after.error,
      flaw: before.flaw ?? after.flaw,
    };
    if (before.whole && saysMore(before, after)) this.#flawed('it said more after its end', json);
    if (this.#report.flaw && this.#odd === '') this.#odd = json.slice(0, oddMaxLength);
    const progress = this.#output.progress?.(value);
    if (progress) this.#progress(progress);
  }

  #flawed(what: string, json: string): void {
    const flaw: CliError = unknownShape(what);
    this.#report = { ...this.#report, flaw: this.#report.flaw ?? flaw };
    if (this.#odd === '') this.#odd = json.slice(0, oddMaxLength);
  }
}

/** Whether an event that came after the end told another answer, or an end once more. */
function saysMore(ended: CliReport, later: CliReport): boolean {
  return later.text !== ended.text || later.usage !== ended.usage || later.whole !== ended.whole;
}

/** The text without colours, and without what may stand around an event. */
function bare(line: string): string {
  return stripVTControlCharacters(line).replace(/^[\s\0\ufeff]+|[\s\0]+$/g, '');
}

/**
 * A banner, and the texts from each line that opens an object to the next such line. What stands behind an
 * object is of its text, which is no JSON then.
 */
function documentsIn(text: string): readonly string[] {
  return bare(text).split(/^(?=\{)/m);
}
