import type { AttemptFailure } from '../domain/failure.ts';
import type { HttpEnd } from '../lib/http-client.ts';
import { fields, text } from './json.ts';

/** An exchange that brought no whole response. */
export type BadEnd = Exclude<HttpEnd, { readonly status: 'whole' | 'enough' }>;

/** What an exchange that did not come to its end means; `where` is the server's address. */
export function failureOfEnd(end: BadEnd, where: string): AttemptFailure {
  switch (end.status) {
    case 'aborted':
      return { kind: 'cancelled', message: 'Aborted before the answer was whole' };
    case 'too-long':
      return {
        kind: 'output-too-long',
        message: `The response is longer than ${end.limitBytes} bytes`,
      };
    case 'failed':
      return failureOfFault(end.error, end.began, where);
  }
}

/** What an error of a connection means; `began`: whether a response had begun. */
export function failureOfFault(error: unknown, began: boolean, where: string): AttemptFailure {
  const code = codeOf(error);
  const seen = code ?? (error instanceof Error ? error.message : String(error));
  if (began) return { kind: 'broken-stream', message: `The answer broke off: ${seen}` };
  if (code?.startsWith('ERR_')) {
    const detail = error instanceof Error ? error.message : code;
    return { kind: 'bad-usage', message: `Cannot send a request to ${where}: ${detail}` };
  }
  return { kind: 'network', message: `Cannot reach ${where}: ${seen}` };
}

/** `ECONNREFUSED` and its like, also where several addresses were tried. */
function codeOf(error: unknown): string | undefined {
  return text(fields<'code'>(error).code);
}
