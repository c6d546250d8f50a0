/* people.c - reads a piece of text that lists people. */
#include "notes/people.h"

#include <string.h>

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/lookup.h"
#include "notes/person_name.h"
#include "notes/tables.h"

/* What stands before a part of the list. */
typedef enum {
    SEP_START,
    SEP_COMMA,
    SEP_AND,
    SEP_SLASH,
    SEP_DASH,
    SEP_PIPE, /* also ; and a line break */
    SEP_PAREN,
    SEP_AT /* at, from, @ */
} separator;

typedef struct {
    separator kind;
    size_t length; /* bytes */
} cut;

static const struct {
    const char *text;
    separator kind;
} separators[] = {
    {", and ", SEP_AND},
    {" and ", SEP_AND},
    {" & ", SEP_AND},
    {" + ", SEP_AND},
    {" et ", SEP_AND},
    {" und ", SEP_AND},
    {" og ", SEP_AND},
    {" och ", SEP_AND},
    {" y ", SEP_AND},
    {" e ", SEP_AND},
    {" with ", SEP_AND},
    {" w/ ", SEP_AND},
    {" from ", SEP_AT},
    {" at ", SEP_AT},
    {" @ ", SEP_AT},
    {" of ", SEP_AT},
    {" von ", SEP_START},
    {" - ", SEP_DASH},
    {" -- ", SEP_DASH},
    {" \xE2\x80\x93 ", SEP_DASH},
    {" \xE2\x80\x94 ", SEP_DASH},
    {" / ", SEP_SLASH},
    {" // ", SEP_DASH},
    {" \xC2\xB7 ", SEP_PIPE},
    {" \xE2\x80\xA2 ", SEP_PIPE},
    {", ", SEP_COMMA},
    {"; ", SEP_PIPE},
    {"|", SEP_PIPE},
    {"\n", SEP_PIPE},
    {";", SEP_PIPE},
    {",", SEP_COMMA},
    {": ", SEP_DASH},
    {"\xE2\x80\x94", SEP_DASH},
};

/* "Sarah Smith. Director of Data": the end of a sentence, not of an initial. */
static bool ends_sentence(span text, size_t at)
{
    return at > 2 && text.at[at] == '.' && at + 1 < text.length && text.at[at + 1] == ' ' &&
           byte_is_alpha(text.at[at - 1]) && byte_is_alpha(text.at[at - 2]) &&
           !byte_is_upper(text.at[at - 1]) && byte_is_alpha(text.at[at - 3]);
}

static bool separator_at(span text, size_t at, cut *out)
{
    char c = text.at[at];
    if (ends_sentence(text, at)) {
        *out = (cut){SEP_COMMA, 2};
        return true;
    }
    if (c != ' ' && c != ',' && c != ';' && c != '|' && c != '\n' && c != ':' && c != '\xE2')
        return false;
    bool handle = at + 3 < text.length && c == ' ' && text.at[at + 1] == '@' &&
                  byte_is_alnum(text.at[at + 2]);
    if (handle) { /* "Grace Hopper @grace" */
        *out = (cut){SEP_COMMA, 1};
        return true;
    }
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        const char *begin = separators[i].text;
        if (begin[0] != c || (begin[1] && at + 1 < text.length && begin[1] != text.at[at + 1]))
            continue;
        span what = span_of(begin);
        if (separators[i].kind != SEP_START && span_starts_with(span_from(text, at), what)) {
            *out = (cut){separators[i].kind, what.length};
            return true;
        }
    }
    return false;
}

/* So name-like must be what stands behind a comma: it may be a company. */
#define COMMA_LIKENESS 0.7f
/* How name-like full names in a list must be: those that make it one, the others, the last. */
#define LISTED_SURE_LIKENESS 0.55f
#define LISTED_LIKENESS      0.08f
#define LAST_LISTED_LIKENESS 0.3f
/* What is left of the doubt in a name that stands in a list of them. */
#define LISTED_DOUBT 0.3f

typedef struct {
    const reader_tables *tables;
    people_trust trust;
    arena *memory;
    people *out;
    bool role_before; /* the last part was a role: an organization may follow */
    bool org_before;
    bool lower; /* the first name is in small letters: so are the others */
    bool last;  /* the part that is read is the last */
    bool list;  /* most parts are spelled and sound like full names */
    size_t parts;
} reading;

