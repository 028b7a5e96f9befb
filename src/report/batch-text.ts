import { countText, listText } from './amounts.ts';
import type { BatchTally, Counts } from './batch-tally.ts';
import { jsonText } from './json.ts';
import type { Look } from './line.ts';
import { lineOf } from './line.ts';
import type { Span } from './paragraph.ts';

/** How far a batch is. */
export interface BatchProgress {
  /** Rows of the whole batch so far, also those of before. */
  readonly tally: BatchTally;
  /** Rows that were there when this process began. */
  readonly before: BatchTally;
  /** Tasks of the batch; null where that is not known. */
  readonly total: number | null;
  readonly elapsedMs: number;
  readonly state: 'running' | 'paused' | 'finishing' | 'leaving';
}

/** What a batch ended with. */
export interface BatchEnd extends Omit<BatchProgress, 'state'> {
  /** Where the results are; null for stdout. */
  readonly output: string | null;
  /** Whether it was ended before its end. */
  readonly stopped: boolean;
}

/** Cells of a bar. */
const barWidth = 24;

/** How far a batch is in two lines: a bar with the time that is left, and what it came to so far. */
export function batchProgressLines(progress: BatchProgress, look: Look): readonly string[] {
  const { state, tally, total } = progress;
  const share = total === null || total === 0 ? null : Math.min(1, tally.rows / total);
  const bar = share === null ? '' : `${barOf(share, look)} `;
  const spans: readonly Span[] = [
    { text: bar, tone: 'name' },
    { text: doneText(progress), tone: 'strong' },
    { text: `, ${rateText(progress)}` },
    { text: state === 'running' ? '' : `, ${state}`, tone: 'warning' },
  ];
  return [lineOf(spans, look), lineOf([{ text: detailsText(progress), tone: 'quiet' }], look)];
}

/** The same in one line, for a stream that is no terminal. */
export function batchProgressText(progress: BatchProgress): string {
  const { state } = progress;
  const what = state === 'running' ? '' : ` (${state})`;
  return `${doneText(progress)}${what}, ${rateText(progress)}, ${detailsText(progress)}`;
}

/** The summary of a batch: one thing in each line. */
export function batchSummaryLines({ output, tally, ...end }: BatchEnd): readonly string[] {
  const { before, elapsedMs, stopped, total } = end;
  const unfinished = total === null ? '' : ` of ${total}`;
  const known = before.rows === 0 ? '' : `, ${before.rows} of them from before`;
  return [
    `${stopped ? 'Stopped after' : 'Finished'} ${tally.rows}${unfinished} tasks in ${durationText(elapsedMs)}${known}`,
    row('Status', countsText(tally.statuses)),
    row('Left', overBudgetText(tally.statuses['over-budget'] ?? 0)),
    row('Chosen', countsText(tally.chosen)),
    row('Failures', countsText(tally.failures)),
    row('To review', tally.needsReview === 0 ? '' : String(tally.needsReview)),
    row('Tokens', `${countText(tally.inputTokens)} in, ${countText(tally.outputTokens)} out`),
    row('Cost', costText(tally)),
    row('Results', output ?? ''),
  ].filter((line) => line !== '');
}

/** The summary as the JSON text that `--json` prints. */
export function batchSummaryJson({ tally, before, ...end }: BatchEnd): string {
  return jsonText({
    tasks: end.total,
    rows: tally.rows,
    rows_before: before.rows,
    stopped: end.stopped,
    statuses: tally.statuses,
    failures: tally.failures,
    chosen: tally.chosen,
    needs_review: tally.needsReview,
    input_tokens: tally.inputTokens,
    output_tokens: tally.outputTokens,
    cost: tally.costUsd,
    unpriced_calls: tally.unpricedCalls,
    execution_time: Math.round(end.elapsedMs) / 1000,
    output: end.output,
  });
}

function barOf(share: number, { unicode }: Look): string {
  const [full, empty] = unicode ? ['█', '░'] : ['#', '.'];
  const filled = Math.floor(share * barWidth);
  return full.repeat(filled) + empty.repeat(barWidth - filled);
}

function doneText({ tally, total }: BatchProgress): string {
  return total === null ? `${tally.rows} tasks` : `${tally.rows} of ${total} tasks`;
}

function rateText({ before, elapsedMs, tally, total }: BatchProgress): string {
  const done = tally.rows - before.rows;
  const seconds = elapsedMs / 1000;
  const perSecond = seconds > 0 ? done / seconds : 0;
  const slow = perSecond < 1;
  const rate = slow ? `${(perSecond * 60).toFixed(1)}/min` : `${perSecond.toFixed(1)}/s`;
  if (done === 0 || total === null || tally.rows >= total) return rate;
  return `${rate}, about ${durationText(((total - tally.rows) / perSecond) * 1000)} left`;
}

function detailsText({ before, tally, total }: BatchProgress): string {
  const noAnswer = ['failed', 'invalid', 'not-run', 'over-budget'].flatMap((status) =>
    tally.statuses[status] === undefined ? [] : [`${tally.statuses[status]} ${status}`],
  );
  const kinds = countsText(tally.failures);
  return [
    costText(tally) + costLeftText({ before, tally, total }),
    ...noAnswer,
    ...(kinds === '' ? [] : [`models failed: ${kinds}`]),
    ...(tally.needsReview === 0 ? [] : [`${tally.needsReview} to review`]),
  ].join(', ');
}

/** What the tasks that are left cost if they cost as those that this process has done. */
function costLeftText({
  before,
  tally,
  total,
}: Pick<BatchProgress, 'before' | 'tally' | 'total'>): string {
  const done = tally.rows - before.rows;
  if (tally.costUsd === null || total === null || done === 0 || tally.rows >= total) return '';
  const each = (tally.costUsd - (before.costUsd ?? 0)) / done;
  return `, about ${dollars(each * (total - tally.rows))} to come`;
}

function costText({ costUsd, unpricedCalls }: BatchTally): string {
  const calls = unpricedCalls === 1 ? 'call' : 'calls';
  if (costUsd === null) {
    return unpricedCalls === 0 ? 'no cost' : `cost unknown (${unpricedCalls} ${calls})`;
  }
  return unpricedCalls === 0
    ? dollars(costUsd)
    : `${dollars(costUsd)} and ${unpricedCalls} ${calls} of unknown price`;
}

function dollars(amount: number): string {
  return `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

function overBudgetText(count: number): string {
  if (count === 0) return '';
  const tasks = count === 1 ? '1 task' : `${count} tasks`;
  return `${tasks} undone for want of budget: with a higher --max-cost or --max-tokens the same command goes on`;
}

/** The most frequent first. */
function countsText(counts: Counts): string {
  const rows = Object.entries(counts).toSorted(([, one = 0], [, other = 0]) => other - one);
  return listText(rows.map(([name, count]) => `${count} ${name}`));
}

function row(title: string, text: string): string {
  return text === '' ? '' : `  ${title.padEnd(10)} ${text}`;
}

/** `42 s`, `3 min`, `2 h 5 min`. */
function durationText(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
