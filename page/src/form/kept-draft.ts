import { type Draft, emptyDraft } from './draft.ts';
import type { FilledDraft } from './draft-of-task.ts';

/** Where drafts are kept: what is there outlives a reload of its tab, and is gone with the tab. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const fieldsKey = 'orchestrator-draft';
const filesKey = 'orchestrator-draft-files';

const lostFiles = 'The files were too large to be kept over a reload. Choose them again.';

/** Keeps everything of a draft but its files. */
export function keepFields({ draft, note }: FilledDraft, storage: DraftStorage): void {
  const { context, tests, ...fields } = draft;
  keep(fieldsKey, { fields, note, files: context.length + tests.length }, storage);
}

/** Keeps the files of a draft, or none where there is no room for them. */
export function keepFiles({ context, tests }: Draft, storage: DraftStorage): void {
  keep(filesKey, { context, tests }, storage);
}

/** Gives the draft that is kept; an empty one without any, and in place of what cannot be read. */
export function keptDraft(storage: DraftStorage): FilledDraft {
  const { fields = {}, note = '', files = 0 } = read(fieldsKey, storage);
  const kept = read(filesKey, storage);
  const draft = { ...emptyDraft, ...fitting(fields), ...fitting(kept) };
  const isLost = files !== draft.context.length + draft.tests.length;
  return { draft, note: isLost ? lostFiles : String(note) };
}

/** Forgets the draft. */
export function forgetDraft(storage: DraftStorage): void {
  storage.removeItem(fieldsKey);
  storage.removeItem(filesKey);
}

function keep(key: string, value: object, storage: DraftStorage): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // A full storage keeps what it had, which is of an earlier draft.
    storage.removeItem(key);
  }
}

function read(key: string, storage: DraftStorage): { readonly [name: string]: unknown } {
  try {
    return Object(JSON.parse(storage.getItem(key) ?? '{}'));
  } catch {
    return {};
  }
}

/** Those fields that another version of the page could have kept as well. */
function fitting(fields: unknown): Partial<Draft> {
  const known = Object.entries(emptyDraft) as readonly [keyof Draft, unknown][];
  const kept = new Map(Object.entries(Object(fields)));
  return Object.fromEntries(
    known.flatMap(([name, empty]) => {
      const value = kept.get(name);
      return value !== undefined && isAlike(value, empty) ? [[name, value]] : [];
    }),
  );
}

function isAlike(value: unknown, empty: unknown): boolean {
  if (empty === null) return value === null || ['string', 'boolean'].includes(typeof value);
  if (Array.isArray(empty)) return Array.isArray(value);
  return value !== null && typeof value === typeof empty;
}
