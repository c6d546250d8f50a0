/* heading_split.c - tells title and speakers of a heading apart. */
#include "notes/heading_split.h"

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/lookup.h"
#include "notes/person_name.h"
#include "notes/tables.h"

/* The patterns, with the share of their finds that were right on the notes they were measured on
 * (FEATURES: dash 96 of 100, by 96, pipe 32 of 34), and how name-like the name must be for it. */
typedef struct {
    const char *rule;
    float precision, likeness;
} heading_rule;
static const heading_rule RULE_BY = {"heading-by", 0.96f, 0.12f};
static const heading_rule RULE_DASH = {"heading-dash", 0.96f, 0.55f};
static const heading_rule RULE_DASH_FIRST = {"heading-dash-first", 0.90f, 0.75f};
static const heading_rule RULE_PIPE = {"heading-pipe", 0.94f, 0.30f};
static const heading_rule RULE_PAREN = {"heading-parenthesis", 0.90f, 0.80f};
static const heading_rule RULE_SLASH = {"heading-slash", 0.85f, 0.85f};
static const heading_rule RULE_GLUED = {"heading-dash", 0.85f, 0.80f};
static const heading_rule RULE_COLON = {"heading-colon", 0.85f, 0.80f};
static const heading_rule RULE_BRACKET = {"heading-bracket", 0.90f, 0.60f};
static const heading_rule RULE_COMMA = {"heading-comma", 0.80f, 0.93f};
static const heading_rule RULE_WITH = {"heading-with", 0.90f, 0.70f};
static const heading_rule RULE_NAME = {"heading-name", 0.85f, 0.60f};

/* What is less like a name is none, beside one that is. */
#define NO_NAME_LIKENESS 0.3f
/* So name-like must be a name that stands before a title where somebody surely speaks. */
#define MARKED_LIKENESS 0.5f
/* The same of a name in small letters in parentheses: names score half there. */
#define LOWER_LIKENESS 0.46f
/* "Opening keynote by" is about the longest. */
enum { KIND_BYTES_MAX = 24 };

/* Whether all the names are told by other notes; asks about them. */
static bool confirmed(const splitting *state, const people *who)
{
    bool all = who->count > 0;
    for (size_t i = 0; i < who->count; i++) {
        span key = text_key_with("name:", who->items[i].name, state->memory);
        if (state->asks)
            keys_add(state->asks, state->memory, key);
        all = all && facts_count(state->known, key) > 0;
    }
    return all;
}

static void accept(splitting *state, const people *who, const heading_rule *rule, bool told,
                   span title)
{
    state->out->speakers = *who;
    state->out->rule = rule->rule;
    float sure = rule->precision * (0.7f + 0.3f * who->likeness);
    state->out->confidence = told ? 0.97f : sure;
    state->out->title = title;
}

/* Two or three words each, all with a capital. */
static bool spelled_as_names(const people *who)
{
    for (size_t i = 0; i < who->count; i++) {
        span name = who->items[i].name, word;
        size_t position = 0, words = 0;
        while (word_next(name, &position, &word)) {
            size_t at = 0;
            words++;
            if (!utf8_is_upper(utf8_next(word, &at)))
                return false;
        }
        if (words < 2 || words > 3)
            return false;
    }
    return true;
}

/* Reads `names` as people and takes them when they are name-like enough or told elsewhere. */
static bool try_names(splitting *state, span names, people_trust trust, const heading_rule *rule,
                      span title)
{
    people who;
    people_read(state->tables, names, trust, state->memory, &who);
    if (!who.count || who.foreign)
        return false;
    static const float parts[] = {1, 0.6f, 0.12f};
    float needed = rule->likeness < 1 ? rule->likeness * parts[state->lenience] : rule->likeness;
    if (state->lenience == 2 && who.likeness < rule->likeness * 0.6f && !spelled_as_names(&who))
        return false;
    bool enough = who.likeness >= needed - (who.role && who.likeness > 0.3f ? 0.15f : 0);
    bool told = !enough && who.likeness > 0.03f && confirmed(state, &who);
    if (!enough && !told)
        return false;
    accept(state, &who, rule, told, title);
    return true;
}

static float likeness_of(const splitting *state, span names)
{
    people who;
    people_read(state->tables, names, PEOPLE_DOUBTFUL, state->memory, &who);
    return who.foreign ? 0 : who.likeness;
}

/* Number or kind say that somebody speaks. */
static bool is_marked(const splitting *state)
{
    return state->out->talk_number || state->out->kinds & (HEADING_KEYNOTE | HEADING_LIGHTNING);
}

