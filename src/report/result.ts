import type { Decision, Point, Ranking, Synthesis } from '../domain/decision.ts';
import type { SeatId } from '../domain/plan.ts';
import type {
  ModelOutput,
  OrchestratorResult,
  ResultMetadata,
  ResultSpending,
  ResultVerification,
} from '../domain/result.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { evidenceOf } from './evidence-of.ts';
import { outputsOf } from './model-outputs.ts';
import { validationOf } from './validation-result.ts';

/** What a record does not say about its run. */
export interface ResultFacts {
  /** Whether the answers were played back from recordings; false when not given. */
  readonly replay?: boolean | undefined;
}

/** Shows a finished run as the result that callers get: runners' names for seats, seconds for milliseconds. */
export function resultOf(record: RunRecord, facts: ResultFacts = {}): OrchestratorResult {
  const { decision, plan } = record;
  const outputs = outputsOf(record);
  return {
    task: record.task.text,
    mode: plan.route.mode,
    category: plan.route.category,
    consensusCode: consensusCode(decision),
    explanation: explanation(record, outputs),
    files: decision.files,
    outputs,
    verification: verification(record),
    evidence: evidenceOf(record),
    validation: decision.chosen === null ? null : validationOf(record),
    executionTime: record.durationMs / 1000,
    spending: spendingOf(record),
    metadata: metadata(record, facts),
  };
}

function consensusCode({ chosen, files, prose }: Decision): string {
  if (chosen === null) return '';
  return files[0]?.text ?? prose;
}

function explanation(record: RunRecord, outputs: readonly ModelOutput[]): string {
  const primaries = outputs.filter(({ role }) => role === 'primary');
  if (primaries.some(({ success }) => success)) return record.decision.explanation;
  const causes = primaries.map(({ model, error }) => `${model}: ${error ?? 'no answer'}`);
  const what =
    record.status === 'cancelled' ? 'Cancelled before any model answered' : 'No model answered';
  return [what, ...causes].join('\n');
}

function verification({ decision, observed }: RunRecord): ResultVerification {
  const { status, because } = decision.verification;
  const row = observed.find(({ seat }) => seat === decision.chosen);
  return { status, because, remedy: row?.status === 'not-run' ? row.remedy : null };
}

function spendingOf({ budgets, spending }: RunRecord): ResultSpending {
  const { costUsd, knownUsd, tokens, isEstimate, unpriced } = spending;
  return {
    cost: costUsd,
    knownCost: knownUsd,
    tokens,
    estimated: isEstimate,
    unpriced,
    budgets: budgets.map(({ limit, costUsd: cost, ...budget }) => ({
      ...budget,
      maxCost: limit.costUsd ?? null,
      maxTokens: limit.tokens ?? null,
      cost,
    })),
  };
}

function metadata(record: RunRecord, { replay = false }: ResultFacts): ResultMetadata {
  const { decision, plan } = record;
  const runners = new Map(plan.seats.map(({ id, runner }) => [id, runner]));
  const name = (seat: SeatId): string => runners.get(seat) ?? seat;
  return {
    runId: record.id,
    status: record.status,
    chosen: decision.chosen === null ? null : name(decision.chosen),
    chosenSeat: decision.chosen,
    rule: decision.rule,
    routeReason: plan.route.reason,
    learning: plan.route.learning ?? null,
    words: plan.route.words,
    substitutions: plan.substitutions,
    rankings: decision.rankings.map((row) => ranking(row, name(row.seat), decision)),
    synthesis: decision.synthesis && named(decision.synthesis, name),
    replay,
  };
}

function ranking(
  { seat, ...rest }: Ranking,
  model: string,
  { selection }: Decision,
): ResultMetadata['rankings'][number] {
  const row = selection?.rows.find(({ candidate }) => candidate === seat);
  const ran = row !== undefined && row.behaviour !== null;
  return {
    model,
    ...rest,
    rank: row?.rank ?? null,
    behaviour: row?.behaviour ?? null,
    score: ran ? row.score : null,
  };
}

function named(synthesis: Synthesis, name: (seat: SeatId) => string): Synthesis {
  const point = ({ text, seats }: Point): Point => ({ text, seats: seats.map(name) });
  return {
    agreements: synthesis.agreements.map(point),
    contradictions: synthesis.contradictions.map(({ subject, sides: [one, other] }) => ({
      subject,
      sides: [point(one), point(other)],
    })),
    unique: synthesis.unique.map(point),
  };
}
