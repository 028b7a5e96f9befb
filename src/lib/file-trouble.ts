const ofBoth: Readonly<Record<string, string>> = {
  EISDIR: 'it is a directory, and a file is wanted',
  ENAMETOOLONG: 'a name is too long for the file system',
  ELOOP: 'its symbolic links lead in a circle',
  EIO: 'the disk cannot be read or written',
};

const ofReading: Readonly<Record<string, string>> = {
  ...ofBoth,
  ENXIO: 'it is a socket, and a file or a pipe is wanted',
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
};

const ofWriting: Readonly<Record<string, string>> = {
  ...ofBoth,
  ENOENT: 'its folder is not there',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be larger than it may be',
};

/** Says why a file could not be read; anything but what the system says of files in its own words. */
export function whyUnreadable(error: unknown): string {
  return ofReading[codeOf(error)] ?? messageOf(error);
}

/** Says the same of a file that could not be written. The path, which may be of a file beside it, is left out. */
export function whyUnwritable(error: unknown): string {
  const { syscall }: { readonly syscall?: unknown } = Object(error);
  if (syscall === 'mkdir' && codeOf(error) === 'ENOENT') return 'no directory can be made there';
  return ofWriting[codeOf(error)] ?? messageOf(error);
}

function codeOf(error: unknown): string {
  const { code }: { readonly code?: unknown } = Object(error);
  return String(code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
