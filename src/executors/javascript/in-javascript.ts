import type { CodeFile } from '../../domain/candidate.ts';
import type { Call } from '../../domain/test-case.ts';
import type { RoundEnd, RoundJob } from '../round.ts';
import { withoutTypes } from './without-types.ts';

/** The job with its TypeScript as JavaScript, or how it ends before anything of it is run. */
export function inJavaScript(job: RoundJob): RoundJob | RoundEnd {
  const { program, calls } = job;
  if (program.files.some(isComponent)) {
    return { status: 'failed', because: 'components (JSX) are not run, only functions are' };
  }
  const isTyped = (file: CodeFile): boolean =>
    (file.language ?? program.language) === 'typescript' || /\.[cm]?ts$/.test(file.path ?? '');
  try {
    const [main, ...others] = program.files;
    const plain = (file: CodeFile): CodeFile =>
      isTyped(file) ? { ...file, text: withoutTypes(file.text) } : file;
    const files = [plain(main), ...others.map(plain)] as const;
    return {
      ...job,
      program: { ...program, files },
      calls: isTyped(main) ? calls.map(plainCall) : calls,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const observation = { kind: 'raised', error: 'SyntaxError', message, printed: '' } as const;
    return { status: 'broken', observation };
  }
}

function isComponent({ path, language }: CodeFile): boolean {
  return /\.[jt]sx$/.test(path ?? '') || language === 'tsx' || language === 'jsx';
}

/** Tests of TypeScript may have types too; one that is no TypeScript is left to fail by itself. */
function plainCall(call: Call): Call {
  if (call.kind !== 'script') return call;
  try {
    const statements = withoutTypes(call.statements);
    const expression = withoutTypes(`(${call.expression}\n)`).replace(/;\s*$/, '');
    return { ...call, statements, expression };
  } catch {
    return call;
  }
}
