/** A model that is downloaded once and then runs here. */
export interface LocalModel {
  /** What `model` says in the settings. */
  readonly name: string;
  readonly title: string;
  readonly license: string;
  /** The path at the host, which is where its size and checksum are asked for as well. */
  readonly path: string;
  /** The name of the file on this machine. */
  readonly file: string;
}

/** Where the models come from; `HF_ENDPOINT` names another host with the same paths. */
const usualHost = 'https://huggingface.co';

/** The model of `--local`. */
export const standardModel: LocalModel = {
  name: 'qwen2.5-coder-1.5b',
  title: 'Qwen2.5-Coder 1.5B Instruct, Q4_K_M',
  license: 'Apache-2.0',
  path: '/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
  file: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
};

/** The model of `--small`. */
export const smallModel: LocalModel = {
  name: 'qwen2.5-coder-0.5b',
  title: 'Qwen2.5-Coder 0.5B Instruct, Q4_K_M',
  license: 'Apache-2.0',
  path: '/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf',
  file: 'qwen2.5-coder-0.5b-instruct-q4_k_m.gguf',
};

/** Every model that can be named, the one that is meant by no name first. */
export const localModels: readonly LocalModel[] = [standardModel, smallModel];

/** Finds a model by its name; undefined for an unknown name. */
export function localModelNamed(name: string | undefined): LocalModel | undefined {
  return name === undefined ? standardModel : localModels.find((model) => model.name === name);
}

/** Where a model is downloaded from. */
export function urlOfModel(
  { path }: LocalModel,
  { HF_ENDPOINT }: Readonly<Record<string, string | undefined>>,
): string {
  return (HF_ENDPOINT || usualHost).replace(/\/+$/, '') + path;
}
