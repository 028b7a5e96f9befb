import { OrchestratorError } from '../../domain/mistake.ts';

/** What can be done about an error of Redis, by the words or the code that it begins with. */
const known: readonly { readonly sign: RegExp; readonly found: string; readonly hint: string }[] = [
  {
    sign: /NOAUTH|WRONGPASS|invalid password|invalid username/i,
    found: 'it refuses the password',
    hint: 'Give them in the address, as in redis://NAME:PASSWORD@HOST:6379, best in ORCHESTRATOR_ENGINE',
  },
  {
    sign: /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/,
    found: 'nothing answers at this address',
    hint: 'Start a Redis or Valkey there; docs/cluster.md says how',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN/,
    found: 'there is no host of this name',
    hint: 'Look at the address: redis://HOST:6379',
  },
  {
    sign: /ETIMEDOUT/,
    found: 'it does not answer in time',
    hint: 'See that nothing in between keeps the connection from it',
  },
  {
    sign: /CERT|SSL|TLS|self-signed/i,
    found: 'the encrypted connection cannot be made',
    hint: 'Use redis:// where it does not speak TLS; NODE_EXTRA_CA_CERTS names the file of an own authority',
  },
  {
    sign: /^OOM/,
    found: 'it has no memory left',
    hint: 'Give it more with maxmemory, or wait until workers have ended some jobs',
  },
  {
    sign: /^(LOADING|MASTERDOWN|READONLY|CLUSTERDOWN)/,
    found: 'it takes no commands',
    hint: 'Wait until it has loaded its data, and use the address of the one that is written to',
  },
];

/** Says in one line why an engine cannot be used; what is said so already stays as it is. */
export function engineMistake(where: string, error: unknown): OrchestratorError {
  if (error instanceof OrchestratorError) return error;
  const text = wordsOf(error);
  const what = known.find(({ sign }) => sign.test(text));
  const found = what?.found ?? (/[Cc]onnection is closed/.test(text) ? 'it is closed' : text);
  return new OrchestratorError('bad-engine', `Cannot use the engine ${where}: ${found}`, {
    hint: what?.hint,
    cause: error,
  });
}

/** The code and the words of an error, and of what caused it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? `${String(error.code)} ` : '';
  const words = error.message.startsWith(code.trim()) ? error.message : `${code}${error.message}`;
  const last = 'lastNodeError' in error ? error.lastNodeError : error.cause;
  return last === undefined ? words : `${words} ${wordsOf(last)}`;
}
