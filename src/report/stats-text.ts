import { type FailureKind, failureFacts } from '../domain/failure.ts';
import type { ModelStats, PerAnswer } from '../domain/stats.ts';
import { countText, secondsText } from './amounts.ts';
import { failureTitles } from './failure-text.ts';
import { type Look, lineOf } from './line.ts';
import type { Span } from './paragraph.ts';
import { type Row, tableLines } from './table.ts';

/** Writes how models fared as a table, with what does not fit in a column on the line below. */
export function renderStats(rows: readonly ModelStats[], look: Look): string {
  const titles = ['MODEL', 'CATEGORY', 'ASKED', 'WON', 'LOST', 'RATE', '95 %', 'P50', 'P95'];
  const head: Row = { cells: titles.map(quiet) };
  const lines = tableLines([head, ...rows.map(rowOf)], look);
  const note =
    'RATE is WON in WON and LOST; "few" where they are too few to tell. See docs/learning.md';
  return `${[...lines, lineOf([quiet(note)], look)].join('\n')}\n`;
}

function rowOf(stats: ModelStats): Row {
  const { runner, category, asked, won, lost, winRate, latencyMs } = stats;
  return {
    cells: [
      { text: runner, tone: 'strong' },
      { text: category },
      { text: countText(asked) },
      { text: countText(won) },
      { text: countText(lost) },
      { text: winRate ? percent(winRate.share) : 'few' },
      { text: winRate ? `${(100 * winRate.low).toFixed(0)}-${percent(winRate.high)}` : '-' },
      { text: latencyMs.p50 === null ? 'few' : secondsText(latencyMs.p50) },
      { text: latencyMs.p95 === null ? 'few' : secondsText(latencyMs.p95) },
    ],
    details: detailsOf(stats),
  };
}

function detailsOf(stats: ModelStats): string {
  const { model, verified, tied, uncompared, answered } = stats;
  const shown = verified.won + verified.lost;
  return [
    ...(model === null ? [] : [model]),
    shown === 0 ? 'none verified' : `verified: ${verified.won} won, ${verified.lost} lost`,
    ...(tied === 0 ? [] : [`${tied} tied`]),
    ...(uncompared === 0 ? [] : [`${uncompared} not compared`]),
    ...failures(stats),
    ...(answered === 0 ? [] : [costText(stats), tokensText(stats)]),
  ].join('; ');
}

function failures({ failures: kinds }: ModelStats): readonly string[] {
  const shown = Object.entries(kinds).flatMap(([kind, count]) =>
    isKind(kind) ? [`${failureTitles[kind].toLowerCase()} ${count}`] : [],
  );
  return shown.length === 0 ? [] : [`failed: ${shown.join(', ')}`];
}

function isKind(kind: string): kind is FailureKind {
  return Object.hasOwn(failureFacts, kind);
}

function costText({ cost, answered }: ModelStats): string {
  if (cost.mean === null) return 'cost unknown';
  const dollars = cost.mean.toFixed(cost.mean < 0.1 ? 4 : 2);
  return `$${dollars} an answer${unknownText(cost, answered)}`;
}

function tokensText({ tokens, answered }: ModelStats): string {
  if (tokens.mean === null) return 'tokens unknown';
  return `${countText(Math.round(tokens.mean))} tokens an answer${unknownText(tokens, answered)}`;
}

function unknownText({ known }: PerAnswer, answered: number): string {
  return known === answered ? '' : ` (unknown of ${answered - known})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}
