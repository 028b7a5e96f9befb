/** The shells that words are completed in. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** A shell that words are completed in. */
export type Shell = (typeof shells)[number];

/**
 * What each shell has to read so that it asks the program for the words: a line for each, with what it is behind a tab.
 * Where the program has none, the shell offers files. Behind `--` the words stand as they are typed.
 */
export const shellScripts: Readonly<Record<Shell, string>> = {
  // Bash parts words at = and @ as well, and puts what is found in the place of the last part, which it calls $2.
  bash: `_orchestrator() {
  local line start typed word rest=$COMP_LINE last=-1
  local -a words=()
  for word in "\${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if (( last < 0 )) || [[ $rest == [[:space:]]* ]]; then last=$((last + 1)); fi
    words[last]+=$word
    rest=\${rest#"\${rest%%[![:space:]]*}"}
    rest=\${rest#"$word"}
  done
  typed=\${words[last]}
  words[last]=\${typed//[\\"\\'\\\\]/}
  start=\${words[last]%"\${2//\\\\/}"}
  COMPREPLY=()
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    [[ $typed == @* ]] && printf -v line '@%q' "\${line#@}"
    [ -n "$line" ] && COMPREPLY+=("\${line#"$start"}")
  done < <("\${words[0]}" completion words -- "\${words[@]:1}" 2>/dev/null)
  if [[ \${words[last]} == @* ]]; then compopt +o bashdefault +o default 2>/dev/null; fi
  if [[ \${COMPREPLY[0]-} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o bashdefault -o default -F _orchestrator orchestrator
`,
  zsh: `#compdef orchestrator
_orchestrator() {
  local line
  local -a found folders
  for line in "\${(@f)$("\${words[1]}" completion words -- "\${(@)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}"; do
    line="\${\${line//:/\\\\:}/$'\\t'/:}"
    if [[ "$line" == @*/ ]]; then folders+=("$line"); elif [[ -n "$line" ]]; then found+=("$line"); fi
  done
  if (( \${#found} + \${#folders} )); then
    _describe -t words orchestrator found -- folders -S ''
  else
    [[ "$PREFIX" == --*=* ]] && compset -P '*='
    _files
  fi
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
