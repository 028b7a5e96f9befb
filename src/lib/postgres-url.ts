/** Whether a text is meant as the address of a PostgreSQL server, and not as a path. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//i.test(text);
}

/** The address as it may be shown: without its password and its parameters; undefined where it cannot be read. */
export function shownPostgresUrl(url: string): string | undefined {
  if (!isPostgresUrl(url) || !URL.canParse(url)) return undefined;
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

/** Whether the address holds a password, as its part or as a parameter. */
export function hasPassword(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { password, searchParams } = new URL(url);
  return password !== '' || searchParams.has('password');
}
