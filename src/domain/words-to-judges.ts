/** Words with which a text speaks to whoever judges it, whatever it is about. */
const orders: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|other)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules|candidates?|answers|solutions)\b/i,
  /\b(?:please |always |you must )(?:accept|approve|choose|select|pick|prefer|rate|rank)(?: only)? this (?:answer|solution|code|implementation|candidate|submission)\b/i,
  /\bthis (?:answer|solution|code|implementation) (?:was|has been|is) (?:already )?(?:verified|approved|reviewed|accepted|certified) by\b/i,
];

/** The same, where the task gives no reason to speak of judges and verdicts. */
const roles: readonly RegExp[] = [
  /\b(?:dear|note to|attention|message to)(?: the| all| any)? (?:llm |ai |code )?(?:judges?|reviewers?|validators?|graders?|evaluators?)\b/i,
  /\byou are (?:an?|the) (?:impartial |expert |ai |llm |code )?(?:judge|reviewer|validator|grader|evaluator)\b/i,
  /\b(?:judges?|reviewers?|validators?|graders?|evaluators?)\b[^.\n]{0,20}\b(?:must|should|please|shall)\b[^.\n]{0,30}\b(?:accept|approve|choose|select|pick|prefer|rate|rank)\b[^.\n]{0,20}\b(?:this|my|our|the first) (?:answer|solution|code|implementation|candidate|submission)\b/i,
  /["']?verdict["']?\s*[:=]\s*["']accept["']/i,
  /["']?demanded["']?\s*:\s*["']?[12]\b/i,
];

const aboutOrders = /\b(?:prompt|inject|jailbreak)/i;
const aboutRoles = /\b(?:judg|review|validator|grad(?:e|ing)\b|grader|evaluator|verdict|prompt)/i;

/** The most characters of a text that are looked at. */
const textMaxLength = 200_000;

/**
 * Finds words in an answer that address whoever judges it, such as an order to accept it; undefined where there
 * are none. In an honest answer they have no place, unless the task is about such things.
 */
export function wordsToJudges(text: string, task: string): string | undefined {
  const patterns = [
    ...(aboutOrders.test(task) ? [] : orders),
    ...(aboutRoles.test(task) ? [] : roles),
  ];
  const looked = text.slice(0, textMaxLength);
  return patterns.map((pattern) => pattern.exec(looked)?.[0]).find((found) => found !== undefined);
}
