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

const because = 'nothing on this machine holds hostile code off';

/** Makes of an event what it is on a machine that has no sandbox. */
export function withoutSandbox(event: KeptEvent): KeptEvent {
  if (event.type === 'candidate-observed') {
    const { seat } = event;
    const remedy = 'Install bubblewrap';
    return { ...event, value: { status: 'not-run', seat, because, remedy } };
  }
  if (event.type === 'settlement-made') return { ...event, value: null };
  if (event.type === 'decision-made') {
    const { value } = event;
    const verification = {
      status: 'unverified',
      because: `It was not run: ${because}`,
      sandbox: null,
    } as const;
    return { ...event, value: { ...value, rule: 'agreement', selection: null, verification } };
  }
  if (event.type === 'validation-made') {
    const message = `The answer was not run: ${because}. Install bubblewrap`;
    const reason = { code: 'no_sandbox', message, witness: because, seats: [] } as const;
    return { ...event, value: { ...event.value, needsHumanReview: true, reasons: [reason] } };
  }
  return event;
}
