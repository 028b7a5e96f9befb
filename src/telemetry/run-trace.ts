import {
  type Attributes,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Usage } from '../domain/attempt.ts';
import type { RunEvent, RunStatus } from '../domain/event.ts';
import type { SeatId } from '../domain/plan.ts';
import type { BegunRun } from '../domain/run-observer.ts';
import { type AskedVendor, genAi } from './gen-ai-names.ts';
import type { Piece, RequestPiece } from './run-pieces.ts';

/** What the spans of a run are made with. */
export interface TraceTools {
  readonly tracer: Tracer;
  readonly vendorOf: (runner: string) => AskedVendor;
}

/** The spans of one run. */
export interface RunTrace {
  /** Takes an event, with the pieces that are finished by it. */
  take(event: RunEvent, pieces: readonly Piece[]): void;
  /** Ends what is open, where the run was left before its end. */
  close(): void;
}

type Call = Extract<Piece, { readonly kind: 'call' }>;

/** A seat's span, and until when it was busy. */
interface SeatSpan {
  readonly span: Span;
  endMs: number;
}

/** Who of the run lays spans where. */
interface Laying extends TraceTools {
  readonly root: Span;
  readonly seats: Map<SeatId, SeatSpan>;
}

/**
 * Begins the trace of a run, below the span that is active: one span for the run, each seat, each request to a model,
 * each check, what running a candidate took, and the decision. No text of a prompt, of an answer or of a failure is in it.
 */
export function runTrace({ id, past }: BegunRun, tools: TraceTools): RunTrace {
  const startTime = past.at(-1)?.atMs ?? 0;
  const root = tools.tracer.startSpan('invoke_workflow orchestrator', {
    startTime,
    attributes: {
      [genAi.operation]: 'invoke_workflow',
      [genAi.workflow]: 'orchestrator',
      'orchestrator.run.id': id,
      'orchestrator.run.resumed': past.length > 1,
    },
  });
  const laying: Laying = { ...tools, root, seats: new Map() };
  let lastMs = startTime;
  let isOpen = true;
  const end = (status: RunStatus | 'left'): void => {
    if (!isOpen) return;
    isOpen = false;
    for (const { span, endMs } of laying.seats.values()) span.end(endMs);
    root.setAttribute('orchestrator.run.status', status);
    if (status === 'failed' || status === 'cancelled') fail(root, status);
    root.end(lastMs);
  };
  return {
    take: (event, pieces) => {
      lastMs = Math.max(lastMs, event.atMs);
      if (event.type === 'plan-made') root.setAttributes(planOf(event));
      for (const piece of pieces) lay(piece, laying);
      if (event.type === 'run-ended') end(event.status);
    },
    close: () => end('left'),
  };
}

function planOf({ value }: Extract<RunEvent, { readonly type: 'plan-made' }>): Attributes {
  return {
    'orchestrator.category': value.route.category,
    'orchestrator.mode': value.route.mode,
    'orchestrator.seats': value.seats.length,
  };
}

function lay(piece: Piece, laying: Laying): void {
  if (piece.kind === 'call') layCall(piece, laying);
  if (piece.kind === 'call' || piece.kind === 'end') return;
  const parent = piece.kind === 'decision' ? laying.root : seatSpan(piece.seat, piece, laying);
  const span = begin({ parent, name: nameOf(piece), startMs: piece.startMs }, laying);
  span.setAttributes(workOf(piece));
  span.end(piece.endMs);
}

/** What was done on this machine. */
type Work = Extract<Piece, { readonly kind: 'check' | 'observation' | 'decision' }>;

function nameOf(work: Work): string {
  if (work.kind === 'check') return `check ${work.check.checker}`;
  return work.kind === 'observation' ? 'observe' : 'decide';
}

function workOf(work: Work): Attributes {
  if (work.kind === 'check') {
    const { checker, outcome } = work.check;
    return { 'orchestrator.checker': checker, 'orchestrator.check.status': outcome.status };
  }
  if (work.kind === 'observation')
    return { 'orchestrator.observation.status': work.observed.status };
  const { chosen, rule, verification } = work.decision;
  return {
    'orchestrator.decision.rule': rule,
    'orchestrator.verification': verification.status,
    ...(chosen !== null && { 'orchestrator.decision.chosen': chosen }),
  };
}

function layCall(call: Call, laying: Laying): void {
  const { seat, runner, from } = call.attempt;
  const parent = seatSpan(seat, call, laying);
  parent.setAttribute('orchestrator.runner', runner);
  if (from) parent.setAttribute('orchestrator.answer.from', from);
  if (call.attempt.status === 'failed') fail(parent, call.attempt.failure.kind);
  const vendor = laying.vendorOf(runner);
  for (const request of call.requests) {
    const span = begin(
      {
        parent,
        name: vendor.model === undefined ? 'chat' : `chat ${vendor.model}`,
        startMs: request.startMs,
        // What a cassette plays goes to nobody.
        kind: from ? SpanKind.INTERNAL : SpanKind.CLIENT,
      },
      laying,
    );
    span.setAttributes(requestOf(request, call, vendor));
    if (request.failure) fail(span, request.failure.kind);
    span.end(request.endMs);
  }
}

function requestOf(
  { number, failure }: RequestPiece,
  { attempt, purpose }: Call,
  { provider, model }: AskedVendor,
): Attributes {
  const answer = attempt.status === 'answered' && !failure ? attempt : undefined;
  return {
    [genAi.operation]: 'chat',
    [genAi.provider]: provider,
    ...(model !== undefined && { [genAi.requestModel]: model }),
    ...(answer?.model != null && { [genAi.responseModel]: answer.model }),
    ...usageOf(answer?.usage ?? null),
    'orchestrator.purpose': purpose,
    'orchestrator.runner': attempt.runner,
    'orchestrator.request.number': number,
  };
}

function usageOf(usage: Usage | null): Attributes {
  const { inputTokens = null, outputTokens = null } = usage ?? {};
  return {
    ...(inputTokens !== null && { [genAi.inputTokens]: inputTokens }),
    ...(outputTokens !== null && { [genAi.outputTokens]: outputTokens }),
  };
}

/** The span of a seat begins with the first thing that is known of it. */
function seatSpan(seat: SeatId, { startMs, endMs }: Piece, laying: Laying): Span {
  const known = laying.seats.get(seat);
  if (known) {
    known.endMs = Math.max(known.endMs, endMs);
    return known.span;
  }
  const span = begin({ parent: laying.root, name: `seat ${seat}`, startMs }, laying);
  span.setAttribute('orchestrator.seat', seat);
  laying.seats.set(seat, { span, endMs });
  return span;
}

interface Beginning {
  readonly parent: Span;
  readonly name: string;
  readonly startMs: number;
  readonly kind?: SpanKind;
}

function begin({ parent, name, startMs, kind }: Beginning, { tracer }: TraceTools): Span {
  const options = { startTime: startMs, kind: kind ?? SpanKind.INTERNAL };
  return tracer.startSpan(name, options, trace.setSpan(context.active(), parent));
}

function fail(span: Span, type: string): void {
  span.setAttribute(genAi.errorType, type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
