import { depthOf, depthVariable } from '../domain/nesting.ts';
import type { Environment } from '../lib/find-program.ts';

/** What any program may see: where things are, the language, the terminal, the way to the network. */
const common: readonly string[] = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TERM',
  'NO_COLOR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  // Windows programs do not start without these.
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'USERPROFILE',
  'USERNAME',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
];
const families: readonly string[] = ['LC_', 'XDG_'];

/**
 * The environment of a child: the variables that any program needs, those named besides, and nothing else.
 * So no key of another vendor gets there, nor what tells a program that it runs inside another, but for how many
 * runs it is inside of.
 */
export function childEnvironment(
  env: Environment,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const own = new Set(names);
  const seen = Object.entries(env).filter(([name]) => own.has(name) || isCommon(name));
  const given = seen.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(given), [depthVariable]: String(depthOf(env) + 1) };
}

function isCommon(name: string): boolean {
  const upper = name.toUpperCase();
  return common.includes(upper) || families.some((family) => upper.startsWith(family));
}
