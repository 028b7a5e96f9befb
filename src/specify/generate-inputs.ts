import { callKey } from '../domain/call-key.ts';
import type { Entry } from '../domain/suite.ts';
import type { Call } from '../domain/test-case.ts';
import type { Value } from '../domain/value.ts';
import { edgeValues } from './edge-values.ts';
import type { FunctionEntry } from './example.ts';
import { mutateScript } from './mutate-script.ts';
import { mutateStdin } from './mutate-stdin.ts';
import { mutateValue } from './mutate-value.ts';
import { Random } from './random.ts';
import { type Relation, relationsIn, withRelation } from './relations.ts';
import { type Reach, sampleShape } from './sample-shape.ts';
import type { Shape } from './shape.ts';
import { shapeOfParameter } from './shape-of-type.ts';

/** What inputs are wanted. */
export interface InputRequest {
  readonly entry: Entry | null;
  /** Calls that are known to be proper, such as those of the task's examples and of the tests. */
  readonly calls: readonly Call[];
  /** The same seed gives the same inputs. */
  readonly seed: number;
  /** The most inputs that are made. */
  readonly limit: number;
  /** How far they may go from what is known: 0, the default, stays close; from 3 on conditions are broken. */
  readonly level?: number | undefined;
}

/** How often an input is tried anew because it was there before. */
const triesPerInput = 8;

/** One call may not be longer than this as JSON. */
const callMaxLength = 4000;

/**
 * Makes further calls without knowing what they should come to, by changing known ones and by what their
 * parameters take. What all known inputs have in common (signs, alphabets, order, equal lengths) is kept,
 * since right answers differ on inputs that the task rules out. Never repeats a known call.
 */
export function generateInputs(request: InputRequest): readonly Call[] {
  const { entry, calls, seed, limit } = request;
  const random = new Random(seed);
  const reach = { random, level: request.level ?? 0 };
  if (entry === null) return [];
  if (entry.kind !== 'function') return distinct(changedCalls(calls, reach, limit), request);
  const known = calls.flatMap((call) => (isPlainCall(call) ? [call.args] : []));
  const maker = makerOf(entry, known, reach);
  if (maker === undefined) return [];
  return distinct(functionCalls(entry, maker, limit), request);
}

function isPlainCall(call: Call): call is Extract<Call, { kind: 'call' }> {
  return call.kind === 'call' && call.named === undefined;
}

/** What makes arguments of one function. */
interface Maker {
  readonly shapes: readonly Shape[];
  readonly known: readonly (readonly Value[])[];
  readonly relations: readonly Relation[];
  readonly reach: Reach;
}

/** Undefined where some parameter takes what cannot be made. */
function makerOf(
  { parameters }: FunctionEntry,
  known: readonly (readonly Value[])[],
  reach: Reach,
): Maker | undefined {
  const usual = known[0]?.length ?? parameters.filter(({ isOptional }) => !isOptional).length;
  const alike = known.filter((args) => args.length === usual);
  const shapes = Array.from({ length: usual }, (_, index) => {
    const seen = alike.flatMap((args) => [args[index] ?? null]);
    return shapeOfParameter(parameters[index]?.type, seen);
  }).filter((shape) => shape !== undefined);
  if (shapes.length < usual) return undefined;
  const relations = reach.level > 2 ? [] : relationsIn(alike);
  return { shapes, known: alike, relations, reach };
}

function* functionCalls({ name }: FunctionEntry, maker: Maker, limit: number): Generator<Call> {
  const { shapes, relations } = maker;
  if (shapes.length === 0) {
    yield { kind: 'call', name, args: [] };
    return;
  }
  const makers = [...edgeArguments(maker).slice(0, Math.ceil(limit / 3))];
  for (let made = 0; made < limit * triesPerInput; made += 1) {
    const args = makers[made] ?? madeArguments(maker);
    const related = relations.reduce(withRelation, args);
    yield { kind: 'call', name, args: related };
  }
}

/** Known or made arguments with one of them at an edge. */
function edgeArguments(maker: Maker): readonly (readonly Value[])[] {
  const { shapes, reach } = maker;
  const edges = shapes.flatMap((shape, index) =>
    edgeValues(shape).map((value) => ({ index, value })),
  );
  return reach.random
    .shuffle(edges)
    .map(({ index, value }) => baseArguments(maker).with(index, value));
}

function baseArguments({ shapes, known, reach }: Maker): readonly Value[] {
  return reach.random.pick(known) ?? shapes.map((shape) => sampleShape(shape, reach));
}

function madeArguments(maker: Maker): readonly Value[] {
  const { shapes, known, reach } = maker;
  const isFresh = known.length === 0 || reach.random.chance(40);
  if (isFresh) return shapes.map((shape) => sampleShape(shape, reach));
  const times = reach.random.int(1, 2 + reach.level);
  return Array.from({ length: times }).reduce((args: readonly Value[]) => {
    const index = reach.random.int(0, shapes.length - 1);
    const [shape, value] = [shapes[index], args[index]];
    if (shape === undefined || value === undefined) return args;
    return args.with(index, mutateValue(value, shape, reach));
  }, baseArguments(maker));
}

/** Programs and scripts are only changed: what they take cannot be made from nothing. */
function* changedCalls(calls: readonly Call[], reach: Reach, limit: number): Generator<Call> {
  for (let made = 0; made < limit * triesPerInput; made += 1) {
    const changed = changedCall(reach.random.pick(calls), reach);
    if (changed !== undefined) yield changed;
  }
}

function changedCall(call: Call | undefined, reach: Reach): Call | undefined {
  if (call?.kind === 'script') return mutateScript(call, reach);
  const stdin = call?.kind === 'program' ? mutateStdin(call.stdin, reach.random) : undefined;
  return stdin === undefined ? undefined : { kind: 'program', stdin };
}

/** The first calls that are neither known nor made before nor too long. */
function distinct(
  made: Iterable<Call>,
  { calls, limit }: Pick<InputRequest, 'calls' | 'limit'>,
): readonly Call[] {
  const seen = new Set(calls.map(callKey));
  const kept: Call[] = [];
  for (const call of made) {
    const key = callKey(call);
    if (kept.length >= limit) break;
    if (seen.has(key) || key.length > callMaxLength) continue;
    seen.add(key);
    kept.push(call);
  }
  return kept;
}
