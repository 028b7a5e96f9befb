import { conformance, type RunnerScenario } from '../runner-scenarios.ts';
import { type FakeCliOptions, type FakeVendor, fakeCli } from './fake-cli.ts';

const behaviours: Readonly<
  Record<Exclude<RunnerScenario, 'unreachable'>, Omit<FakeCliOptions, 'vendor'>>
> = {
  answers: { does: 'partial-lines' },
  echoes: { says: 'echo' },
  hangs: { does: 'hang' },
  empty: { says: 'empty' },
  breaks: { says: 'truncated' },
  fails: { says: 'unauthorized' },
};

/** The path of a fake program that behaves as `describeRunner` wants it in a scenario. */
export async function fakeCliFor(
  scenario: RunnerScenario,
  vendor: FakeVendor,
  folder: string,
): Promise<string> {
  if (scenario === 'unreachable') return `${folder}/no-such-program`;
  const { answer, secret } = conformance;
  return fakeCli(folder, { vendor, text: answer, secret, ...behaviours[scenario] });
}
