import { expect, test } from 'vitest';
import { type RunStore, runStore } from './run-store.ts';

/** A store whose frames come when they are called for. */
function open(): {
  readonly store: RunStore;
  readonly frame: () => void;
  readonly waiting: () => number;
} {
  const frames: (() => void)[] = [];
  const store = runStore((callback) => frames.push(callback));
  return {
    store,
    frame: () => {
      for (const each of frames.splice(0)) each();
    },
    waiting: () => frames.length,
  };
}

const text = (from: number, written: string, turn = 1) =>
  ({ type: 'text', seat: 's', turn, from, text: written }) as const;

test('runStore() tells of any number of pieces once a frame', () => {
  const { store, frame, waiting } = open();
  let calls = 0;
  store.watchText('s', () => {
    calls += 1;
  });
  for (let at = 0; at < 100; at++) store.tell(text(at, 'x'));
  expect([calls, waiting()]).toEqual([0, 1]);
  frame();
  expect([calls, store.text('s').text.length]).toEqual([1, 100]);
});

test('runStore() takes a text that is told twice once', () => {
  const { store } = open();
  store.tell(text(0, 'Hello'));
  store.tell(text(0, 'Hello'));
  store.tell(text(3, 'p me'));
  expect(store.text('s').text).toBe('Help me');
});

test('runStore() begins a further request with an empty text, and counts it as another one', () => {
  const { store } = open();
  store.tell(text(0, 'half'));
  const before = store.text('s');
  store.tell(text(0, 'new', 2));
  expect(store.text('s').text).toBe('new');
  expect(store.text('s').edition).not.toBe(before.edition);
});

test('runStore() forgets everything at a reset', () => {
  const { store, frame } = open();
  store.tell(text(0, 'old'));
  store.tell({ type: 'event', id: '1', event: { type: 'run-resumed', atMs: 5 } });
  store.tell({ type: 'reset' });
  frame();
  expect([store.text('s').text, store.view().lastAtMs]).toEqual(['', 0]);
});