static bool begins_upper(span text)
{
    size_t position = 0;
    while (position < text.length) {
        uint32_t c = utf8_next(text, &position);
        if (utf8_class(c) != CHAR_OTHER)
            return utf8_is_upper(c) || utf8_class(c) != CHAR_LETTER;
    }
    return false;
}

static void add_person(reading *state, span name, float likeness)
{
    people *out = state->out;
    person who = {.name = name, .likeness = likeness};
    ARENA_ADD(state->memory, out->items, out->count, out->capacity, who);
    out->likeness = out->count == 1 || likeness < out->likeness ? likeness : out->likeness;
    state->role_before = state->org_before = false;
    if (out->count == 1)
        state->lower = !begins_upper(name);
}

static void add_org(reading *state, span org, bool replace)
{
    people *out = state->out;
    out->role = true;
    if (replace && state->org_before && out->org_count)
        out->org_count--;
    for (size_t i = 0; i < out->org_count; i++) {
        if (span_equal_nocase(out->orgs[i], org))
            return;
    }
    ARENA_ADD(state->memory, out->orgs, out->org_count, out->org_capacity, org);
    state->org_before = true;
}

/* IBM, CERN */
static bool all_capitals(span word)
{
    for (size_t i = 0; i < word.length; i++) {
        if (!byte_is_upper(word.at[i]))
            return false;
    }
    return true;
}

static uint32_t role_senses(const reader_tables *tables, span text, arena *memory)
{
    uint32_t senses = 0;
    size_t position = 0;
    span word;
    while (word_next(text, &position, &word))
        senses |= lookup(tables->roles, word, memory);
    return senses;
}

/* "Grace Hopper", "Ludwig van Beethoven": none of the words is of a role, company or technology.
 */
static bool spelled_in_full(const reading *state, span part)
{
    size_t capitals = 0, others = 0;
    span rest = part, word;
    while (rest.length) {
        word = span_cut(&rest, ' ');
        bool upper = begins_upper(word);
        bool particle = lookup(state->tables->roles, word, state->memory) & WORD_PARTICLE;
        capitals += upper;
        others += word.length && !upper && !particle;
        if (upper && word.length > 2 && all_capitals(word))
            return false;
    }
    return capitals >= 2 && capitals <= 3 && !others &&
           !(role_senses(state->tables, part, state->memory) & (WORD_ROLE | WORD_ORG)) &&
           technology_canonical(state->tables->technologies, part) == TECHNOLOGY_NONE;
}

static bool is_noise(const reading *state, span part)
{
    size_t position = 0;
    date_find date;
    if (!part.length || span_find(part, SPAN("://")) != SPAN_NOT_FOUND ||
        span_starts_with_nocase(part, SPAN("www.")) || time_length(part) == part.length)
        return true;
    if (part.at[0] != '@' && span_find_byte(part, '@') != SPAN_NOT_FOUND &&
        span_find_byte(part, ' ') == SPAN_NOT_FOUND)
        return true; /* a mail address */
    return date_next(state->tables->calendar, part, &position, &date) || year_find(part);
}

static float name_threshold(const reading *state, separator before)
{
    bool labelled = state->trust == PEOPLE_LABELLED;
    switch (before) {
    case SEP_START: return labelled ? 0 : 0.05f;
    case SEP_SLASH:
    case SEP_AND: return state->role_before || state->org_before ? 0.5f : labelled ? 0.03f : 0.12f;
    case SEP_PIPE: return labelled ? 0.4f : 0.5f;
    case SEP_COMMA:
        return labelled && !state->out->role ? (state->lower ? 0.25f : 0.5f) : COMMA_LIKENESS;
    case SEP_DASH: return 0.93f;
    default: return 2;
    }
}

/* Splits "Facebook/Mobify" into two companies. */
static void add_orgs(reading *state, span part, bool replace)
{
    while (part.length) {
        span org = span_trim(span_cut(&part, '/'));
        if (org.length > 1 && org.length < 60)
            add_org(state, org, replace);
        replace = false;
    }
}

