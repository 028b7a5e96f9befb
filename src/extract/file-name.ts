import { languageOfPath } from './language.ts';

const pathChars = /^[\w@.+()[\]$-]+(?:[/\\][\w@.+()[\]$-]+)*$/;
const extension = /\.[a-z][a-z0-9]{0,9}$/i;
const bareNames =
  /^(?:Dockerfile|Makefile|Gemfile|Rakefile|Procfile|LICENSE|\.env(?:\.\w+)?|\.\w+rc|\.\w+ignore)$/;
const maxPathChars = 200;

/** Gives a path that stays inside its folder, with `/`; null when the name is no such path. */
export function safePath(written: string): string | null {
  if (written.length > maxPathChars || written.includes('\0')) return null;
  const slashed = written
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:[a-z]:|~)/i, '');
  // An absolute path, as in a container, becomes the same path below the folder.
  const kept: string[] = [];
  for (const part of slashed.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  const path = kept.join('/');
  return path !== '' && pathChars.test(path) ? path : null;
}

/** Finds a file name in a fence's info string after the language: `title="a.ts"`, `ts:a.ts`, `a.ts`. */
export function fileNameOfInfo(info: string): string | null {
  const attribute =
    /(?:^|[\s{,])(?:title|file|filename|file_name|path|name|fp)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s}"',]+))/i.exec(
      info,
    );
  const named = attribute?.[1] ?? attribute?.[2] ?? attribute?.[3];
  if (named !== undefined) return asFileName(named);
  const [first = '', ...rest] = info.trim().split(/\s+/);
  const afterColon = /^[\w+#.-]+:(.+)$/.exec(first)?.[1];
  return asFileName(afterColon ?? first) ?? asFileName(rest[0] ?? '');
}

/** A label in front of a name: `File:`, `path:`, `Create a file named`. */
const label = /^(?:(?:new |create |updated? )?(?:file(?:[ _-]?(?:name|path))?|path))\s*[:=]\s*/i;
/** What stands before a name in a heading: `###`, `1.`, `2)`, `-`, `Step 3:`. */
const ordinal = /^(?:[#>*+\s-]|\d{1,3}[.):]\s?|(?:step|part|file)\s+\d{1,3}\s*[.:)-]?\s)+/i;
/** What may follow a name: `(updated)`, `:`, a dash with a few words. */
const trailer = /^\s*(?:[:.,;]|\([^)]*\)[:.]?|(?:[-–—]|\bis\b).*)?\s*$/;

/**
 * Finds the file name in the line directly before a block: a heading, bold, plain or inline code.
 * A line with several names names none, for it does not say which one the block is.
 */
export function fileNameOfLine(line: string): string | null {
  const bare = stripMarks(line).replace(ordinal, '').replace(label, '');
  const whole = wholeLineName(bare);
  if (whole !== null) return whole;
  const marked = markedNames(line);
  if (marked.length > 0) return onlyOne(marked);
  const dashed = asFileName(/\s[-–—:]\s+(\S+)$/.exec(bare)?.[1] ?? '');
  if (dashed !== null) return dashed;
  const inBrackets = [...bare.matchAll(/\(([^()\s]+)\)/g)].map(([, name]) =>
    asFileName(name ?? ''),
  );
  const bracketed = onlyOne(inBrackets.filter((name) => name !== null));
  if (bracketed !== null) return bracketed;
  return nameAfterLabel(bare);
}

/** Finds the file name that a line is and nothing else, but for a label, rules and comment signs around it. */
export function fileNameOfTitle(line: string): string | null {
  if (!line.includes('.') || line.length > maxPathChars) return null;
  const comment = fileNameOfComment(line);
  if (comment !== null) return comment;
  const bare = stripMarks(line).replace(ordinal, '').replace(label, '');
  return /\s/.test(bare.trim()) ? null : asFileName(bare.replace(/:$/, ''));
}

const commentForms: readonly RegExp[] = [
  /^\/\/+\s*(.+)$/,
  /^#+\s*(.+)$/,
  /^--\s*(.+)$/,
  /^;+\s*(.+)$/,
  /^\/\*+\s*(.+?)\s*\*\/$/,
  /^<!--\s*(.+?)\s*-->$/,
  /^\{?\/\*\s*(.+?)\s*\*\/\}?$/,
  /^"""\s*(.+?)\s*"""$/,
];

/** Finds the file name that a comment on the first line is: `// src/a.ts`, `# app.py`. */
export function fileNameOfComment(firstLine: string): string | null {
  const line = firstLine.trim();
  if (line.length > maxPathChars + 20) return null;
  for (const form of commentForms) {
    const inside = form.exec(line)?.[1];
    if (inside !== undefined) return commentName(inside);
  }
  return null;
}

function commentName(inside: string): string | null {
  const bare = inside.replace(/[=*#-]{2,}/g, ' ').trim();
  return wholeLineName(bare.replace(label, ''));
}

/** A name that is the whole line but for a short trailer. */
function wholeLineName(bare: string): string | null {
  const [first = ''] = bare.split(/\s/);
  const candidate = first.replace(/[:,;]+$/, '');
  if (!trailer.test(bare.slice(candidate.length))) return null;
  return asFileName(candidate);
}

/** The names in inline code or bold. */
function markedNames(line: string): readonly string[] {
  const spans = [...line.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*/g)];
  const names = spans.map(([, code, bold]) =>
    asFileName(stripMarks(code ?? bold ?? '').replace(/[:.]$/, '')),
  );
  return [...new Set(names.filter((name) => name !== null))];
}

function nameAfterLabel(bare: string): string | null {
  const written =
    /\b(?:file(?:name)?|path|named|called|as|to|in|into)\s*:?\s+([^\s:,;]+?)[:.,;]?\s*$/i.exec(
      bare,
    )?.[1];
  return written === undefined ? null : asFileName(written);
}

function onlyOne(names: readonly string[]): string | null {
  const [only, ...others] = new Set(names);
  return only !== undefined && others.length === 0 ? only : null;
}

function stripMarks(line: string): string {
  return line.replace(/[`*_]{2,}|[`*]|[-=─━═–—―]{3,}/g, '').trim();
}

/** Words with a dot that are products, not files. */
const products =
  /^(?:node|vue|next|nuxt|react|express|three|d3|angular|socket|asp)\.(?:js|io|net)$/i;

/** Gives the path when a word looks like a file's name: a known extension, or a name such as `Dockerfile`. */
export function asFileName(written: string): string | null {
  const looksLike =
    bareNames.test(written) || (extension.test(written) && languageOfPath(written) !== null);
  if (!looksLike || products.test(written) || /^(?:https?:|www\.)/i.test(written)) return null;
  return safePath(written);
}