static bool split_pipes(splitting *state, span text)
{
    span title = SPAN_NONE, names = SPAN_NONE, rest = text;
    float best = 0;
    bool handle = false; /* somebody is named */
    while (rest.length) {
        span cell = span_trim(span_cut(&rest, '|'));
        float likeness = is_handle(cell) ? 0 : likeness_of(state, cell);
        handle = handle || is_handle(cell);
        if (likeness > best) {
            best = likeness;
            names = cell;
        }
    }
    if (best < (handle ? 0.04f : RULE_PIPE.likeness))
        return false;
    rest = text;
    bool attributes = false;
    people who;
    people_read(state->tables, names, PEOPLE_LIKELY, state->memory, &who);
    size_t cells = 0;
    while (rest.length) {
        span cell = span_trim(span_cut(&rest, '|'));
        cells++;
        bool quoted = cell.length > 2 && (cell.at[0] == '"' || cell.at[0] == '\xE2');
        if (cell.at == names.at || is_handle(cell) || !cell.length ||
            time_length(cell) == cell.length)
            continue;
        bool domain = span_find_byte(cell, '.') != SPAN_NOT_FOUND &&
                      span_find_byte(cell, ' ') == SPAN_NOT_FOUND;
        if (!domain && (!title.length || quoted))
            title = cell;
        attributes = true;
    }
    rest = text;
    while (attributes && rest.length) { /* a cell between name and title is the company */
        span cell = span_trim(span_cut(&rest, '|'));
        if (cell.at != names.at && cell.at != title.at && cell.length && !is_handle(cell) &&
            cells > 2)
            ARENA_ADD(state->memory, who.orgs, who.org_count, who.org_capacity, cell);
    }
    accept(state, &who, &RULE_PIPE, false, title);
    return true;
}

/* "Title / Name / Role": as pipes, when there are two. */
static bool split_slashes(splitting *state, span text)
{
    size_t first = span_find(text, SPAN(" / "));
    if (first == SPAN_NOT_FOUND ||
        span_find(span_from(text, first + 3), SPAN(" / ")) == SPAN_NOT_FOUND)
        return false;
    span copy = arena_copy(state->memory, text);
    for (size_t i = 1; i + 1 < copy.length; i++) {
        if (copy.at[i] == '/' && copy.at[i - 1] == ' ' && copy.at[i + 1] == ' ')
            ((char *)copy.at)[i] = '|';
    }
    return split_pipes(state, copy);
}

/* "Dana Byron / Compilers for everyone", or the other way round. */
static bool split_one_slash(splitting *state, span text)
{
    size_t at = span_find(text, SPAN(" / "));
    if (at == SPAN_NOT_FOUND)
        return false;
    span before = span_slice(text, 0, at), behind = span_from(text, at + 3);
    float left = likeness_of(state, before), right = likeness_of(state, behind);
    if (left > right)
        return right < NO_NAME_LIKENESS && word_count(behind) >= 2 &&
               try_names(state, before, PEOPLE_DOUBTFUL, &RULE_SLASH, behind);
    return left < NO_NAME_LIKENESS && word_count(before) >= 2 &&
           try_names(state, behind, PEOPLE_DOUBTFUL, &RULE_SLASH, before);
}

/* "by" in a few languages. Those that stand within names too, or elsewhere, need a sign before
 * them. */
static const char *const by_words[] = {"by ", "von ", "par ", "por ", "av ", "af ", "door "};

/* The length of the word at the begin of the text, 0 for none. */
static size_t by_length(span text, bool any_language)
{
    for (size_t i = 0; i < (any_language ? sizeof by_words / sizeof *by_words : 1); i++) {
        if (span_starts_with_nocase(text, span_of(by_words[i])))
            return span_of(by_words[i]).length;
    }
    return 0;
}

/* "Keynote by Grace Hopper: Compilers for everyone", "Vortrag von Grace Hopper" */
static bool split_kind_by(splitting *state, span text)
{
    for (size_t blank = 0; blank < text.length && blank < KIND_BYTES_MAX; blank++) {
        size_t length = text.at[blank] == ' ' ? by_length(span_from(text, blank + 1), true) : 0;
        span kind = span_slice(text, 0, blank), names = span_from(text, blank + 1 + length);
        if (!length || !(lookup(state->tables->headings, kind, state->memory) & HEADING_KINDS))
            continue;
        size_t colon = span_find(names, SPAN(": "));
        span title = colon == SPAN_NOT_FOUND ? SPAN_NONE : span_from(names, colon + 2);
        return try_names(state, span_slice(names, 0, colon), PEOPLE_LIKELY, &RULE_BY, title) &&
               heading_take_kind(state, kind);
    }
    return false;
}