static span clean_org(const reading *state, span part)
{
    part = name_clean(state->tables, part, state->memory);
    static const char *const begins[] = {"the ",        "formerly ", "former ",
                                         "previously ", "now at ",   "ex-"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        bool own = i == 0 && part.length && part.at[0] == 'T'; /* The Atlantic */
        if (!own && span_starts_with_nocase(part, span_of(begins[i])))
            part = span_trim(span_from(part, span_of(begins[i]).length));
    }
    size_t handle = span_find(part, SPAN(" @"));
    if (handle != SPAN_NOT_FOUND)
        part = span_slice(part, 0, handle);
    static const char *const stops[] = {" and ", " for ", " who ", " but ", " where ", " working "};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = span_find(part, span_of(stops[i]));
        if (at != SPAN_NOT_FOUND && !begins_upper(span_from(part, at + span_of(stops[i]).length)))
            part = span_slice(part, 0, at);
    }
    return part;
}

/* "Inc." behind a comma belongs to the company before it. */
static bool is_legal_form(span part)
{
    static const char *const forms[] = {"inc",  "inc.", "llc",   "ltd", "ltd.",
                                        "gmbh", "corp", "corp.", "ag",  "co."};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (span_equal_nocase(part, span_of(forms[i])))
            return true;
    }
    return false;
}

/* The first one behind a name is the person's own; "@acme" behind it may be the company's. */
static void take_handle(people *out, span part)
{
    person *last = out->count ? &out->items[out->count - 1] : NULL;
    if (last && !last->handle.length && !is_handle(last->name))
        last->handle = part;
    out->role = true;
}

/* A part behind a name that is none itself: a role, a company, a handle or something foreign. */
static void read_attribute(reading *state, span part, separator before)
{
    people *out = state->out;
    if (is_handle(part)) {
        take_handle(out, part);
        return;
    }
    if (part.at[0] == '@') { /* "@grace Univac" */
        take_handle(out, span_cut(&part, ' '));
        before = SEP_COMMA;
        if (!begins_upper(part))
            return; /* "@grace gh": where the handle is from */
    }
    if (is_legal_form(part)) {
        if (state->org_before && out->org_count) {
            span *org = &out->orgs[out->org_count - 1];
            *org = span_between(org->at, part.at + part.length);
        }
        return;
    }
    uint32_t senses = role_senses(state->tables, part, state->memory);
    bool joined = before == SEP_AND || (before == SEP_SLASH && !(senses & WORD_ORG));
    if (before == SEP_SLASH && joined && out->role)
        return; /* "grace hopper / @grace / navy" */
    if (joined && state->trust == PEOPLE_DOUBTFUL && !state->org_before) {
        out->foreign = true;
        return;
    }
    if (before == SEP_AT)
        part = clean_org(state, part);
    size_t words = word_count(part);
    if (senses & WORD_ROLE && before != SEP_AT &&
        !(senses & WORD_ORG && begins_upper(part) && words < 6 && before == SEP_PAREN)) {
        out->role = out->job = state->role_before = true;
        return;
    }
    if (before == SEP_PAREN && words >= 3 && !state->lower && !begins_upper(part))
        return; /* a remark */
    bool short_org = state->out->likeness > 0.9f && words <= 2 && before == SEP_COMMA;
    bool org_like = short_org || begins_upper(part) || before == SEP_PAREN || before == SEP_AT ||
                    span_find_byte(part, '.') != SPAN_NOT_FOUND || state->trust == PEOPLE_LABELLED;
    if (words >= 1 && words <= 7 && org_like)
        add_orgs(state, clean_org(state, part), before != SEP_PAREN);
    else
        out->foreign = true;
}

static bool is_vague(span part)
{
    return span_starts_with_nocase(part, SPAN("some ")) ||
           span_starts_with_nocase(part, SPAN("someone")) ||
           span_starts_with_nocase(part, SPAN("somebody")) ||
           span_equal_nocase(part, SPAN("unknown")) || span_equal_nocase(part, SPAN("various")) ||
           span_equal_nocase(part, SPAN("tba")) || span_equal_nocase(part, SPAN("tbd")) ||
           span_equal_nocase(part, SPAN("n/a")) || span_equal(part, SPAN("?")) ||
           span_starts_with_nocase(part, SPAN("two ")) ||
           span_starts_with_nocase(part, SPAN("three ")) ||
           span_starts_with_nocase(part, SPAN("people")) ||
           span_starts_with_nocase(part, SPAN("folks")) ||
           span_starts_with_nocase(part, SPAN("a "));
}

