import type { SharedLimits, Standing } from '../domain/shared-limits.ts';

/** Milliseconds until a place is asked for again where none can be had. */
const retryMs = 250;

/**
 * Limits that let nobody in while the shared ones cannot be used, so that what holds for many machines is never
 * exceeded; `tell` hears why, once for each outage. What is remembered is as it was then.
 */
export function orNobody(shared: SharedLimits, tell: (error: unknown) => void): SharedLimits {
  let isAway = false;
  let known: ReadonlyMap<string, Standing> = new Map();
  const or = async <Result>(
    use: () => Promise<Result>,
    otherwise: () => Result,
  ): Promise<Result> => {
    try {
      const result = await use();
      isAway = false;
      return result;
    } catch (error) {
      if (!isAway) tell(error);
      isAway = true;
      return otherwise();
    }
  };
  return {
    ...shared,
    standings: async () => {
      known = await or(
        () => shared.standings(),
        () => known,
      );
      return known;
    },
    change: (key, make) =>
      or(
        () => shared.change(key, make),
        () => make(known.get(key) ?? {}),
      ),
    enter: async (wish) => {
      const entering = await or(
        () => shared.enter(wish),
        () => ({ status: 'full', key: wish.bounds[0]?.key ?? '', retryMs }) as const,
      );
      if (entering.status === 'full') return entering;
      const { held, leave } = entering.place;
      // What cannot be given back is given up with the connection of this process, or lapses.
      const leaveOr = (tokens: number) =>
        or(
          () => leave(tokens),
          () => undefined,
        );
      return { status: 'entered', place: { held, leave: leaveOr } };
    },
    renew: () =>
      or(
        () => shared.renew(),
        () => undefined,
      ),
  };
}
