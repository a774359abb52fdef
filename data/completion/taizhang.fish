# fish completion for taizhang: the program itself says what fits.
# Load it with:  taizhang completion fish | source
function __taizhang_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($typed[1] __complete -- $typed[2..-1] "$current" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c taizhang -f -k -a '(__taizhang_complete)'
