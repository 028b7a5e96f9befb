import type { SharedLimits } from '../domain/shared-limits.ts';

/**
 * Limits that go on with others, such as those of this process alone, once the shared ones cannot be used; `tell`
 * hears why, once. A place of the shared ones that cannot be given back lapses by itself.
 */
export function orAlone(
  shared: SharedLimits,
  alone: SharedLimits,
  tell: (error: unknown) => void,
): SharedLimits {
  let isLost = false;
  const lose = (error: unknown): void => {
    if (!isLost) tell(error);
    isLost = true;
  };
  const either = async <Result>(
    use: (limits: SharedLimits) => Promise<Result>,
  ): Promise<Result> => {
    if (isLost) return use(alone);
    try {
      return await use(shared);
    } catch (error) {
      lose(error);
      return use(alone);
    }
  };
  return {
    standings: () => either((limits) => limits.standings()),
    change: (key, make) => either((limits) => limits.change(key, make)),
    enter: async (wish) => {
      const entering = await either((limits) => limits.enter(wish));
      if (entering.status === 'full') return entering;
      const { held, leave } = entering.place;
      const place = { held, leave: (tokens: number) => leave(tokens).catch(lose) };
      return { status: 'entered', place };
    },
    renew: () => either((limits) => limits.renew()),
    forget: () => either((limits) => limits.forget()),
    onRoom: shared.onRoom,
    close: () => either((limits) => limits.close()),
  };
}
