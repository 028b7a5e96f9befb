/** Whether a message has what was seen in it, so that it need not be shown once more. */
export function says(message: string, witness: string): boolean {
  return message.toLowerCase().includes(witness.toLowerCase());
}