/* How sure the reading is that a part of a list is a name: more than by the part alone. A company
 * at the end would be spelled alike, so the last part needs more. */
static float listed_likeness(const reading *state, span part, float likeness, separator before)
{
    bool last = state->last && before == SEP_COMMA;
    bool listed = state->list && !state->out->role && before <= SEP_SLASH &&
                  likeness >= (last ? LAST_LISTED_LIKENESS : LISTED_LIKENESS) &&
                  spelled_in_full(state, part);
    return listed ? 1 - (1 - likeness) * LISTED_DOUBT : likeness;
}

static void read_part(reading *state, span part, separator before)
{
    part = name_clean(state->tables, part, state->memory);
    if (is_noise(state, part))
        return;
    bool first = state->parts++ == 0;
    if (is_handle(part) && (first || (before == SEP_AND && !state->out->role))) {
        add_person(state, part, 0.5f);
        return;
    }
    float likeness = name_likeness(state->tables, part, state->memory);
    likeness = listed_likeness(state, part, likeness, before);
    float threshold = name_threshold(state, first ? SEP_START : before);
    bool role_only =
        likeness < 0.05f && role_senses(state->tables, part, state->memory) & WORD_ROLE;
    bool labelled_first = first && state->trust == PEOPLE_LABELLED && word_count(part) <= 5 &&
                          !role_only && !byte_is_digit(part.at[0]);
    if (is_vague(part))
        state->role_before = true;
    else if (before != SEP_PAREN && (labelled_first || (likeness > 0 && likeness >= threshold)))
        add_person(state, part, likeness);
    else if (state->out->count || state->role_before ||
             (role_only && first && state->trust == PEOPLE_LABELLED))
        read_attribute(state, part, first ? SEP_START : before);
    else
        state->out->foreign = true;
}

/* Cuts "(...)" out of the text at its begin; the length with both marks, 0 when there is none. */
static size_t paren_length(span text)
{
    char close = text.at[0] == '(' ? ')' : text.at[0] == '[' ? ']' : 0;
    size_t end = close ? span_find_byte(text, close) : SPAN_NOT_FOUND;
    return end == SPAN_NOT_FOUND ? 0 : end + 1;
}

static bool begins_plus(span text)
{
    return span_starts_with(text, SPAN("+ ")) || span_starts_with(text, SPAN("& ")) ||
           span_starts_with_nocase(text, SPAN("and ")) ||
           span_starts_with_nocase(text, SPAN("with "));
}

static bool splits_paren(span at, cut found)
{
    return found.kind != SEP_AND && !span_starts_with(at, SPAN(" of "));
}

static void read_paren(reading *state, span inside)
{
    if (begins_plus(inside)) { /* Eli Zoller (+ Sarah Sweeney) */
        read_part(state, span_from(inside, span_find_byte(inside, ' ')), SEP_AND);
        return;
    }
    separator before = SEP_PAREN;
    while (inside.length) {
        size_t i = 0;
        cut found = {SEP_PAREN, 0};
        while (i < inside.length &&
               !(separator_at(inside, i, &found) && splits_paren(span_from(inside, i), found)))
            i++;
        read_part(state, span_slice(inside, 0, i), before);
        before = i < inside.length && found.kind == SEP_AT ? SEP_AT : SEP_PAREN;
        inside = span_from(inside, i + (i < inside.length ? found.length : 0));
    }
}

/* "of" parts a name from its company only behind a plain name: not "Head of AI". */
static bool separates(const reading *state, span text, size_t begin, size_t at, cut found)
{
    span before = span_slice(text, begin, at - begin);
    bool of = found.length == 4 && span_starts_with(span_from(text, at), SPAN(" of "));
    if (of)
        return name_likeness(state->tables, span_trim(before), state->memory) > 0.5f;
    if (found.kind == SEP_AND && !state->out->count && state->role_before)
        return false; /* someone from Weights & Biases */
    if (span_starts_with(span_from(text, at), SPAN(" y ")) ||
        span_starts_with(span_from(text, at), SPAN(" e "))) { /* "José Ortega y Gasset" is one */
        span behind = span_from(text, at + 3);
        return name_likeness(state->tables, span_trim(before), state->memory) >= 0.3f &&
               name_likeness(state->tables, behind, state->memory) >= 0.3f;
    }
    if (found.kind == SEP_AND && state->out->count) /* "AI & Machine Learning" in a role */
        return !(role_senses(state->tables, before, state->memory) & WORD_ROLE) ||
               begins_upper(span_from(text, at + found.length));
    return true;
}

