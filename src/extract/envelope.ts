import { asFileName, safePath } from './file-name.ts';
import { canonicalLanguage } from './language.ts';
import { parseLooseJson } from './loose-json.ts';

/** One piece of code that an answer carries inside JSON; it may itself be Markdown. */
export interface EnvelopeFile {
  readonly path: string | null;
  readonly language: string | null;
  readonly text: string;
}

/** What an answer carries inside JSON. */
export interface Envelope {
  readonly files: readonly EnvelopeFile[];
  readonly prose: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

const codeKeys = ['code', 'content', 'contents', 'source', 'solution', 'answer', 'text'];
const pathKeys = [
  'path',
  'filename',
  'file_name',
  'fileName',
  'filePath',
  'file_path',
  'file',
  'name',
];
const proseKeys = [
  'explanation',
  'description',
  'reasoning',
  'notes',
  'summary',
  'thoughts',
  'message',
];
const languageKeys = ['language', 'lang'];
const otherKeys = ['type', 'files', 'tests', 'dependencies', 'usage', 'title'];
const knownKeys = new Set([codeKeys, pathKeys, proseKeys, languageKeys, otherKeys].flat());

/** Opens an answer that is JSON around code; null when it is no JSON, or JSON for its own sake. */
export function openEnvelope(text: string): Envelope | null {
  const value = parseLooseJson(text);
  if (!isObject(value) || !Object.keys(value).every((key) => knownKeys.has(key))) return null;
  const files = 'files' in value ? listedFiles(value['files']) : singleFile(value);
  return files === null ? null : { files, prose: firstString(value, proseKeys) ?? '' };
}

function listedFiles(list: unknown): readonly EnvelopeFile[] | null {
  if (isObject(list)) return mappedFiles(list);
  if (!Array.isArray(list) || list.length === 0) return null;
  const files = list.map(listedFile);
  return files.every((file) => file !== null) ? files : null;
}

function mappedFiles(map: JsonObject): readonly EnvelopeFile[] | null {
  const files = Object.entries(map).map(([path, text]) =>
    typeof text === 'string' && asFileName(path) !== null
      ? { path: safePath(path), language: null, text }
      : null,
  );
  return files.length > 0 && files.every((file) => file !== null) ? files : null;
}

function listedFile(entry: unknown): EnvelopeFile | null {
  if (!isObject(entry)) return null;
  const text = firstString(entry, codeKeys);
  const path = firstString(entry, pathKeys);
  return text === null || path === null ? null : fileOf(entry, text);
}

function singleFile(value: JsonObject): readonly EnvelopeFile[] | null {
  const text = firstString(value, codeKeys);
  // A value of one short line, as in {"code": "EUR"}, is data.
  return text !== null && /[\n(=;{]/.test(text.trim()) ? [fileOf(value, text)] : null;
}

function fileOf(entry: JsonObject, text: string): EnvelopeFile {
  const language = firstString(entry, languageKeys);
  return {
    path: safePath(firstString(entry, pathKeys) ?? ''),
    language: language === null ? null : canonicalLanguage(language),
    text,
  };
}

function firstString(object: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'string') return value;
  }
  return null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
