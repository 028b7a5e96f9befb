const anyOrder =
  /\b(?:in|with) any order\b|\border (?:of [\w ]{1,40} )?(?:does not|doesn't|is not|isn't) (?:matter|important)\b|\bregardless of (?:the )?order\b/i;

/** Whether a task leaves the order of the items in a list open. */
export function isAnyOrder(text: string): boolean {
  return anyOrder.test(text);
}
