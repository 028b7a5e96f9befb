import type { Prompt } from '../../domain/runner.ts';
import type { RecordedTask, Recording, Recordings } from './recordings.ts';

/** A recording, and a name for the takes that it has in turn. */
export interface FoundRecording {
  readonly key: string;
  readonly recording: Recording;
}

/**
 * Finds what a model was recorded to say to a prompt; undefined when there is nothing.
 * A prompt that begins with a recorded task and holds at most its context files besides is that task;
 * one that contains it and asks for a verdict with findings is a review of its answer, one that asks for tests
 * or for the result that it demands is that.
 */
export function findRecording(
  recordings: Recordings,
  prompt: Prompt,
  runner: string,
): FoundRecording | undefined {
  // A task may begin with the words of another.
  const tasks = recordings.tasks.toSorted((a, b) => b.text.length - a.text.length);
  const asked = tasks.find((task) => isTask(prompt, task));
  if (asked) return found(asked, 'answers', { prompt, runner });
  const shown = tasks.find((task) => prompt.text.includes(task.text));
  const role = roleOf(prompt);
  return shown && role && found(shown, role, { prompt, runner });
}

type AskedRole = 'reviews' | 'tests' | 'judgements';

/** What a model is asked about a task, by the keys of the JSON that is wanted. */
function roleOf({ system, text }: Prompt): AskedRole | undefined {
  const whole = `${system}\n${text}`;
  const roles = Object.keys(keysOf) as AskedRole[];
  return roles.find((role) => keysOf[role].every((key) => whole.includes(key)));
}

const keysOf: Readonly<Record<AskedRole, readonly string[]>> = {
  reviews: ['verdict', 'findings'],
  judgements: ['"demanded"'],
  tests: ['You write tests'],
};

function isTask({ text }: Prompt, task: RecordedTask): boolean {
  const asked = text.trimStart();
  if (!asked.startsWith(task.text)) return false;
  const rest = asked.slice(task.text.length).trimStart();
  return rest === '' || rest.startsWith('# Context\n');
}

function found(
  task: RecordedTask,
  role: 'answers' | AskedRole,
  asked: { readonly prompt: Prompt; readonly runner: string },
): FoundRecording | undefined {
  const list = (Object.hasOwn(task[role], asked.runner) && task[role][asked.runner]) || [];
  const at = list.findIndex(({ when }) => when === null || asked.prompt.text.includes(when));
  const recording = list[at];
  return recording && { key: `${task.id}/${role}/${at}`, recording };
}
