import { expect, test } from 'vitest';
import { emptyDraft } from './draft.ts';
import { type DraftStorage, forgetDraft, keepFields, keepFiles, keptDraft } from './kept-draft.ts';

/** A storage with room for so many characters of one value. */
function storage(room = 10_000): DraftStorage & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new Error('full');
      values.set(key, value);
    },
    removeItem: (key) => values.delete(key),
  };
}

const draft = {
  ...emptyDraft,
  task: 'x',
  mode: 'complex',
  strict: false,
  models: ['a'],
  samples_of: { a: '2' },
  context: [{ path: 'a.js', text: '1' }],
} as const;

test('keptDraft() gives what was kept, with its files', () => {
  const kept = storage();
  keepFields({ draft, note: 'from a run' }, kept);
  keepFiles(draft, kept);
  expect(keptDraft(kept)).toEqual({ draft, note: 'from a run' });
});

test('keptDraft() says that files are lost for which there was no room', () => {
  const kept = storage(1000);
  keepFields({ draft, note: '' }, kept);
  keepFiles(draft, kept);
  keepFiles({ ...draft, context: [{ path: 'a.js', text: 'x'.repeat(1000) }] }, kept);
  const found = keptDraft(kept);
  expect(found.draft).toEqual({ ...draft, context: [] });
  expect(found.note).toContain('Choose them again');
});

test('keptDraft() is empty without anything kept, and after that was forgotten', () => {
  const kept = storage();
  expect(keptDraft(kept)).toEqual({ draft: emptyDraft, note: '' });
  keepFields({ draft, note: '' }, kept);
  keepFiles(draft, kept);
  forgetDraft(kept);
  expect(keptDraft(kept)).toEqual({ draft: emptyDraft, note: '' });
});

test.each([
  '{',
  'null',
  '7',
  '{"fields":7,"files":0}',
  '{"fields":{"task":7,"models":"a","mode":[],"samples_of":null,"other":1},"files":0}',
])('keptDraft() takes nothing out of %s', (text) => {
  const kept = storage();
  for (const key of ['orchestrator-draft', 'orchestrator-draft-files']) kept.setItem(key, text);
  expect(keptDraft(kept)).toEqual({ draft: emptyDraft, note: '' });
});
