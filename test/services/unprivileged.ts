import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';

/** As whom a program is started that refuses to be root's. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** Finds who servers of tests belong to: nobody where the tests are root's, else whoever runs them. */
export function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Gives a folder to whoever that is. */
export function giveTo({ uid, gid }: Identity, folder: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}
