import { describe, expect, test, vi } from 'vitest';
import { type CrashPlace, crashPlace, type Scenario, scenarios } from './support/crash-place.ts';

const isCall = (type: string): boolean => type.endsWith('-ended') && type !== 'run-ended';
const isCheck = (type: string): boolean => /verdict-given|verified|observed|weighed/.test(type);

/** What an undisturbed run comes to, and how many calls and events it takes. */
interface Whole {
  readonly decision: object;
  readonly calls: readonly string[];
  readonly events: readonly string[];
}

async function undisturbed(scenario: Scenario): Promise<Whole> {
  await using place = await crashPlace(scenario);
  const ended = await place.ask();
  expect(ended.status, ended.stderr).toBe(0);
  return { decision: place.decisionOf(ended), calls: place.asked(), events: place.kept() };
}

async function crashAndResume(scenario: Scenario, point: string, whole: Whole): Promise<string> {
  await using place = await crashPlace(scenario);
  const killed = await place.ask({ crashAt: point });
  if (killed.status === 0) return 'ended before';
  expect(killed.status, killed.stderr).toBe(null);
  await vi.waitFor(async () => expect(await place.leftRunning()).toEqual([]), 10_000);
  const finished = place.kept();
  const before = place.asked().length;
  const resumed = await place.ask({ resume: true });
  expect(resumed.status, resumed.stderr).toBe(0);
  expect(place.decisionOf(resumed)).toEqual(whole.decision);
  expectNothingTwice(place, { finished, before, whole });
  expect(place.integrity()).toBe('ok');
  await vi.waitFor(async () => expect(await place.leftRunning()).toEqual([]), 10_000);
  return 'resumed';
}

/** What had been finished is not asked again; what was in flight is. */
function expectNothingTwice(
  place: CrashPlace,
  { finished, before, whole }: { finished: readonly string[]; before: number; whole: Whole },
): void {
  const kept = place.kept();
  const left = whole.calls.length - finished.filter(isCall).length;
  expect(place.asked().length - before).toBe(left);
  expect(new Set(place.asked())).toEqual(new Set(whole.calls));
  expect(kept.filter(isCall)).toHaveLength(whole.calls.length);
  // An event has a name of its own within its run, so that none of these is a second one.
  expect(kept.filter(isCheck).toSorted()).toEqual(whole.events.filter(isCheck).toSorted());
}

describe.runIf(process.platform === 'linux')('a run that is killed', () => {
  test('ends as if nothing had been, and repeats nothing, at whichever point it is killed', async () => {
    const points: (() => Promise<string>)[] = [];
    for (const scenario of scenarios) {
      const whole = await undisturbed(scenario);
      for (const point of scenario.points) {
        points.push(() => crashAndResume(scenario, point, whole));
      }
    }
    const results: string[] = [];
    const workers = Array.from({ length: 3 }, async () => {
      for (let next = points.shift(); next; next = points.shift()) results.push(await next());
    });
    await Promise.all(workers);
    expect(results.filter((result) => result === 'resumed').length).toBeGreaterThanOrEqual(40);
  }, 300_000);
});