/* The last " by " with names behind it; of other languages behind a comma: ", von ". */
static bool split_by(splitting *state, span text)
{
    for (size_t i = text.length; i-- > 0;) {
        if (i && !byte_is_space(text.at[i - 1]))
            continue;
        span before = span_trim(span_slice(text, 0, i));
        size_t length = by_length(span_from(text, i), span_ends_with(before, SPAN(",")));
        if (!length)
            continue;
        heading_rule rule = RULE_BY;
        if (span_ends_with(before, SPAN("\"")) || span_ends_with(before, SPAN("\xE2\x80\x9D")))
            rule.likeness = 0.04f; /* behind a title in quotes anything capitalised is a name */
        return try_names(state, span_from(text, i + length), PEOPLE_LIKELY, &rule, before);
    }
    return false;
}

static bool split_dash(splitting *state, span text)
{
    size_t length = 0, first_length = 0;
    size_t last = dash_find_last(text, &length), first = dash_find(text, 0, &first_length);
    if (last == SPAN_NOT_FOUND)
        return false;
    span behind = span_from(text, last + length), before = span_slice(text, 0, first);
    float right = likeness_of(state, behind), left = likeness_of(state, before);
    float least = RULE_DASH_FIRST.likeness * (state->lenience ? 0.6f : 1);
    if (left > right && left >= least &&
        try_names(state, before, PEOPLE_DOUBTFUL, &RULE_DASH_FIRST,
                  span_from(text, first + first_length)))
        return true;
    if (try_names(state, behind, PEOPLE_DOUBTFUL, &RULE_DASH, span_slice(text, 0, last)))
        return true;
    if (first != last &&
        likeness_of(state, span_from(text, first + first_length)) >= RULE_DASH.likeness &&
        try_names(state, span_from(text, first + first_length), PEOPLE_DOUBTFUL, &RULE_DASH,
                  before))
        return true; /* Title - Name - Company */
    heading_rule rule = RULE_DASH_FIRST;
    span title = span_trim(span_from(text, first + first_length));
    if (is_marked(state) && word_count(title) >= 3)
        rule.likeness = MARKED_LIKENESS; /* in "Keynote: Name - Title" somebody speaks */
    return try_names(state, before, PEOPLE_DOUBTFUL, &rule, title);
}

static bool is_lower(span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (byte_is_upper(text.at[i]))
            return false;
    }
    return true;
}

/* Where the parenthesis opens that closes at the end: "Title (Name (@handle))"; 0 for nowhere. */
static size_t last_paren(span text)
{
    size_t at = text.length, deep = 0;
    while (at-- > 0) {
        deep += text.at[at] == ')';
        deep -= text.at[at] == '(' && deep;
        if (!deep)
            return at;
    }
    return 0;
}

static bool split_paren(splitting *state, span text)
{
    if (!text.length || text.at[text.length - 1] != ')')
        return false;
    size_t open = last_paren(text);
    if (!open)
        return false;
    span names = span_slice(text, open + 1, text.length - open - 2);
    heading_rule rule = RULE_PAREN;
    if (is_lower(names))
        rule.likeness = LOWER_LIKENESS; /* half of what it were in capitals */
    return try_names(state, names, PEOPLE_DOUBTFUL, &rule, span_slice(text, 0, open));
}

/* "Compilers for everyone -Grace Hopper" */
static bool split_glued_dash(splitting *state, span text)
{
    for (size_t i = text.length; i-- > 2;) {
        if (text.at[i] == '-' && text.at[i - 1] == ' ' && i + 1 < text.length &&
            text.at[i + 1] != ' ' && text.at[i + 1] != '-')
            return try_names(state, span_from(text, i + 1), PEOPLE_DOUBTFUL, &RULE_GLUED,
                             span_slice(text, 0, i));
    }
    return false;
}

/* "[Rob Pike] Simplicity is complicated", "Simplicity is complicated [Rob Pike]" */
static bool split_bracket(splitting *state, span text)
{
    size_t open =
        text.length && text.at[text.length - 1] == ']' ? span_find_last_byte(text, '[') : 0;
    size_t close = span_find_byte(text, ']');
    if (text.length < 4 || open == SPAN_NOT_FOUND || close == SPAN_NOT_FOUND)
        return false;
    if (open)
        return try_names(state, span_slice(text, open + 1, text.length - open - 2), PEOPLE_DOUBTFUL,
                         &RULE_BRACKET, span_slice(text, 0, open));
    return text.at[0] == '[' && try_names(state, span_slice(text, 1, close - 1), PEOPLE_DOUBTFUL,
                                          &RULE_BRACKET, span_from(text, close + 1));
}

/* "Asking for help, Alex Chan" */
static bool split_comma(splitting *state, span text)
{
    size_t comma = span_find_last_byte(text, ',');
    if (comma == SPAN_NOT_FOUND || word_count(span_slice(text, 0, comma)) < 2)
        return false;
    span names = span_trim(span_from(text, comma + 1));
    return word_count(names) >= 2 &&
           try_names(state, names, PEOPLE_DOUBTFUL, &RULE_COMMA, span_slice(text, 0, comma));
}

