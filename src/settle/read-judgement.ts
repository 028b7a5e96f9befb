import { z } from 'zod';
import type { Attempt } from '../domain/attempt.ts';
import { failureFacts } from '../domain/failure.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Judgement } from '../domain/settlement.ts';
import { jsonObjects } from '../lib/json-objects.ts';

/**
 * Reads what a judge said of the two sides, asked once in their order and once with the order turned round. It
 * counts only when both replies name the same side: whoever goes by the place of a result names the other.
 */
export function readJudgement(judge: SeatId, asked: readonly [Attempt, Attempt]): Judgement {
  const [straight, turned] = asked.map(readReply);
  if (!straight || !turned) return { status: 'none', because: whyNone(asked) };
  const { why } = straight;
  const side = sideOf(straight.demanded);
  const turnedSide = sideOf(turned.demanded);
  if (side === undefined || turnedSide === undefined) return { status: 'open', judge, why };
  if (side === turnedSide) return { status: 'flipped', judge };
  return { status: 'decided', side, judge, why };
}

const reply = z.object({
  demanded: z.union([
    z.literal([1, 2]),
    z
      .string()
      .transform((text) => text.trim().toLowerCase())
      .pipe(z.enum(['1', '2', 'neither', 'both'])),
  ]),
  why: z.string().trim().catch(''),
});

type Reply = z.infer<typeof reply>;

/** The one opinion of a reply; undefined where it has none, or two that contradict each other. */
function readReply(attempt: Attempt): Reply | undefined {
  if (attempt.status === 'failed') return undefined;
  const opinions = jsonObjects(attempt.text).flatMap((object) => {
    const { success, data } = reply.safeParse(object);
    return success ? [data] : [];
  });
  const last = opinions.at(-1);
  const agree = opinions.every(({ demanded }) => String(demanded) === String(last?.demanded));
  return agree ? last : undefined;
}

function sideOf(demanded: Reply['demanded']): 0 | 1 | undefined {
  if (demanded === 'neither' || demanded === 'both') return undefined;
  return Number(demanded) === 1 ? 0 : 1;
}

function whyNone(asked: readonly Attempt[]): string {
  for (const attempt of asked) {
    if (attempt.status === 'failed') {
      return `the judge did not answer: ${attempt.failure.message}. ${failureFacts[attempt.failure.kind].remedy}`;
    }
  }
  return 'the reply of the judge cannot be read';
}
