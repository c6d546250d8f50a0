#compdef lectern
# zsh completion for lectern
_lectern() {
    local candidate about typed="${(Q)PREFIX}" strange=
    local -a open closed open_shown closed_shown
    while IFS=$'\t' read -r candidate about; do
        if [[ $candidate == :files ]]; then
            _files
            continue
        fi
        [[ ${(L)candidate} == ${(L)typed}* ]] || strange=1
        if [[ $candidate == *[:=,] ]]; then
            open+=("$candidate")
            open_shown+=("$candidate${about:+  -- $about}")
        else
            closed+=("$candidate")
            closed_shown+=("$candidate${about:+  -- $about}")
        fi
    done < <("$words[1]" complete -- "${(@)words[2,CURRENT-1]}" "$typed" 2>/dev/null)
    # what matches is decided already: -U takes the candidates as they are
    (( $#closed )) && compadd -U -l -d closed_shown -a closed
    (( $#open )) && compadd -U -l -S '' -d open_shown -a open
    # what they have in common would take the place of what was typed: they are only listed
    if [[ -n $strange ]] && (( $#closed + $#open > 1 )); then
        compstate[insert]=
        compstate[list]='list force'
    fi
    return 0
}
if [[ $funcstack[1] == _lectern ]]; then
    _lectern "$@"
else
    compdef _lectern lectern
fi
