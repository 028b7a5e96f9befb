import type { Bound } from '../domain/shared-limits.ts';
import { mostOf, pauseOf } from './adapt.ts';
import { type Answer, type Asker, begin, type Group, type GroupTools, tokensOf } from './group.ts';
import type { LimitRule } from './limit-rule.ts';
import type { Turn } from './line.ts';
import { refusalOf } from './refusal.ts';

/** Gives a request its turn, or says when to try again. */
export async function serve(asker: Asker, group: Group, tools: GroupTools): Promise<Turn<Answer>> {
  const { shared, clock, look } = tools;
  const { rule, wish } = asker;
  await look.refresh();
  const failure = refusalOf(rule, tools, wish.tries);
  if (failure) return { status: 'given', result: { status: 'refused', failure } };
  const standing = look.of(rule.group);
  const pauseMs = pauseOf(standing, clock.now());
  if (pauseMs > 0) return { status: 'later', lane: false, retryMs: pauseMs };
  const bounds = boundsOf(rule, mostOf(standing, clock.now()) - group.unplaced);
  if (bounds.some(({ concurrency = 1 }) => concurrency < 1)) return later;
  if (bounds.length === 0) return given({ ...asker, place: undefined }, group, tools);
  const entering = await shared.enter({ bounds, tokens: tokensOf(wish) });
  if (entering.status === 'entered') return given({ ...asker, ...entering }, group, tools);
  return { status: 'later', lane: entering.key !== rule.group, retryMs: entering.retryMs };
}

const later: Turn<Answer> = { status: 'later', lane: false, retryMs: 0 };

function given(sent: Parameters<typeof begin>[0], group: Group, tools: GroupTools): Turn<Answer> {
  begin(sent, group, tools);
  return { status: 'given', result: { status: 'sent', sent } };
}

/** The configured bounds, that of the provider as low as it bears at the moment. */
function boundsOf({ bounds, group }: LimitRule, most: number): readonly Bound[] {
  if (most === Number.POSITIVE_INFINITY) return bounds;
  const configured = bounds.find(({ key }) => key === group);
  const own = configured ?? { key: group, ...unlimited };
  const concurrency = Math.min(own.concurrency ?? most, most);
  return [...bounds.filter((each) => each !== configured), { ...own, concurrency }];
}

const unlimited = {
  concurrency: undefined,
  requestsPerMinute: undefined,
  tokensPerMinute: undefined,
} as const;