/* "Cheryl Hung: 2.66 Million" only where something else says that this is a talk: a colon alone is
 * right 4 to 7 times in 100. */
static bool split_colon(splitting *state, span text)
{
    size_t colon = span_find_byte(text, ':');
    if (colon == SPAN_NOT_FOUND || colon + 1 >= text.length)
        return false;
    span before = span_slice(text, 0, colon);
    float likeness = likeness_of(state, before);
    bool marked = is_marked(state);
    if (likeness < 0.3f || (!marked && !state->lenience && likeness < 0.93f))
        return false;
    heading_rule rule = RULE_COLON;
    bool title = word_count(span_from(text, colon + 1)) >= 2;
    rule.likeness = marked ? rule.likeness : title ? 0.93f : 2;
    return try_names(state, before, PEOPLE_DOUBTFUL, &rule, span_from(text, colon + 1));
}

/* "Keynote with Yehuda Katz and Tom Dale": the whole is how one cites it. */
static bool split_with(splitting *state, span text)
{
    static const char *const words[] = {" with ", " featuring ", " feat. ", " w/ "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = span_find(text, span_of(words[i]));
        if (at != SPAN_NOT_FOUND && try_names(state, span_from(text, at + span_of(words[i]).length),
                                              PEOPLE_DOUBTFUL, &RULE_WITH, text)) {
            heading_take_kind(state, span_slice(text, 0, at));
            return true;
        }
    }
    return false;
}

/* Nothing but names, where number or kind say that it is a talk, or roles or companies stand
 * behind. Two capitalised words alone are a person 5 times in 100. */
static bool only_names(splitting *state, span text)
{
    people who;
    people_read(state->tables, text, PEOPLE_DOUBTFUL, state->memory, &who);
    if (!who.count || who.foreign || who.likeness < 0.4f)
        return false;
    bool marked = is_marked(state) || (who.role && who.likeness > 0.9f);
    bool told = confirmed(state, &who);
    if (!told && (!marked || who.likeness < RULE_NAME.likeness))
        return false;
    accept(state, &who, &RULE_NAME, told, SPAN_NONE);
    return true;
}

static bool first_word_is_kind(splitting *state, span text, span *rest_out)
{
    size_t blank = span_find_byte(text, ' ');
    if (blank == SPAN_NOT_FOUND)
        return false;
    uint32_t senses = lookup(state->tables->headings, span_slice(text, 0, blank), state->memory);
    *rest_out = span_from(text, blank + 1);
    if (!(senses & HEADING_KEYNOTE) || span_starts_with_nocase(*rest_out, SPAN("with ")) ||
        likeness_of(state, *rest_out) < 0.6f)
        return false;
    state->out->kinds |= HEADING_KEYNOTE;
    return true;
}

/* What stands behind the name is in quotes, or longer than any role: "Grace Hopper - Better
 * Compilers Through Engineering What Nobody Wanted". */
static bool has_title_behind(span text, size_t name)
{
    span rest = span_from(text, name);
    if (span_find_byte(rest, '"') != SPAN_NOT_FOUND ||
        span_find(rest, SPAN("\xE2\x80\x9C")) != SPAN_NOT_FOUND)
        return true;
    size_t end = 3;
    while (end < rest.length && rest.at[end] != ',' && rest.at[end] != '|' &&
           !(rest.at[end] == ' ' && end + 1 < rest.length && rest.at[end + 1] == '-'))
        end++;
    return word_count(span_slice(rest, 0, end)) > 6;
}

/* "Dan Kohn - Exec Dir - CNCF": a name, a role, a company, and no title. */
static bool name_and_role(splitting *state, span text)
{
    people who;
    people_read(state->tables, text, PEOPLE_DOUBTFUL, state->memory, &who);
    if (!who.count || who.foreign || !who.job || who.likeness < 0.9f ||
        who.items[0].name.at != text.at || has_title_behind(text, who.items[0].name.length))
        return false;
    accept(state, &who, &RULE_NAME, false, SPAN_NONE);
    return true;
}

bool heading_split(splitting *state, span text)
{
    span rest;
    if (name_and_role(state, text))
        return true;
    if (span_find_byte(text, '|') != SPAN_NOT_FOUND && split_pipes(state, text))
        return true;
    if (split_slashes(state, text) || split_kind_by(state, text))
        return true;
    if (first_word_is_kind(state, text, &rest))
        return only_names(state, rest);
    return split_by(state, text) || split_dash(state, text) || split_paren(state, text) ||
           split_bracket(state, text) || split_colon(state, text) || only_names(state, text) ||
           split_one_slash(state, text) || split_glued_dash(state, text) ||
           split_comma(state, text) || split_with(state, text);
}
