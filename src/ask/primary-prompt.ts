import type { Prompt } from '../domain/runner.ts';
import type { SourceFile, Task } from '../domain/task.ts';
import { fenced } from '../lib/fenced.ts';

const system = `You are an expert software engineer. Answer the task with complete, working code.
Put each file in one fenced code block with its language, and write the file's path on the line before the block when there is more than one file.
Do not leave parts out and do not use placeholders. Keep explanations short. If the task asks for a design rather than code, answer in Markdown.
You cannot run tools, read files or ask questions: everything you need is in the task.`;

/** What a primary is told: the task word for word, then the files given as context. */
export function primaryPrompt(task: Task): Prompt {
  const context = task.context.map(contextFile);
  const text = context.length === 0 ? task.text : [task.text, '# Context', ...context].join('\n\n');
  return { system, text };
}

function contextFile({ path, text }: SourceFile): string {
  return `${path}\n${fenced(text, null)}`;
}
