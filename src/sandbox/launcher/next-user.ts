/** The numbers that systems keep for users of passing services (systemd's `DynamicUser`); they own nothing. */
const firstUser = 61_184;
const usersCount = 4096;

let next = process.pid % usersCount;

/**
 * Gives a user for one program that must not run as root. Each has its own, since the kernel's limit of processes
 * counts all of a user's, and programs of one user can signal each other.
 */
export function nextUser(): number {
  next = (next + 1) % usersCount;
  return firstUser + next;
}
