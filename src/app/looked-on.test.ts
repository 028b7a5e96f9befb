import { expect, test } from 'vitest';
import type { RunEvent } from '../domain/event.ts';
import { lookedOn } from './looked-on.ts';

const run = { id: 'r', past: [] };
const event: RunEvent = { type: 'run-resumed', atMs: 1 };

test('lookedOn() tells everybody but those who throw, and never throws itself', async () => {
  const heard: string[] = [];
  const good = { hear: () => heard.push('event'), close: () => heard.push('close') };
  let times = 0;
  const bad = {
    hear: () => {
      times += 1;
      throw new Error('broken');
    },
    close: () => heard.push('never'),
  };
  const looker = await lookedOn(run, [
    () => bad,
    () => Promise.reject(new Error('not begun')),
    () => good,
  ]);
  looker.hear(event);
  looker.hear(event);
  looker.close();
  expect(heard).toEqual(['event', 'event', 'close']);
  expect(times).toBe(1);
});
