import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { AskedModel } from '../domain/answer-key.ts';
import type { RunnerSettings } from '../domain/runner-settings.ts';

/**
 * What changes the answers of a runner, as it stands in a file that others may read: no key and no header, no path
 * of this machine, and of an address neither user nor query.
 */
export function askedModel(runner: string, settings: RunnerSettings | undefined): AskedModel {
  if (!settings) return { runner, type: 'given', model: null, params: {} };
  const { type, model = null, maxOutputTokens } = settings;
  const params = { ...(maxOutputTokens !== undefined && { maxOutputTokens }), ...ownOf(settings) };
  return { runner, type, model, params };
}

function ownOf(settings: RunnerSettings): AskedModel['params'] {
  switch (settings.type) {
    case 'api':
      return { provider: settings.provider, ...endpointOf(settings.baseUrl) };
    case 'command':
      return { command: fingerprint(settings.command), prompt: settings.prompt };
    case 'module':
      return { module: basename(settings.url) };
    case 'local':
      return settings.file === undefined ? {} : { file: basename(settings.file) };
    case 'replay':
      return { recordings: basename(settings.path), as: settings.as };
    default:
      return endpointOf(settings.baseUrl);
  }
}

function endpointOf(baseUrl: string | undefined): AskedModel['params'] {
  const url = baseUrl === undefined ? null : URL.parse(baseUrl);
  return url ? { endpoint: `${url.host}${url.pathname}` } : {};
}

/** An argument may be a secret, and a folder is another one elsewhere. */
function fingerprint(command: readonly string[]): string {
  const words = command.map((word) => (/^([A-Za-z]:)?[\\/]/.test(word) ? basename(word) : word));
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16);
}
