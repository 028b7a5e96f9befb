import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { RequestError } from '../api/request.ts';

/** Makes a view that is loaded when it is first shown; fails with {@link RequestError} where it cannot be loaded. */
export function lazyView<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw notLoaded(cause);
    }
  });
}

function notLoaded(cause: unknown): RequestError {
  const error = new RequestError({
    code: 'unreachable',
    status: 0,
    detail: 'Cannot load this view',
    hint: 'Look whether "orchestrator serve" still runs, then try again',
  });
  error.cause = cause;
  return error;
}
