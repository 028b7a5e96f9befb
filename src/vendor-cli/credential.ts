import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../lib/find-program.ts';

/** Where a vendor's program finds out who asks. */
export type CredentialSource =
  | {
      readonly type: 'key';
      /** Where the key is looked up. */
      readonly variable: string;
      /** The variable in which the program wants it, when that is another one. */
      readonly passedAs?: string;
    }
  | {
      /** The program's own login: a file that is there once somebody signed in. */
      readonly type: 'login';
      /** The variable that names the program's folder. */
      readonly folderVariable?: string;
      /** The program's folder otherwise, below the home folder. */
      readonly folder: string;
      readonly file: string;
      /** Whether macOS keeps the login in its keychain, where it cannot be seen. */
      readonly keychain?: true;
    };

/** Who asks, as far as it can be told without starting the program. */
export type Credential =
  | { readonly status: 'key'; readonly variable: string; readonly value: string }
  | { readonly status: 'login' }
  | { readonly status: 'none' };

/** The first of the sources, the strongest first, that has something. */
export async function findCredential(
  sources: readonly CredentialSource[],
  env: Environment,
): Promise<Credential> {
  for (const source of sources) {
    const found = source.type === 'key' ? keyIn(source, env) : await loginIn(source, env);
    if (found) return found;
  }
  return { status: 'none' };
}

type Source<Type> = Extract<CredentialSource, { readonly type: Type }>;

function keyIn({ passedAs, variable }: Source<'key'>, env: Environment): Credential | undefined {
  const value = env[variable]?.trim();
  return value ? { status: 'key', variable: passedAs ?? variable, value } : undefined;
}

async function loginIn(source: Source<'login'>, env: Environment): Promise<Credential | undefined> {
  if (source.keychain && process.platform === 'darwin') return { status: 'login' };
  const folder = folderOf(source, env);
  if (folder === undefined) return undefined;
  const isThere = await stat(join(folder, source.file)).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  );
  return isThere ? { status: 'login' } : undefined;
}

function folderOf(source: Source<'login'>, env: Environment): string | undefined {
  const named = source.folderVariable && env[source.folderVariable];
  if (named) return named;
  const { HOME, USERPROFILE } = env;
  const home = HOME || USERPROFILE;
  return home ? join(home, source.folder) : undefined;
}
