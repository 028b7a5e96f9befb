import type { Admission, Admitted, Permit } from '../domain/admission.ts';
import type { Clock } from '../domain/clock.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { SharedLimits } from '../domain/shared-limits.ts';
import { mostOf, pauseOf, raised } from './adapt.ts';
import { beginTrial, breakerOf, openRefusal } from './breaker.ts';
import { type Asker, begin, end, type Group, type GroupTools, type Sent } from './group.ts';
import { heldPlaces } from './held-places.ts';
import { type Ended, lessonsOf } from './lessons.ts';
import type { LimitRule } from './limit-rule.ts';
import { line } from './line.ts';
import { refusalOf } from './refusal.ts';
import { serve } from './serve.ts';
import { standingsLook } from './standings-look.ts';

/** The limits of all runners of one program. */
export interface Limiter {
  /** Says when the requests of a runner may be sent. */
  admission(rule: LimitRule): Admission;
  /** Why a runner would not be asked at this moment; undefined where it would be. */
  refusal(rule: LimitRule): Promise<AttemptFailure | undefined>;
}

/**
 * Admits requests by what is configured and by what vendors have said to this or any other process. Where nothing
 * is configured and nothing bad is remembered, all requests together cost one look a second.
 */
export function limiter(shared: SharedLimits, clock: Clock): Limiter {
  const look = standingsLook(shared, clock);
  const tools: GroupTools = { shared, clock, look, places: heldPlaces(shared, clock) };
  const groups = new Map<string, Group>();
  const groupOf = (key: string): Group => {
    const known = groups.get(key) ?? makeGroup(tools);
    groups.set(key, known);
    return known;
  };
  shared.onRoom?.(() => {
    for (const group of groups.values()) group.line.nudge();
  });
  return {
    admission: (rule) => ({
      admit: (wish, signal) =>
        admit({ rule, wish }, signal, { ...tools, group: groupOf(rule.group) }),
    }),
    refusal: async (rule) => {
      await look.refresh();
      return refusalOf(rule, tools);
    },
  };
}

function makeGroup(tools: GroupTools): Group {
  const group: Group = {
    inFlight: 0,
    unplaced: 0,
    successes: 0,
    line: line({
      clock: tools.clock,
      laneOf: ({ rule }: Asker) => rule.runner,
      serve: (asker) => serve(asker, group, tools),
      takeBack: (answer) => {
        if (answer.status === 'sent')
          void end(answer.sent, group, { ...tools, outcome: undefined });
      },
    }),
  };
  return group;
}

interface Tools extends GroupTools {
  readonly group: Group;
}

async function admit(asker: Asker, signal: AbortSignal, tools: Tools): Promise<Admitted> {
  const { look, group } = tools;
  const { rule, wish } = asker;
  await look.refresh();
  const failure = refusalOf(rule, tools, wish.tries);
  if (failure) return { status: 'refused', failure };
  if (isFree(rule, tools)) {
    const sent = { ...asker, place: undefined };
    begin(sent, group, tools);
    return admitted(sent, tools);
  }
  const answer = await group.line.enter(asker, signal);
  if (!answer) return cancelled;
  return answer.status === 'refused' ? answer : admitted(answer.sent, tools);
}

const cancelled: Admitted = {
  status: 'refused',
  failure: { kind: 'cancelled', message: 'Cancelled before it was asked' },
};

/** Whether nothing is configured, nobody waits, and nothing bad is remembered. */
function isFree(rule: LimitRule, { look, group, clock }: Tools): boolean {
  const nowMs = clock.now();
  const standing = look.of(rule.group);
  return (
    rule.bounds.length === 0 &&
    group.line.isEmpty &&
    mostOf(standing, nowMs) === Number.POSITIVE_INFINITY &&
    pauseOf(standing, nowMs) === 0
  );
}

/** Makes the permit of a request, or refuses it where another one tries a runner that was away. */
async function admitted(sent: Sent, tools: Tools): Promise<Admitted> {
  const { look, clock, group } = tools;
  const { rule, wish } = sent;
  const isFirst = (wish.tries ?? 1) === 1;
  const isTrial = isFirst && breakerOf(look.of(rule.runner), clock.now()) === 'half-open';
  if (isTrial && !(await mayTry(rule, tools))) {
    await end(sent, group, { ...tools, outcome: undefined });
    return { status: 'refused', failure: openRefusal(look.of(rule.runner), clock.now()) };
  }
  const sentAtMs = clock.now();
  const permit: Permit = {
    heard: () => undefined,
    close: async (outcome) => {
      const inFlight = Math.max(group.inFlight, sent.place?.held ?? 0);
      await end(sent, group, { ...tools, outcome });
      const nowMs = clock.now();
      await learn(rule, { outcome, sentAtMs, nowMs, inFlight, isFirst, isTrial }, tools);
    },
  };
  return { status: 'admitted', permit };
}

/** Takes the right to try a runner, which one request of all processes has at a time. */
async function mayTry({ runner }: LimitRule, { look, clock }: Tools): Promise<boolean> {
  const nowMs = clock.now();
  let isOurs = false;
  await look.change(runner, (before) => {
    isOurs = breakerOf(before, nowMs) !== 'open';
    return beginTrial(before, nowMs);
  });
  return isOurs;
}

/** Tells all processes what a request has shown. */
async function learn(rule: LimitRule, ended: Ended, { look, group }: Tools): Promise<void> {
  const { nowMs, outcome } = ended;
  const lessons = lessonsOf(ended, look.of(rule.runner));
  if (lessons.runner) await look.change(rule.runner, lessons.runner);
  if (lessons.group) {
    group.successes = 0;
    await look.change(rule.group, lessons.group);
  }
  const most = mostOf(look.of(rule.group), nowMs);
  if (outcome.status === 'failed' || most === Number.POSITIVE_INFINITY) return;
  group.successes += 1;
  if (group.successes < most) return;
  group.successes = 0;
  const configured = rule.bounds.find(({ key }) => key === rule.group)?.concurrency;
  await look.change(rule.group, (before) => raised(before, nowMs, configured));
}
