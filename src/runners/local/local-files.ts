import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalModel } from './local-models.ts';

/** The one version of node-llama-cpp that this project was tried with. */
export const engineVersion = '3.21.1';

/** The path of a downloaded model, which is whole when it exists. */
export function modelFile({ file }: LocalModel, dataFolder: string): string {
  return join(dataFolder, 'models', file);
}

/** The folder with the engine, which is whole when it exists. */
export function engineFolder(dataFolder: string): string {
  return join(dataFolder, 'engines', `node-llama-cpp-${engineVersion}`);
}

/** The module that a program imports to use the engine of a folder. */
export function engineModule(folder: string): string {
  return join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
}

/** Whether a file or a folder is there. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
