/** Whether a text is one JSON object or array. */
export function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  return parseJson(text) !== undefined;
}

/** Parses JSON, also such that has bare line ends or tabs in its strings; undefined when it is none. */
export function parseLooseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  return parseJson(text) ?? parseJson(escapeControls(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // That a text is no JSON is an answer here, and no failure.
    return undefined;
  }
}

const controls: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** Escapes the controls inside string literals, where JSON forbids them. */
function escapeControls(text: string): string {
  const parts: string[] = [];
  let inString = false;
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') inString = !inString;
    else if (inString && char === '\\') at += 1;
    else if (inString && char in controls) {
      parts.push(text.slice(copied, at), controls[char] ?? '');
      copied = at + 1;
    }
  }
  return parts.join('') + text.slice(copied);
}
