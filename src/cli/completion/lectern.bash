# bash completion for lectern
_lectern() {
    local line="${COMP_LINE:0:COMP_POINT}" current candidate quoted breaks
    local -a words
    read -r -a words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    current="${words[${#words[@]} - 1]}"
    # bash replaces only what follows the last character that it breaks words at
    breaks="${current%"${current##*["$COMP_WORDBREAKS"]}"}"
    COMPREPLY=()
    while IFS=$'\t' read -r candidate _; do
        if [[ $candidate == :files ]]; then
            compopt -o default 2>/dev/null
            continue
        fi
        [[ $candidate == *[:=,] ]] && compopt -o nospace 2>/dev/null
        candidate="${candidate#"$breaks"}"
        printf -v quoted '%q' "$candidate"
        COMPREPLY+=("$quoted")
    done < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
}
complete -F _lectern lectern
