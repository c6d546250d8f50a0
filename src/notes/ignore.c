#include "notes/ignore.h"

#include <stdlib.h>
#include <string.h>

struct ignore_rule {
    span pattern;     /* without `!`, leading and trailing slash */
    bool take_back;   /* `!` */
    bool folder_only; /* trailing slash */
    bool anchored;    /* matches the path from the rule's folder, else the name alone */
    bool literal;     /* no special characters at all: compared as it is */
    bool ending;      /* `*.ext` without further special characters */
};

/* ---- patterns ---- */

static bool in_named_class(span name, unsigned char c)
{
    char byte = (char)c;
    if (span_equal(name, SPAN("alpha")))
        return byte_is_alpha(byte);
    if (span_equal(name, SPAN("digit")))
        return byte_is_digit(byte);
    if (span_equal(name, SPAN("alnum")))
        return byte_is_alnum(byte);
    if (span_equal(name, SPAN("upper")))
        return byte_is_upper(byte);
    if (span_equal(name, SPAN("lower")))
        return c >= 'a' && c <= 'z';
    if (span_equal(name, SPAN("space")))
        return byte_is_space(byte);
    if (span_equal(name, SPAN("xdigit")))
        return byte_is_digit(byte) || (byte_lower(byte) >= 'a' && byte_lower(byte) <= 'f');
    if (span_equal(name, SPAN("punct")))
        return c > ' ' && c < 0x7f && !byte_is_alnum(byte);
    return false;
}

static unsigned char class_byte(span pattern, size_t *at)
{
    if (pattern.at[*at] == '\\' && *at + 1 < pattern.length)
        (*at)++;
    return (unsigned char)pattern.at[(*at)++];
}

/* One of the things in brackets: a named class, a range or a byte. */
static bool class_item(span pattern, size_t *at, unsigned char c)
{
    span rest = span_from(pattern, *at);
    if (span_starts_with(rest, SPAN("[:"))) {
        size_t end = span_find(rest, SPAN(":]"));
        if (end != SPAN_NOT_FOUND) {
            *at += end + 2;
            return in_named_class(span_slice(rest, 2, end - 2), c);
        }
    }
    unsigned char low = class_byte(pattern, at), high = low;
    if (*at + 1 < pattern.length && pattern.at[*at] == '-' && pattern.at[*at + 1] != ']') {
        (*at)++;
        high = class_byte(pattern, at);
    }
    return low <= c && c <= high;
}

/* Matches a bracket expression at *at against c and moves *at behind it. An unclosed bracket
 * matches nothing, as in git. */
static bool class_match(span pattern, size_t *at, unsigned char c)
{
    size_t i = *at + 1;
    bool found = false, negated = i < pattern.length && strchr("!^", pattern.at[i]) != NULL;
    i += negated;
    for (bool first = true; i < pattern.length && (first || pattern.at[i] != ']'); first = false)
        found |= class_item(pattern, &i, c);
    bool closed = i < pattern.length;
    *at = closed ? i + 1 : pattern.length;
    return closed && found != negated && c != '/';
}

/* Length of a run of stars at `at` that crosses folders: it stands between slashes or the ends. */
static bool crosses_folders(span pattern, size_t at, size_t stars)
{
    bool before = at == 0 || pattern.at[at - 1] == '/';
    bool behind = at + stars == pattern.length || pattern.at[at + stars] == '/';
    return stars >= 2 && before && behind;
}

static size_t count_stars(span pattern, size_t at)
{
    size_t stars = 0;
    while (at + stars < pattern.length && pattern.at[at + stars] == '*')
        stars++;
    return stars;
}

/* reached[i]: the pattern so far matches the first i bytes of the text. Each step of the pattern
 * turns one such row into the next; no backtracking, so no pattern is slow. */

static void step_star(char *reached, span text)
{
    for (size_t i = 0; i < text.length; i++)
        reached[i + 1] |= (char)(reached[i] && text.at[i] != '/');
}

/* `**` and the slash behind it: any number of whole folders; at the end of the pattern all that is
 * below. */
static void step_folders(char *reached, span text, bool last)
{
    bool open = false;
    for (size_t i = 0; i <= text.length; i++) {
        bool begins = i == 0 || text.at[i - 1] == '/';
        bool below = open && i == text.length;
        open |= reached[i] && begins;
        reached[i] = (char)(last ? below : open && begins);
    }
}

