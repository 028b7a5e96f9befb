/** The rights of the kernel's `linux/landlock.h` on files, by the version that brought each. */
const rights = {
  execute: 1 << 0,
  writeFile: 1 << 1,
  readFile: 1 << 2,
  readFolder: 1 << 3,
  removeFolder: 1 << 4,
  removeFile: 1 << 5,
  makeFolder: 1 << 7,
  makeFile: 1 << 8,
  makePipe: 1 << 10,
  makeLink: 1 << 12,
  moveAcross: 1 << 13,
  truncate: 1 << 14,
} as const;

/** Rights that each version adds to those of the first, which are bits 0 to 12. */
const addedBy: readonly (readonly [number, number])[] = [
  [2, 1 << 13],
  [3, 1 << 14],
  [5, 1 << 15],
];
const firstRights = 0x1fff;
/** To bind and to connect TCP, since version 4. */
const networkRights = 0b11;
/** Abstract sockets and signals, since version 6. */
const scopes = 0b11;

/** What a program may do below a path. */
export type PathAccess = 'read' | 'run' | 'write' | 'device';

const granted: Readonly<Record<PathAccess, number>> = {
  read: rights.readFile | rights.readFolder,
  run: rights.readFile | rights.readFolder | rights.execute,
  write: Object.values(rights).reduce((sum, right) => sum | right, 0),
  device: rights.readFile | rights.writeFile | rights.truncate,
};
/** Rights that can be given on a file; the others are of folders. */
const ofFiles = rights.execute | rights.writeFile | rights.readFile | rights.truncate;

/** The `struct landlock_ruleset_attr` that a version takes, which refuses everything that no rule grants. */
export function rulesetAttributes(version: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeBigUInt64LE(BigInt(fileRights(version)), 0);
  bytes.writeBigUInt64LE(BigInt(version >= 4 ? networkRights : 0), 8);
  bytes.writeBigUInt64LE(BigInt(version >= 6 ? scopes : 0), 16);
  return bytes.subarray(0, sizeOf(version));
}

/** The rights of an access, as far as the version knows them and they fit a file or a folder. */
export function rightsOf(access: PathAccess, version: number, isFolder: boolean): number {
  return granted[access] & fileRights(version) & (isFolder ? -1 : ofFiles);
}

function fileRights(version: number): number {
  return addedBy.reduce(
    (sum, [since, right]) => (version >= since ? sum | right : sum),
    firstRights,
  );
}

function sizeOf(version: number): number {
  if (version >= 6) return 24;
  return version >= 4 ? 16 : 8;
}