static bool is_leading_word(span *text)
{
    static const char *const words[] = {"by ",       "with ", "presented by ", "from ", "given by ",
                                        "speaker: ", "w/ "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (span_starts_with_nocase(*text, span_of(words[i]))) {
            *text = span_trim(span_from(*text, span_of(words[i]).length));
            return true;
        }
    }
    return false;
}

/* "Michael (Stu) Stewart": one word between two. */
static bool is_nickname(span text, size_t begin, size_t at, size_t length)
{
    span before = span_trim(span_slice(text, begin, at - begin)),
         behind = span_from(text, at + length);
    return word_count(span_slice(text, at, length)) == 1 && word_count(before) == 1 &&
           behind.length > 2 && behind.at[0] == ' ' && byte_is_upper(behind.at[1]);
}

/* The next part of a list from *position on, without what stands in parentheses behind it. */
static span next_part(span text, size_t *position, separator *before)
{
    size_t begin = *position, i = begin;
    cut found = {0};
    while (i < text.length && !separator_at(text, i, &found)) {
        size_t paren = paren_length(span_from(text, i));
        i += paren ? paren : 1;
    }
    span part = span_slice(text, begin, i - begin);
    *position = i + (i < text.length ? found.length : 0);
    *before = found.kind;
    return part;
}

/* "Ada Byron, Betty Jennings, Quilla Vexler": most of three parts and more sound like full names.
 * Of two the second is a company as often, "Ada Byron, Weill Cornell", unless it is surely a name,
 * stands behind "and", or the company follows. */
static bool lists_people(const reading *state, span text)
{
    size_t position = 0, parts = 0, names = 0;
    separator before = SEP_START, next;
    bool second_is_name = false;
    for (; position < text.length; before = next) {
        span part = name_clean(state->tables, next_part(text, &position, &next), state->memory);
        if (!part.length || before > SEP_SLASH) {
            second_is_name = second_is_name || before == SEP_AT;
            continue;
        }
        float likeness = name_likeness(state->tables, part, state->memory);
        parts++;
        names += likeness >= LISTED_SURE_LIKENESS && spelled_in_full(state, part);
        second_is_name = before > SEP_COMMA || (before == SEP_COMMA && likeness >= COMMA_LIKENESS);
    }
    return parts == 2 ? names == 2 && second_is_name : parts > 2 && names * 2 > parts;
}

/* Nobody lists more people in more text; what is longer is prose. */
enum { LIST_BYTES_MAX = 600 };

void people_read(const reader_tables *tables, span text, people_trust trust, arena *memory,
                 people *people_out)
{
    *people_out = (people){0};
    reading state = {.tables = tables, .trust = trust, .memory = memory, .out = people_out};
    text = span_trim(text);
    while (is_leading_word(&text))
        ;
    if (text.length > LIST_BYTES_MAX) {
        people_out->foreign = true;
        return;
    }
    state.list = lists_people(&state, text);
    separator before = SEP_START;
    size_t begin = 0, i = 0;
    while (i < text.length) {
        cut found;
        size_t paren = paren_length(span_from(text, i));
        if (paren && is_nickname(text, begin, i, paren)) {
            i += paren;
        } else if (paren) {
            read_part(&state, span_slice(text, begin, i - begin), before);
            read_paren(&state, span_slice(text, i + 1, paren - 2));
            i = begin = i + paren;
            before = SEP_PAREN;
        } else if (separator_at(text, i, &found) && separates(&state, text, begin, i, found)) {
            read_part(&state, span_slice(text, begin, i - begin), before);
            i = begin = i + found.length;
            before = found.kind;
        } else {
            i++;
        }
    }
    state.last = true;
    read_part(&state, span_slice(text, begin, i - begin), before);
}
