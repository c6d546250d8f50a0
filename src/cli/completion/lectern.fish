# fish completion for lectern
function __lectern_candidates
    set -l words (commandline -opc) (commandline -ct | string trim -l -c \'\")
    $words[1] complete -- $words[2..-1] 2>/dev/null
end
function __lectern_wants_files
    __lectern_candidates | string match -q ':files'
end
complete -c lectern -f -a '(__lectern_candidates | string match -v ":files")'
complete -c lectern -n __lectern_wants_files -F
