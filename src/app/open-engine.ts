import type { Engine } from '../domain/engine.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { EngineSettings } from '../domain/settings.ts';
import { localEngine } from '../engines/local/local-engine.ts';
import { engineAddress } from './engine-address.ts';
import { realClock } from './real-clock.ts';

/** What the opener of an engine hears. */
export interface EngineTold {
  /** Is told in one line what should be known of the engine. */
  readonly onNotice: (line: string) => void;
}

/**
 * Opens the engine that the settings name: that of this process without an address, else the one on Redis or Valkey.
 * Rejects with `bad-engine`.
 */
export async function openEngine(
  { url }: EngineSettings,
  { onNotice }: EngineTold,
): Promise<Engine> {
  if (url === undefined) return localEngine();
  const address = engineAddress(url);
  const { bullmqEngine } = await import('../engines/bullmq/bullmq-engine.ts').catch(notInstalled);
  return bullmqEngine({ url: address, clock: realClock, onNotice });
}

/** Its packages are optional: whoever leaves such out at the installation has no use for them. */
function notInstalled(error: unknown): never {
  const isMissing =
    error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  if (!isMissing) throw error;
  throw new OrchestratorError(
    'bad-engine',
    'Cannot use an engine on Redis: the packages bullmq and ioredis are not installed',
    {
      hint: 'Install multi-model-orchestrator with its optional packages, or: npm install bullmq ioredis',
      cause: error,
    },
  );
}