static size_t element_end(span pattern, size_t at)
{
    if (pattern.at[at] == '[')
        class_match(pattern, &at, 0);
    else
        at += pattern.at[at] == '\\' && at + 1 < pattern.length ? 2 : 1;
    return at;
}

static bool element_matches(span pattern, size_t at, char c)
{
    switch (pattern.at[at]) {
    case '?': return c != '/';
    case '[': return class_match(pattern, &at, (unsigned char)c);
    case '\\': return c == pattern.at[at + (at + 1 < pattern.length)];
    default: return c == pattern.at[at];
    }
}

static void step_byte(char *reached, span text, span pattern, size_t at)
{
    for (size_t i = text.length; i-- > 0;)
        reached[i + 1] = (char)(reached[i] && element_matches(pattern, at, text.at[i]));
    reached[0] = 0;
}

bool ignore_glob(span pattern, span text)
{
    char few[512], *reached = text.length < sizeof few ? few : xmalloc(text.length + 1);
    memset(reached, 0, text.length + 1);
    reached[0] = 1;
    for (size_t at = 0; at < pattern.length;) {
        size_t stars = count_stars(pattern, at);
        if (stars && crosses_folders(pattern, at, stars)) {
            bool last = at + stars == pattern.length;
            step_folders(reached, text, last);
            at += stars + !last;
        } else if (stars) {
            step_star(reached, text);
            at += stars;
        } else {
            step_byte(reached, text, pattern, at);
            at = element_end(pattern, at);
        }
    }
    bool whole = reached[text.length];
    if (reached != few)
        free(reached);
    return whole;
}

/* ---- rules ---- */

static bool is_special(span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (strchr("*?[\\", text.at[i]))
            return true;
    return false;
}

/* Trailing blanks don't count unless the last is escaped. */
static span without_trailing_blanks(span line)
{
    while (line.length && (line.at[line.length - 1] == ' ' || line.at[line.length - 1] == '\t')) {
        size_t backslashes = 0;
        while (backslashes + 1 < line.length && line.at[line.length - 2 - backslashes] == '\\')
            backslashes++;
        if (backslashes % 2)
            break;
        line.length--;
    }
    return line;
}

static void add_rule(span line, arena *memory, ignore_rules *to)
{
    ignore_rule rule = {0};
    line = without_trailing_blanks(line);
    if (!line.length || line.at[0] == '#')
        return;
    if (line.at[0] == '!') {
        rule.take_back = true;
        line = span_from(line, 1);
    }
    if (line.length && line.at[line.length - 1] == '/') {
        rule.folder_only = true;
        line.length--;
    }
    rule.anchored = span_find_byte(line, '/') != SPAN_NOT_FOUND;
    if (line.length && line.at[0] == '/')
        line = span_from(line, 1);
    if (!line.length)
        return;
    rule.pattern = arena_copy(memory, line);
    rule.literal = !is_special(line);
    rule.ending = !rule.anchored && line.at[0] == '*' && !is_special(span_from(line, 1));
    ARENA_ADD(memory, to->items, to->count, to->capacity, rule);
}

void ignore_parse(span content, arena *memory, ignore_rules *to)
{
    if (span_starts_with(content, SPAN("\xEF\xBB\xBF")))
        content = span_from(content, 3);
    while (content.length)
        add_rule(span_cut_line(&content), memory, to);
}

static bool rule_matches(const ignore_rule *rule, span path, span name, bool is_folder)
{
    span text = rule->anchored ? path : name;
    if (rule->folder_only && !is_folder)
        return false;
    if (rule->literal)
        return span_equal(rule->pattern, text);
    if (rule->ending)
        return span_ends_with(text, span_from(rule->pattern, 1));
    return ignore_glob(rule->pattern, text);
}

ignore_verdict ignore_match(const ignore_rules *rules, span path, bool is_folder)
{
    size_t slash = span_find_last_byte(path, '/');
    span name = slash == SPAN_NOT_FOUND ? path : span_from(path, slash + 1);
    for (size_t i = rules->count; i-- > 0;)
        if (rule_matches(&rules->items[i], path, name, is_folder))
            return rules->items[i].take_back ? IGNORE_NO : IGNORE_YES;
    return IGNORE_UNDECIDED;
}
