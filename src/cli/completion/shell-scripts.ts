/** The shells that words are completed in. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** A shell that words are completed in. */
export type Shell = (typeof shells)[number];

/**
 * What each shell has to read so that it asks the program for the words: a line for each, with what it is behind a tab.
 * Where the program has none, the shell offers files. Behind `--` the words stand as they are typed.
 */
export const shellScripts: Readonly<Record<Shell, string>> = {
  bash: `_orchestrator() {
  local line words
  words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS= read -r line; do
    [ -n "$line" ] && COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("\${COMP_WORDS[0]}" completion words -- "\${words[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F _orchestrator orchestrator
`,
  zsh: `#compdef orchestrator
_orchestrator() {
  local line
  local -a found
  for line in "\${(@f)$("\${words[1]}" completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n "$line" ]] && found+=("\${\${line//:/\\\\:}/$'\\t'/:}")
  done
  if (( \${#found} )); then _describe -t words orchestrator found; else _files; fi
}
if [ "\${funcstack[1]}" = "_orchestrator" ]; then _orchestrator; else compdef _orchestrator orchestrator; fi
`,
  fish: `function __orchestrator_words
  set -l words (commandline -opc) (commandline -ct)
  $words[1] completion words -- $words[2..-1] 2>/dev/null
end
function __orchestrator_has_words
  count (__orchestrator_words) >/dev/null
end
complete -c orchestrator -e
complete -c orchestrator -n __orchestrator_has_words -f -a '(__orchestrator_words)'
`,
};
