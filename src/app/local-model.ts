import { dataFolder } from '../config/places.ts';
import { localLimits } from '../config/runner-from.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { LocalSettings, RunnerSettings } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import { downloadFile } from '../runners/local/download-file.ts';
import { installEngine } from '../runners/local/install-engine.ts';
import { engineFolder, engineVersion, exists, modelFile } from '../runners/local/local-files.ts';
import { localModelNamed, smallModel, urlOfModel } from '../runners/local/local-models.ts';
import { type Fetched, lookUpFile, type RemoteFile } from '../runners/local/look-up-file.ts';
import { realClock } from './real-clock.ts';

/** The name by which the model of `--local` is asked. */
export const localName = 'local';
/** Bytes of the engine on the disk: measured on Linux, where it is largest. */
const engineBytes = 83 * 1024 * 1024;

/** What a local model needs of the world. */
export interface LocalModelTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Something that is to be downloaded. */
export interface LocalPart {
  readonly title: string;
  readonly sizeBytes: number;
  /** Whose server it comes from. */
  readonly from: string;
  /** Downloads it; says why it could not. */
  get(onProgress: (bytes: number) => void): Promise<NotFetched | undefined>;
}

/** Why a part did not come. */
export type NotFetched = Extract<Fetched<string>, { readonly status: 'failed' }>;

/** How `--local` was said. */
export interface LocalModelWish {
  readonly small: boolean;
  /** Milliseconds that a person gave each model. */
  readonly timeoutMs: number | undefined;
}

/** Declares the runner of the local model, or adjusts the one of the configuration. Throws `bad-usage`. */
export function withLocalModel(settings: Settings, { small, timeoutMs }: LocalModelWish): Settings {
  const before: RunnerSettings | undefined = settings.runners[localName];
  if (before && before.type !== 'local') {
    const message = `Cannot use --local: the configuration gives the name ${localName} to a runner of type ${before.type}`;
    throw new OrchestratorError('bad-usage', message, { hint: 'Give that runner another name' });
  }
  const usual: LocalSettings = before ?? {
    type: 'local',
    file: undefined,
    model: undefined,
    ...localLimits,
    ...(timeoutMs === undefined ? undefined : { timeoutMs }),
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
  };
  const local = small ? { ...usual, file: undefined, model: smallModel.name } : usual;
  return { ...settings, runners: { ...settings.runners, [localName]: local } };
}

/** Looks up what the local model still lacks here, and how large it is; throws `no-local-model`. */
export async function missingParts(
  settings: Settings,
  tools: LocalModelTools,
): Promise<readonly LocalPart[]> {
  const folder = dataFolder(tools.env);
  const local: RunnerSettings | undefined = settings.runners[localName];
  const hasEngine = await exists(engineFolder(folder));
  const engine: LocalPart = {
    title: `node-llama-cpp ${engineVersion} (MIT)`,
    sizeBytes: engineBytes,
    from: 'npm',
    get: async () => whyNot(await installEngine(folder, tools)),
  };
  const model = local?.type === 'local' ? await missingModel(local, folder, tools) : [];
  return [...model, ...(hasEngine ? [] : [engine])];
}

async function missingModel(
  { file, model: name }: LocalSettings,
  folder: string,
  tools: LocalModelTools,
): Promise<readonly LocalPart[]> {
  const model = localModelNamed(name);
  // A file of one's own is not ours to bring, and an unknown name is told of by the runner.
  if (file !== undefined || !model) return [];
  const path = modelFile(model, folder);
  if (await exists(path)) return [];
  const world = { ...tools, clock: realClock };
  const found = await lookUpFile(urlOfModel(model, tools.env), world);
  if (found.status === 'failed') {
    throw new OrchestratorError('no-local-model', found.message, { hint: found.remedy });
  }
  const remote: RemoteFile = found.value;
  return [
    {
      title: `${model.title} (${model.license})`,
      sizeBytes: remote.sizeBytes,
      from: new URL(remote.url).host,
      get: async (onProgress) => whyNot(await downloadFile(remote, path, { ...world, onProgress })),
    },
  ];
}

function whyNot(fetched: Fetched<string>): NotFetched | undefined {
  return fetched.status === 'failed' ? fetched : undefined;
}
