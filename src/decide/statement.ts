import type { Candidate } from '../domain/candidate.ts';
import type { SeatId } from '../domain/plan.ts';
import { amountsOf } from './amounts.ts';
import { passagesOf } from './passages.ts';
import { contentTerms, isNegative } from './terms.ts';

/** The most statements of one text that are compared. */
export const statementsMaxCount = 300;

/** The most characters of a statement that are shown. */
const textMaxLength = 240;

/** Fewer words than this say too little to be compared. */
const termsMinCount = 2;

/** One statement of a perspective. */
export interface Statement {
  readonly seat: SeatId;
  readonly text: string;
  readonly isHeading: boolean;
  readonly terms: ReadonlySet<string>;
  readonly isNegative: boolean;
  /** By unit, in its smallest measure: `{ millisecond: 30000 }`. */
  readonly amounts: ReadonlyMap<string, number>;
  readonly pick: Pick | null;
}

/** What a statement settles: `Database: PostgreSQL`, `use PostgreSQL for the database`. */
export interface Pick {
  /** The subject, as it is written. */
  readonly subject: string;
  readonly subjectTerms: ReadonlySet<string>;
  readonly valueTerms: ReadonlySet<string>;
}

/** The statements of a perspective's prose, each once, in their order. */
export function statementsOf(candidate: Candidate): readonly Statement[] {
  if (candidate.status === 'none') return [];
  const seen = new Set<string>();
  return passagesOf(candidate.prose)
    .filter(({ text }) => !/[?:]$/.test(text) && !seen.has(text) && seen.add(text))
    .map(({ text, isHeading }) => ({
      seat: candidate.seat,
      text: shorten(text),
      isHeading,
      terms: contentTerms(text),
      isNegative: isNegative(text),
      amounts: amountsOf(text),
      pick: pickOf(text),
    }))
    .filter(({ terms }) => terms.size >= termsMinCount)
    .slice(0, statementsMaxCount);
}

/** The most words of a subject, and of a value; what is longer is an explanation. */
const pickMaxTerms = 4;

function pickOf(text: string): Pick | null {
  const label = /^([^:]{2,60}):\s+([^.;,(]+)/.exec(text);
  if (label !== null) return pick(label[1] ?? '', label[2] ?? '');
  const use =
    /\b(?:use|using|choose|pick|adopt|prefer|recommend)\s+([^.;,:()]{2,60}?)\s+(?:for|as)\s+([^.;,:()]+)/i;
  const choice = use.exec(text);
  return choice === null ? null : pick(choice[2] ?? '', choice[1] ?? '');
}

function pick(subject: string, value: string): Pick | null {
  const subjectTerms = contentTerms(subject);
  const valueTerms = contentTerms(value);
  const sizes = [subjectTerms.size, valueTerms.size];
  if (sizes.some((size) => size === 0 || size > pickMaxTerms)) return null;
  return { subject: subject.trim(), subjectTerms, valueTerms };
}

function shorten(text: string): string {
  return text.length <= textMaxLength ? text : `${text.slice(0, textMaxLength - 3)}...`;
}
