import type { Attempt } from '../domain/attempt.ts';
import type { Candidate, CodeFile } from '../domain/candidate.ts';
import { findBareCode } from './bare-code.ts';
import { type Block, findBlocks } from './blocks.ts';
import { definitionsOf } from './definitions.ts';
import { detectLanguage } from './detect-language.ts';
import { type Envelope, openEnvelope } from './envelope.ts';
import { fileNameOfComment } from './file-name.ts';
import { canonicalLanguage, languageOfPath } from './language.ts';
import { isJson } from './loose-json.ts';
import { mainFirst } from './main-file.ts';
import { mergeBlocks, type RoledBlock } from './merge-blocks.ts';
import { type ReadBlock, type Role, roleOf } from './role.ts';
import { partThoughts } from './thinking.ts';
import { tidyFences } from './tidy-fences.ts';

/** Takes the code out of an answer, the main file first; never throws, whatever the text. */
export function extract(attempt: Attempt): Candidate {
  const { seat } = attempt;
  if (attempt.status === 'failed') return { status: 'none', seat, because: attempt.failure.kind };
  const { answer, thoughts } = partThoughts(withoutTokens(attempt.text));
  const found = findCode(answer);
  if (found.files.length > 0) return candidateOf(seat, found);
  // A model that was cut off while it thought has its code nowhere else.
  const inThoughts = answer.trim() === '' ? findCode(thoughts) : found;
  return candidateOf(seat, inThoughts);
}

interface Found {
  readonly files: readonly CodeFile[];
  readonly prose: string;
}

function candidateOf(seat: string, { files, prose }: Found): Candidate {
  const [main, ...others] = withUniquePaths(files);
  if (main === undefined) return { status: 'prose', seat, prose };
  return { status: 'code', seat, files: [main, ...others], prose };
}

/** A path names one file: a second text under it, where the two could not be told apart, loses the name. */
function withUniquePaths(files: readonly CodeFile[]): readonly CodeFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const path = file.path === null || taken.has(file.path) ? null : file.path;
    if (path !== null) taken.add(path);
    return { ...file, path };
  });
}

/** Line ends become `\n`; the marks with which a chat template ends a turn, at the end only, go. */
function withoutTokens(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd();
  return lines.replace(/(?:<\/s>|<\|(?:im_end|endoftext|eot_id|end|EOT)\|>|\[\/INST\])$/, '');
}

function findCode(text: string): Found {
  const whole = openEnvelope(text);
  if (whole !== null) return unpack(whole);
  if (isJson(text)) {
    return { files: [{ path: null, language: 'json', text: text.trim() }], prose: '' };
  }
  const answer = tidyFences(text);
  const blocks = findBlocks(answer);
  const [only, ...more] = blocks;
  if (only !== undefined && more.length === 0) {
    const inner = openEnvelope(only.text);
    if (inner !== null) return unpack(inner);
    if (isWrappedAnswer(only)) return arrange(findBlocks(only.text), only.text);
  }
  const fenced = arrange(blocks, answer);
  return fenced.files.length > 0 ? fenced : arrange(bareBlocks(answer), answer);
}

/** A block of Markdown that holds named files is the answer itself, and not a document that was asked for. */
function isWrappedAnswer({ language, path, text }: Block): boolean {
  if (language !== 'markdown' || path !== null) return false;
  return findBlocks(text).some((block) => readBlock(block).path !== null);
}

function unpack({ files, prose }: Envelope): Found {
  return {
    files: files.map(({ path, language, text }) => {
      const [block] = arrange(findBlocks(text), text).files;
      const code = block?.text ?? text;
      const known = (path === null ? null : languageOfPath(path)) ?? language ?? block?.language;
      return { path, language: known ?? detectLanguage(code), text: code };
    }),
    prose,
  };
}

function bareBlocks(answer: string): readonly Block[] {
  return findBareCode(answer).map((bare) => ({
    ...bare,
    language: null,
    lead: '',
    headings: [],
  }));
}

const left: ReadonlySet<Role> = new Set(['commands', 'usage', 'output']);

/** Orders the blocks into files; what only shows or runs the code stays in the prose. */
function arrange(blocks: readonly Block[], answer: string): Found {
  const read = blocks.filter(({ text }) => text.trim() !== '').map(readBlock);
  const callables = new Set(read.flatMap(({ definitions }) => [...definitions.callables]));
  const roled = read.map((block) => ({ ...block, role: roleOf(block, callables) }));
  const code = roled.filter(({ role }) => !left.has(role));
  const chosen = code.length > 0 ? code : roled.filter(({ role }) => role !== 'output');
  const files = mainFirst(mergeBlocks(chosen)).map(fileOf);
  return { files, prose: proseAround(chosen, answer) };
}

function readBlock(block: Block): ReadBlock {
  const { text, named } = withoutLanguageLine(block);
  const path = block.path ?? fileNameOfComment(text.trimStart().split('\n', 1)[0] ?? '');
  const byPath = path === null ? null : languageOfPath(path);
  const said = block.language ?? named ?? byPath;
  const language = said ?? detectLanguage(text);
  const definitions = definitionsOf(text);
  return { ...block, text, path, language, isGuessed: said === null, definitions };
}

/** Some models write the language on the line after the fence. */
function withoutLanguageLine(block: Block): {
  readonly text: string;
  readonly named: string | null;
} {
  const end = block.text.indexOf('\n');
  const named =
    end < 0 || block.language !== null ? null : canonicalLanguage(block.text.slice(0, end));
  return named === null ? { text: block.text, named } : { text: block.text.slice(end + 1), named };
}

function fileOf({ path, language, text }: RoledBlock): CodeFile {
  return { path, language, text };
}

function proseAround(blocks: readonly Block[], answer: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of blocks) {
    parts.push(answer.slice(from, Math.max(from, start)));
    from = Math.max(from, end);
  }
  parts.push(answer.slice(from));
  return parts
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
