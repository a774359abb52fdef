#compdef taizhang
# zsh completion for taizhang: the program itself says what fits.
# Save it as _taizhang in a folder of $fpath, or load it with:  source <(taizhang completion zsh)
_taizhang() {
  local line word
  local -a found whole whole_shown half half_shown
  found=("${(@f)$("${(Q)words[1]/#\~/$HOME}" __complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  for line in "${found[@]}"; do
    word=${line%%$'\t'*}
    [[ -n $word ]] || continue
    line=${line/$'\t'/  -- }
    # A folder, or a question without its answer, is only half of the word.
    if [[ $word == *[/=] ]]; then
      half+=("$word") half_shown+=("$line")
    else
      whole+=("$word") whole_shown+=("$line")
    fi
  done
  if (( ! ${#whole} && ! ${#half} )); then
    _files
    return
  fi
  (( ${#half} )) && compadd -V places -S '' -l -d half_shown -a half
  (( ${#whole} )) && compadd -V words -l -d whole_shown -a whole
}
if [[ ${funcstack[1]} == _taizhang ]]; then
  _taizhang "$@"
elif (( $+functions[compdef] )); then
  compdef _taizhang taizhang
fi
