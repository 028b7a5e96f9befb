import type { App } from '../../src/app/app.ts';
import type { KeptEvent } from '../../src/domain/history.ts';

/** Keeps the events of a run once more as another run, each as `change` makes it; gives its id. */
export async function copyRun(
  app: App,
  id: string,
  change: (event: KeptEvent) => KeptEvent,
): Promise<string> {
  const store = await app.history();
  const [first, ...rest] = ((await store.events(id)) ?? []).map(change);
  if (first?.type !== 'run-started') throw new Error(`Cannot copy run ${id}: it is not kept`);
  const held = await store.begin(first);
  for (const event of rest) await held.append(event);
  await held.release();
  return held.id;
}

/** Makes of an event what it is on a machine that has no sandbox. */
export function withoutSandbox(event: KeptEvent): KeptEvent {
  const because = 'nothing on this machine holds hostile code off';
  switch (event.type) {
    case 'candidate-observed':
      return {
        ...event,
        value: { status: 'not-run', seat: event.seat, because, remedy: 'Install bubblewrap' },
      };
    case 'settlement-made':
      return { ...event, value: null };
    case 'decision-made': {
      const verification = {
        status: 'unverified',
        because: `It was not run: ${because}`,
        sandbox: null,
      } as const;
      return {
        ...event,
        value: { ...event.value, rule: 'agreement', selection: null, verification },
      };
    }
    case 'validation-made': {
      const message = `The answer was not run: ${because}. Install bubblewrap`;
      const reason = { code: 'no_sandbox', message, witness: because, seats: [] } as const;
      return { ...event, value: { ...event.value, needsHumanReview: true, reasons: [reason] } };
    }
    default:
      return event;
  }
}
