# bash completion for taizhang: the program itself says what fits.
# Load it with:  source <(taizhang completion bash)
_taizhang() {
  local i word last=-1 IFS=$'\n'
  local -a words=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]//[\"\']/}
    # bash takes --lang=zh and team_weak=是 apart into three words.
    if ((last >= 0)) && { [[ $word == = ]] || [[ ${words[last]} == *= ]]; }; then
      words[last]+=$word
    else
      words+=("$word")
      last=$((last + 1))
    fi
  done
  mapfile -t COMPREPLY < <("${COMP_WORDS[0]/#\~/$HOME}" __complete -- "${words[@]}" 2>/dev/null)
  for i in "${!COMPREPLY[@]}"; do
    word=${COMPREPLY[i]%%$'\t'*}
    [[ ${words[last]} == *=* ]] && word=${word#*=}
    [[ $word == *[[:space:]\$\`\\\(\)\&\;\<\>\|*?]* ]] && word=\'$word\'
    COMPREPLY[i]=$word
  done
  # A folder, or a question without its answer, is only half of the word.
  if ((${#COMPREPLY[@]})) && [[ ${COMPREPLY[0]} == *[/=] ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -o default -o nosort -F _taizhang taizhang
