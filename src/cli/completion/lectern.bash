# bash completion for lectern
_lectern() {
    local line="${COMP_LINE:0:COMP_POINT}" current candidate quoted breaks='' strange=''
    local -a words
    read -r -a words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    line="${words[${#words[@]} - 1]}"
    current="${line#[\"\']}"
    words[${#words[@]} - 1]="$current"
    # bash replaces only what follows the last character that it breaks words at; a quote holds all
    [[ $current == "$line" ]] && breaks="${current%"${current##*["$COMP_WORDBREAKS"]}"}"
    COMPREPLY=()
    while IFS=$'\t' read -r candidate _; do
        if [[ $candidate == :files ]]; then
            compopt -o default 2>/dev/null
            continue
        fi
        [[ $candidate == *[:=,] ]] && compopt -o nospace 2>/dev/null
        [[ ${candidate,,} == "${current,,}"* ]] || strange=1
        candidate="${candidate#"$breaks"}"
        quoted="$candidate"
        [[ $current == "$line" ]] && printf -v quoted '%q' "$candidate"
        COMPREPLY+=("$quoted")
    done < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
    # what they have in common would take the place of what was typed: they are only listed
    [[ $strange && ${#COMPREPLY[@]} -gt 1 ]] && COMPREPLY+=(' ')
    return 0
}
complete -F _lectern lectern
