import { existsSync } from 'node:fs';
import type { Environment } from './find-program.ts';

/** What is started so that a program's orphans keep an ancestor, by which they are found. */
export interface FosterParent {
  readonly command: readonly [string, ...string[]];
  readonly env: Environment;
}

/** The numbers of the two calls of the kernel that Perl has no words for. */
const systemCalls: Readonly<Record<string, { readonly prctl: number; readonly setsid: number }>> = {
  x64: { prctl: 157, setsid: 112 },
  arm64: { prctl: 167, setsid: 157 },
};

/** Part of every Debian, Ubuntu, Fedora and SUSE; without it all are found but those that also clear their environment. */
const perl = '/usr/bin/perl';

/**
 * Becomes the reaper of its descendants (`PR_SET_CHILD_SUBREAPER`), so that one that has lost its parent becomes
 * its child, whatever group, session and environment it gave itself. Then it starts the program in a session of
 * its own, has no part in its pipes, and ends as the program ends, by the same code or signal, once it has
 * ended what the program left behind. Asked to end, it gives its descendants a moment and then kills them.
 *
 * On descriptor 3 it writes `+` as soon as it runs, and after that the number of the error that kept the program
 * from being started. The end of this descriptor tells that the program runs.
 */
const script = `
my ($prctl, $setsid, $grace, $orphan_grace, @command) = @ARGV;
delete $ENV{PERL_BADLANG};
my $status;
open my $told, '>&=', 3;
fcntl $told, 2, 1;
syswrite $told, '+';
syscall $prctl + 0, 36, 1, 0, 0, 0;
$SIG{$_} = sub { die } for qw(TERM INT HUP);
my $main = fork;
if (!$main) {
  if (defined $main) {
    $SIG{$_} = 'DEFAULT' for qw(TERM INT HUP);
    syscall $setsid + 0;
    exec { $command[0] } @command;
  }
  syswrite $told, $! + 0;
  kill KILL => $$;
}
close $_ for $told, *STDIN, *STDOUT, *STDERR;
sub buried {
  my $pid = waitpid -1, shift;
  $status = $? if $pid == $main;
  return $pid;
}
sub alone {
  my $pid;
  while (($pid = buried(1)) > 0) {}
  return $pid < 0;
}
sub alone_within {
  for (my $left = shift; !alone(); $left -= 10) {
    return if $left <= 0;
    select undef, undef, undef, 0.01;
  }
  return 1;
}
sub descendants {
  my (%children, @found);
  opendir my $proc, '/proc';
  for my $pid (grep /^[0-9]+$/, readdir $proc) {
    open my $file, '<', "/proc/$pid/stat" or next;
    local $/;
    push @{$children{$1}}, $pid if (<$file> // '') =~ /.*\\) \\S (\\d+)/s;
  }
  my @queue = $$;
  while (defined(my $pid = shift @queue)) {
    push @found, @{$children{$pid} // []};
    push @queue, @{$children{$pid} // []};
  }
  return @found;
}
eval { until (defined $status) { last if buried(0) < 0 } };
$SIG{$_} = 'IGNORE' for qw(TERM INT HUP);
my $by_itself = defined $status;
if (!alone()) {
  kill TERM => descendants() if $by_itself;
  for my $try (1 .. 20) {
    last if alone_within($try == 1 ? ($by_itself ? $orphan_grace : $grace) : 20);
    kill KILL => descendants();
  }
}
my $signal = defined $status ? $status & 127 : 9;
exit $status >> 8 if !$signal;
syscall $prctl + 0, 4, 0, 0, 0, 0;
$SIG{$_} = 'DEFAULT' for qw(TERM INT HUP FPE);
kill $signal => $$;
`;

/** How long descendants have to end when they are asked to. */
export interface FosterGraces {
  /** When all is to end. */
  readonly graceMs: number;
  /** When the program has ended by itself. */
  readonly orphanGraceMs: number;
}

/** The foster parent of a program; undefined where there can be none: it needs Linux and Perl. */
export function fosterParent(
  { command, env }: FosterParent,
  { graceMs, orphanGraceMs }: FosterGraces,
): FosterParent | undefined {
  const calls = process.platform === 'linux' ? systemCalls[process.arch] : undefined;
  if (!calls || !existsSync(perl)) return undefined;
  // They would change how Perl works.
  if (Object.keys(env).some((name) => name.startsWith('PERL'))) return undefined;
  const numbers = [calls.prctl, calls.setsid, graceMs, orphanGraceMs].map(String);
  return {
    command: [perl, '-e', script, '--', ...numbers, ...command],
    // Perl says nothing of a locale that is not installed, and takes this away again.
    env: { ...env, PERL_BADLANG: '0' },
  };
}
