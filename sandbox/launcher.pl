# Confines itself by the words of its policy, then becomes the program after "--". A parent process stays
# outside, waits, and reports on the descriptor `report`: "fault TEXT" when a step failed and nothing was
# run, else "ended STATUS CPU_MICROSECONDS MAX_RSS_KIB". src/sandbox/launcher/policy.ts writes the words.
# Uses no module: loading one costs more than all the steps together.

my (%call, @limits, @paths, %is);
while (defined(my $word = shift @ARGV)) {
  last if $word eq '--';
  my ($key, $value) = split /=/, $word, 2;
  if ($key =~ /^call\.(\w+)$/) { $call{$1} = int $value }
  elsif ($key eq 'limit') { push @limits, [split /:/, $value] }
  elsif ($key eq 'path') { push @paths, [split /:/, $value, 2] }
  else { $is{$key} = $value }
}

my $report;
open $report, '>&=', int $is{report} or exit 126 if $is{report};

sub fault {
  syswrite $report, "fault $_[0]: $!\n" if $report;
  exit 126;
}

sub call {
  my ($name, @args) = @_;
  return syscall($call{$name}, @args);
}

sub must {
  my ($name, @args) = @_;
  my $result = call($name, @args);
  fault($name) if $result == -1;
  return $result;
}

if ($is{ask}) {
  my $version = call('landlock_create_ruleset', 0, 0, 1);
  print $version < 0 ? 0 : $version, "\n";
  exit 0;
}

# The supervisor's death ends this process, and its end that of the program.
must('prctl', 1, 9, 0, 0, 0);
fault('parent') if $is{parent} && getppid() != $is{parent};
must('prctl', 4, 0, 0, 0, 0);
my $outer = $$;
my $pid = fork;
fault('fork') if !defined $pid;
$pid == 0 ? confine() : attend();

sub attend {
  open STDIN, '<', '/dev/null';
  open STDOUT, '>', '/dev/null';
  open STDERR, '>', '/dev/null';
  # What we inherited could be reached by way of this process.
  must('close_range', 1 + int $is{report}, 0xffffffff, 0) if $is{report};
  waitpid $pid, 0;
  my $status = $?;
  my $usage = "\0" x 144;
  # Not by `call`, which copies what it is given.
  syscall($call{getrusage}, -1, $usage) == 0 or fault('getrusage');
  my ($user, $userMicro, $system, $systemMicro, $rss) = unpack 'q5', $usage;
  my $micros = ($user + $system) * 1_000_000 + $userMicro + $systemMicro;
  syswrite $report, "ended $status $micros $rss\n" if $report;
  exit($status & 127 ? 128 + ($status & 127) : $status >> 8);
}

sub confine {
  umask 077;
  must('close_range', 3, 0xffffffff, 4);
  limit();
  become(split /:/, $is{user}) if $is{user};
  must('prctl', 1, 9, 0, 0, 0);
  fault('outer') if getppid() != $outer;
  must('prctl', 38, 1, 0, 0, 0);
  landlock() if $is{landlock};
  drop() if !$is{user};
  filter() if $is{filter};
  { no warnings; exec { $ARGV[0] } @ARGV; }
  fault("exec $ARGV[0]");
}

sub limit {
  for (@limits) {
    my ($resource, $soft, $hard) = @$_;
    my $pair = pack 'Q2', $soft, $hard;
    must('prlimit64', 0, int $resource, $pair, 0);
  }
}

# Leaves root for a user that owns nothing, with the capabilities that reach the job's own files.
sub become {
  my ($user, $keep) = map { int } @_;
  must('prctl', 8, 1, 0, 0, 0);
  for my $capability (0 .. 63) {
    last if !($keep >> $capability & 1) && call('prctl', 24, $capability, 0, 0, 0) == -1;
  }
  must('setgroups', 0, 0);
  must('setresgid', $user, $user, $user);
  must('setresuid', $user, $user, $user);
  capabilities($keep);
  for my $capability (0 .. 31) {
    must('prctl', 47, 2, $capability, 0, 0) if $keep >> $capability & 1;
  }
}

sub drop {
  capabilities(0);
}

sub capabilities {
  my ($keep) = @_;
  my $header = pack 'L2', 0x20080522, 0;
  my $sets = pack 'L6', $keep, $keep, $keep, 0, 0, 0;
  must('capset', $header, $sets);
}

sub landlock {
  my $attributes = pack 'H*', $is{landlock};
  my $rules = must('landlock_create_ruleset', $attributes, length $attributes, 0);
  for (@paths) {
    my ($rights, $path) = @$_;
    # O_PATH | O_CLOEXEC
    next if !sysopen my $file, $path, 0x280000;
    my $rule = pack 'Ql', $rights, fileno $file;
    must('landlock_add_rule', $rules, 1, $rule, 0);
  }
  must('landlock_restrict_self', $rules, 0);
}

sub filter {
  my $program = pack 'H*', $is{filter};
  # Where a filter names the program itself.
  my $self = pack 'L', $is{self};
  for (my $at = 4; $at < length $program; $at += 8) {
    substr($program, $at, 4) = pack 'L', $$ if substr($program, $at, 4) eq $self;
  }
  my $header = pack 'S x![Q] P', length($program) / 8, $program;
  must('prctl', 22, 2, $header, 0, 0);
}
