// A runner of the user's own, as a module: it answers with the prompt's last word as code.
export class EchoRunner {
  name = 'echo';

  async execute(prompt) {
    const word = prompt.trim().split(/\s+/).at(-1);
    return `\`\`\`python\nanswer = "${word}"\n\`\`\``;
  }
}

export { EchoRunner as runner };
