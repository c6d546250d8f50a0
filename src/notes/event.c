/* event.c - which event is it, as one would cite it. */
#include "notes/event.h"

#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/lookup.h"
#include "notes/tables.h"

enum { PHRASE_WORDS_MAX = 5, NAME_WORDS_MAX = 16 };

typedef struct {
    span raw[NAME_WORDS_MAX]; /* as written */
    span key[NAME_WORDS_MAX];
    bool apart[NAME_WORDS_MAX]; /* a comma or parenthesis stands before it */
    size_t count;
} name_words;

span slug_words(span slug, arena *memory)
{
    span copy = arena_copy(memory, slug);
    char *at = (char *)copy.at;
    for (size_t i = 0; i < copy.length; i++) {
        if (at[i] == '_' || at[i] == '-' || at[i] == '+' || at[i] == '=')
            at[i] = ' ';
    }
    return span_trim(copy);
}

static bool has_upper(span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (byte_is_upper(text.at[i]))
            return true;
    }
    return false;
}

static bool is_year_key(span key)
{
    return year_find(key) && key.length == 4;
}

/* Splits "KubeCon2017" before its year. */
static void words_add(name_words *to, span word, span key, bool apart, arena *memory)
{
    size_t letters = word.length;
    while (letters && byte_is_digit(word.at[letters - 1]))
        letters--;
    bool glued = letters && word.length - letters == 4 && year_find(span_from(word, letters));
    span pieces[2] = {glued ? span_slice(word, 0, letters) : word,
                      glued ? span_from(word, letters) : SPAN_NONE};
    for (size_t i = 0; i < 2; i++) {
        if (pieces[i].length && to->count < NAME_WORDS_MAX) {
            to->raw[to->count] = pieces[i];
            to->apart[to->count] = apart && i == 0;
            to->key[to->count++] = glued ? text_key(pieces[i], memory) : key;
        }
    }
}

static void words_split(span text, name_words *out, arena *memory)
{
    size_t begin = 0;
    bool apart = false;
    out->count = 0;
    for (size_t i = 0; i <= text.length; i++) {
        bool end = i == text.length || byte_is_space(text.at[i]) || text.at[i] == ',' ||
                   text.at[i] == '(' || text.at[i] == ')' || text.at[i] == '/';
        if (!end)
            continue;
        span word = span_slice(text, begin, i - begin);
        span key = text_key(word, memory);
        if (key.length) {
            words_add(out, word, key, apart, memory);
            apart = false;
        }
        apart = apart || (i < text.length && (text.at[i] == ',' || text.at[i] == '('));
        begin = i + 1;
    }
}

/* The keys from `from` on with a blank between each two; *begins (if not NULL) is where each
 * begins, and one behind the last blank there would be. */
static span keys_join(const name_words *of, size_t from, size_t count, arena *memory,
                      size_t *begins)
{
    size_t length = 0, end = 0;
    for (size_t i = from; i < from + count; i++)
        length += of->key[i].length + 1;
    char *joined = arena_alloc(memory, length + 1);
    for (size_t i = from; i < from + count; i++) {
        if (begins)
            begins[i - from] = end;
        if (of->key[i].length)
            memcpy(joined + end, of->key[i].at, of->key[i].length);
        end += of->key[i].length;
        joined[end++] = ' ';
    }
    if (begins)
        begins[count] = end;
    return (span){joined, count ? end - 1 : 0};
}

static span key_join(const name_words *of, size_t from, size_t count, arena *memory)
{
    return keys_join(of, from, count, memory, NULL);
}

/* A series whose name is an everyday word (Build, Craft, Fluent) needs a year beside it. */
static bool is_ambiguous(const reader_tables *tables, span key)
{
    return span_find_byte(key, ' ') == SPAN_NOT_FOUND && map_get(tables->common_words, key);
}

static bool any_year(const name_words *of)
{
    bool year = false;
    for (size_t i = 0; i < of->count; i++)
        year = year || year_find(of->raw[i]);
    return year;
}

/* The longest known series among the words; its index in the table or -1. */
static int find_series(const reader_tables *tables, const name_words *of, arena *memory,
                       size_t *from_out, size_t *count_out)
{
    size_t begins[NAME_WORDS_MAX + 1];
    span all = keys_join(of, 0, of->count, memory, begins);
    for (size_t count = PHRASE_WORDS_MAX; count > 0; count--) {
        for (size_t from = 0; from + count <= of->count; from++) {
            span key = span_slice(all, begins[from], begins[from + count] - begins[from] - 1);
            const uint32_t *index = map_get(tables->events, key);
            if (index && (!is_ambiguous(tables, key) || any_year(of))) {
                *from_out = from;
                *count_out = count;
                return (int)*index;
            }
        }
    }
    return -1;
}

static uint32_t phrase_senses(const reader_tables *tables, const name_words *of, size_t from,
                              size_t count, arena *memory)
{
    return lookup_key(tables->headings, key_join(of, from, count, memory));
}

/* A place of one to three words at `from`; how many words. */
static size_t place_at(const reader_tables *tables, const name_words *of, size_t from,
                       arena *memory)
{
    for (size_t count = 3; count > 0; count--) {
        if (from + count <= of->count &&
            phrase_senses(tables, of, from, count, memory) & HEADING_PLACE)
            return count;
    }
    return 0;
}

static span place_spelling(span raw, arena *memory)
{
    span key = text_key(raw, memory);
    static const char *const upper[] = {"us",  "usa", "uk",   "eu",   "na", "dc",
                                        "nyc", "sf",  "apac", "emea", "au"};
    for (size_t i = 0; i < sizeof upper / sizeof *upper; i++) {
        if (span_equal(key, span_of(upper[i])))
            return arena_printf(memory, "%c%c%s", key.at[0] - 32, key.at[1] - 32,
                                key.length > 2 ? (span_equal(key, SPAN("usa"))    ? "A"
                                                  : span_equal(key, SPAN("nyc"))  ? "C"
                                                  : span_equal(key, SPAN("apac")) ? "AC"
                                                                                  : "EA")
                                               : "");
    }
    span copy = arena_copy(memory, raw);
    char *at = (char *)copy.at;
    for (size_t i = 0; i < copy.length; i++) {
        if ((i == 0 || at[i - 1] == ' ') && at[i] >= 'a' && at[i] <= 'z')
            at[i] = (char)(at[i] - 32);
    }
    return copy;
}

static bool is_number_key(span key)
{
    return span_number(key) >= 0;
}

static bool is_calendar(const reader_tables *tables, span key)
{
    return lookup_key(tables->calendar, key) != 0;
}

static void add_word(buffer *to, span word)
{
    if (to->length)
        buffer_add_byte(to, ' ');
    buffer_add(to, word);
}

/* Words of a slug in no table: as written when there is a capital, else with one each; short ones
 * without a vowel are initials. */
static span word_spelling(span raw, arena *memory)
{
    if (has_upper(raw) || !raw.length)
        return raw;
    bool vowel = false;
    for (size_t i = 0; i < raw.length; i++)
        vowel = vowel || (raw.at[i] && span_find_byte(SPAN("aeiouy"), raw.at[i]) != SPAN_NOT_FOUND);
    span copy = arena_copy(memory, raw);
    char *at = (char *)copy.at;
    for (size_t i = 0; i < copy.length; i++) {
        if ((i == 0 || !vowel) && at[i] >= 'a' && at[i] <= 'z')
            at[i] = (char)(at[i] - 32);
    }
    return copy;
}

/* Words that stand between series and year are a place, whether or not a table knows it
 * ("EuroPython Rimini 2017"); how many, 0 when they are something else. */
static size_t place_before_year(const reader_tables *tables, const name_words *words, size_t from,
                                arena *memory)
{
    size_t end = from;
    while (end < words->count && !is_year_key(words->key[end])) {
        span key = words->key[end];
        bool word = !words->apart[end] && !is_number_key(key) && !is_calendar(tables, key) &&
                    !byte_is_digit(key.at[0]) && !lookup_key(tables->headings, key);
        if (!word || end - from == 2 ||
            (!has_upper(words->raw[end]) && map_get(tables->common_words, key)))
            return 0;
        end++;
    }
    return end < words->count && !phrase_senses(tables, words, from, end - from, memory)
               ? end - from
               : 0;
}

static void add_places(const reader_tables *tables, const name_words *words, size_t from,
                       size_t count, arena *memory, event_found *out, buffer *name)
{
    span series_key = text_key(out->series, memory);
    for (size_t i = 0; i < words->count; i++) {
        size_t place = i >= from && i < from + count ? 0 : place_at(tables, words, i, memory);
        if (i == from + count && !place)
            place = place_before_year(tables, words, i, memory);
        if (!place)
            continue;
        span key = key_join(words, i, place, memory);
        /* behind a comma it says where the event was: "EuroPython 2018, Edinburgh" */
        if (!words->apart[i] && span_find(series_key, key) == SPAN_NOT_FOUND) {
            out->place = place_spelling(key, memory);
            add_word(name, out->place);
        }
        i += place - 1;
    }
}

/* "PyConDE & PyData Berlin": two series in one name stay as they are written. */
static bool names_two(const reader_tables *tables, const name_words *words, int index, size_t from,
                      size_t count, arena *memory, buffer *name)
{
    name_words others = {.count = words->count};
    for (size_t i = 0; i < words->count; i++) {
        bool taken = i >= from && i < from + count;
        others.raw[i] = words->raw[i];
        others.key[i] = taken ? SPAN("/") : words->key[i];
    }
    size_t second_from = 0, second_count = 0; /* found nothing: they stay */
    int second = find_series(tables, &others, memory, &second_from, &second_count);
    bool next = second_from == from + count || second_from + second_count == from;
    if (second < 0 || second == index || !next)
        return false;
    size_t first = second_from < from ? second_from : from;
    for (size_t i = first; i < first + count + second_count; i++) {
        bool joint = i == (second_from < from ? from : second_from);
        if (joint)
            add_word(name, SPAN("&"));
        add_word(name, words->raw[i]);
    }
    return true;
}

/* The series in the words of the text; empty when these are its own. */
static span written_series(const name_words *words, size_t from, size_t count, span series,
                           arena *memory)
{
    buffer written = {0};
    for (size_t i = from; i < from + count; i++)
        add_word(&written, words->raw[i]);
    span text = arena_copy(memory, buffer_span(&written));
    buffer_free(&written);
    return span_equal(text_key(text, memory), text_key(series, memory)) ? SPAN_NONE : text;
}

static void set_known(const reader_tables *tables, const name_words *words, int index, size_t from,
                      size_t count, arena *memory, event_found *out)
{
    out->series = tables->event_names[index];
    buffer name = {0};
    if (!names_two(tables, words, index, from, count, memory, &name)) {
        buffer_add(&name, out->series);
        out->as = written_series(words, from, count, out->series, memory);
    }
    add_places(tables, words, from, count, memory, out, &name);
    out->name = arena_copy(memory, buffer_span(&name));
    buffer_free(&name);
}

/* What is left without year, date, noise and, at the ends, numbers. */
static span residue(const reader_tables *tables, const name_words *words, bool spell,
                    bool keep_place, arena *memory)
{
    buffer left = {0};
    for (size_t i = 0; i < words->count; i++) {
        uint32_t senses = lookup_key(tables->headings, words->key[i]);
        bool date = year_find(words->raw[i]) || is_number_key(words->key[i]) ||
                    is_calendar(tables, words->key[i]);
        if (date || senses & HEADING_NOISE || (senses & HEADING_PLACE && !keep_place))
            continue;
        if (words->key[i].length <= 4 && byte_is_digit(words->key[i].at[0]) &&
            !byte_is_alpha(words->key[i].at[words->key[i].length - 1]))
            continue;
        add_word(&left, spell ? senses & HEADING_PLACE ? place_spelling(words->raw[i], memory)
                                                       : word_spelling(words->raw[i], memory)
                              : words->raw[i]);
    }
    span text = arena_copy(memory, buffer_span(&left));
    buffer_free(&left);
    return text;
}

span path_topic(const reader_tables *tables, span name, arena *memory)
{
    name_words words = {0};
    words_split(slug_words(name, memory), &words, memory);
    size_t from, count;
    int index = find_series(tables, &words, memory, &from, &count);
    if (index >= 0) {
        for (size_t i = from; i < from + count; i++)
            words.key[i] = SPAN("notes");
    }
    return residue(tables, &words, false, false, memory);
}

/* One part of the path. */
typedef struct {
    span name;
    name_words words;
    int year;
    int series; /* index or -1 */
    size_t from, count;
    span left; /* words in no table */
} component;

static void component_read(const reader_tables *tables, span name, arena *memory, component *out)
{
    *out = (component){.name = name, .series = -1};
    words_split(slug_words(name, memory), &out->words, memory);
    out->year = year_find(slug_words(name, memory));
    out->series = find_series(tables, &out->words, memory, &out->from, &out->count);
    out->left = residue(tables, &out->words, true, true, memory);
}

enum { COMPONENTS_MAX = 16 };

static size_t components_read(const reader_tables *tables, span root_name, span path, arena *memory,
                              component *out)
{
    size_t count = 0;
    size_t plus = span_find_last_byte(root_name, '+');
    component_read(tables, plus == SPAN_NOT_FOUND ? root_name : span_from(root_name, plus + 1),
                   memory, &out[count++]);
    while (path.length && count < COMPONENTS_MAX) {
        span part = span_cut(&path, '/');
        bool file = !path.length;
        if (file) {
            span ending = path_ending(part);
            part.length -= ending.length ? ending.length + 1 : 0;
        }
        if (part.length)
            component_read(tables, part, memory, &out[count++]);
    }
    return count;
}

/* Innermost component that knows the year; the file's own name too. */
static void set_year(const component *parts, size_t count, event_found *out)
{
    for (size_t i = count; i-- > 0 && !out->year;)
        out->year = parts[i].year;
    if (out->year) {
        out->year_rule = "path";
        out->year_confidence = 0.9f;
    }
}

static bool has_place_only(const reader_tables *tables, const component *part, arena *memory)
{
    return part->left.length && !residue(tables, &part->words, false, false, memory).length;
}

static void use_known(const reader_tables *tables, const component *parts, size_t count, size_t i,
                      arena *memory, event_found *out)
{
    set_known(tables, &parts[i].words, parts[i].series, parts[i].from, parts[i].count, memory, out);
    out->rule = "path";
    out->confidence = 0.9f;
    for (size_t k = i + 1; k + 1 < count && !out->place.length; k++) { /* kubecon/london-2025/ */
        if (has_place_only(tables, &parts[k], memory)) {
            out->place = parts[k].left;
            out->name =
                arena_printf(memory, "%.*s %.*s", SPAN_ARG(out->name), SPAN_ARG(out->place));
        }
    }
}

static const char *const event_nouns[] = {
    "conference", "conf",      "summit", "con",      "day",  "days",   "forum", "congress",
    "expo",       "symposium", "fest",   "festival", "camp", "meetup", "world", "convention"};

static bool is_event_noun(span key)
{
    for (size_t i = 0; i < sizeof event_nouns / sizeof *event_nouns; i++)
        if (span_equal(key, span_of(event_nouns[i])))
            return true;
    return false;
}

static bool has_event_noun(const name_words *of)
{
    for (size_t i = 0; i < of->count; i++)
        if (is_event_noun(of->key[i]))
            return true;
    return false;
}

static bool is_everyday_word(const reader_tables *tables, span key)
{
    return map_get(tables->common_words, key) ||
           lookup_key(tables->headings, key) & (HEADING_NOISE | HEADING_SECTION);
}

/* mynotes, worklog, talknotes: two everyday words in one. */
static bool is_glued_everyday(const reader_tables *tables, span key)
{
    for (size_t i = 2; i + 2 < key.length; i++)
        if (is_everyday_word(tables, span_slice(key, 0, i)) &&
            is_everyday_word(tables, span_from(key, i)))
            return true;
    return false;
}

/* Whether it says nothing that an event could be called by: a folder of somebody's own. */
static bool is_everyday_folder(const reader_tables *tables, const component *part, arena *memory)
{
    size_t position = 0;
    span word;
    while (word_next(part->left, &position, &word)) {
        span key = text_key(word, memory);
        if (!is_everyday_word(tables, key) && !is_glued_everyday(tables, key))
            return false;
    }
    return true;
}

/* A folder of other words: an event when a year stands in it or in a folder beside it. */
static bool is_named_folder(const reader_tables *tables, const component *parts, size_t count,
                            size_t i, arena *memory)
{
    if (parts[i].left.length < 2 || word_count(parts[i].left) > 6)
        return false;
    if (is_everyday_folder(tables, &parts[i], memory) && !has_event_noun(&parts[i].words))
        return false;
    bool year_above = i && parts[i - 1].year && !parts[i - 1].left.length;
    bool year_below = i + 2 < count && parts[i + 1].year && !parts[i + 1].left.length;
    bool last = i + 1 == count;
    return parts[i].year ? true : !last && (year_above || year_below);
}

void event_from_path(const reader_tables *tables, span root_name, span path, arena *memory,
                     event_found *out)
{
    component parts[COMPONENTS_MAX];
    *out = (event_found){0};
    size_t count = components_read(tables, root_name, path, memory, parts);
    set_year(parts, count, out);
    size_t best = count;
    for (size_t i = count; i-- > 0 && best == count;) {
        bool file = i + 1 == count;
        bool topic = file && parts[i].left.length &&
                     word_count(parts[i].left) > parts[i].count + 2 && !parts[i].year;
        if (parts[i].series >= 0 && !topic)
            best = i;
    }
    size_t named = count;
    for (size_t i = count; i-- > 0 && named == count;) {
        bool plain_date = i + 1 == count && word_count(parts[i].left) > 3;
        if (is_named_folder(tables, parts, count, i, memory) && !plain_date)
            named = i;
    }
    bool place_only = named < count && has_place_only(tables, &parts[named], memory);
    if (best < count &&
        (named == count || best >= named || parts[named].series >= 0 || place_only)) {
        use_known(tables, parts, count, best, memory, out);
    } else if (named < count) {
        out->name = out->series = parts[named].left;
        out->rule = "path";
        out->confidence = 0.7f;
    }
}

static bool event_names_any(const reader_tables *tables, span text, arena *memory)
{
    name_words words = {0};
    size_t from, count;
    words_split(text, &words, memory);
    return find_series(tables, &words, memory, &from, &count) >= 0;
}

/* "Systems Biology 2023 Session 4": what stands behind "session", "day" or "notes" is no
 * part of the event. */
static span citation_part(span text)
{
    static const char *const stops[] = {" session", " day ",  " notes",  " talks",
                                        " keynote", " - day", " summary"};
    for (size_t i = 1; i < text.length; i++) {
        for (size_t k = 0; text.at[i] == ' ' && k < sizeof stops / sizeof *stops; k++) {
            span stop = span_of(stops[k]), rest = span_from(text, i);
            bool number = rest.length > stop.length && byte_is_digit(rest.at[stop.length]);
            if (span_starts_with_nocase(rest, stop) && (stops[k][1] != 'd' || number))
                return span_slice(text, 0, i);
        }
    }
    return text;
}

/* "Data Dialogs 11/6/2016": a date behind the name is no part of it, but tells the year. */
static span without_date(const reader_tables *tables, span text, int *year_out)
{
    size_t position = 0;
    date_find date;
    if (!date_next(tables->calendar, text, &position, &date))
        return text;
    *year_out = date.when.first.year;
    span before = span_trim(span_slice(text, 0, date.begin));
    return word_count(before) ? before : text;
}

/* FooConf, DevCamp: one word that says so, with a capital inside or the whole word "conf". */
static bool is_glued_series(span word)
{
    static const char *const ends[] = {"Conf", "Con", "Camp", "Fest", "Days", "Summit", "Kaigi"};
    if (!word.length || !byte_is_upper(word.at[0]))
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t length = span_of(ends[i]).length;
        if (word.length >= length + 2 && span_ends_with(word, span_of(ends[i])) &&
            byte_is_alnum(word.at[word.length - length - 1]))
            return true;
    }
    return word.length > 5 && span_ends_with(word, SPAN("conf"));
}

/* "PyTorch Conference", "Django Day Copenhagen": capitalised words of which the last says that it
 * is an event. A year must stand beside them. */
static bool find_unknown_series(const name_words *of, bool year, size_t *from_out,
                                size_t *count_out)
{
    bool noun = false;
    for (size_t i = 1; i < of->count && year && !noun; i++) {
        noun = is_event_noun(of->key[i]);
        size_t from = i;
        while (from && i - from < 4 && has_upper(of->raw[from]) && !of->apart[from] &&
               has_upper(of->raw[from - 1]) && !is_year_key(of->key[from - 1]))
            from--;
        noun = noun && from < i;
        *from_out = from;
        *count_out = i - from + 1;
    }
    for (size_t i = 0; i < of->count && year && !noun; i++) {
        noun = is_glued_series(of->raw[i]);
        *from_out = i;
        *count_out = 1;
    }
    return noun;
}

static void set_unknown(const reader_tables *tables, const name_words *words, size_t from,
                        size_t count, arena *memory, event_found *out)
{
    buffer name = {0};
    for (size_t i = from; i < from + count; i++)
        add_word(&name, words->raw[i]);
    out->series = arena_copy(memory, buffer_span(&name));
    add_places(tables, words, from, count, memory, out, &name);
    out->name = arena_copy(memory, buffer_span(&name));
    buffer_free(&name);
    out->rule = "heading";
    out->confidence = 0.8f;
}

bool event_from_text(const reader_tables *tables, span text, bool is_citation, arena *memory,
                     event_found *out)
{
    *out = (event_found){0};
    text = span_trim(text);
    span cited = citation_part(text);
    if (event_names_any(tables, cited, memory) ||
        (path_topic(tables, cited, memory).length && !event_names_any(tables, text, memory)))
        text = cited;
    if (text.length > 160)
        return false;
    text = without_date(tables, text, &out->year);
    name_words words = {0};
    words_split(text, &words, memory);
    size_t from = 0, count = 0;
    int index = find_series(tables, &words, memory, &from, &count);
    out->year = out->year ? out->year : year_find(text);
    out->year_rule = out->year ? "heading" : NULL;
    out->year_confidence = 0.9f;
    if (index >= 0) {
        set_known(tables, &words, index, from, count, memory, out);
        out->rule = "heading";
        out->confidence = 0.9f;
        return true;
    }
    if (find_unknown_series(&words, out->year != 0, &from, &count)) {
        set_unknown(tables, &words, from, count, memory, out);
        return true;
    }
    span left = residue(tables, &words, false, true, memory);
    if (!is_citation || !left.length)
        return false;
    buffer name = {0};
    for (size_t i = 0; i < words.count; i++) {
        if (words.apart[i] && name.length)
            break; /* "PyConFR 2018, Lille, samedi 6 octobre" */
        if (!is_year_key(words.key[i]) && !year_find(words.raw[i]) &&
            !is_calendar(tables, words.key[i]))
            add_word(&name, words.raw[i]);
    }
    out->name = out->series = arena_copy(memory, buffer_span(&name));
    buffer_free(&name);
    out->rule = "heading";
    out->confidence = 0.7f;
    return true;
}

span event_cite(const event_found *of, arena *memory)
{
    if (!of->name.length || !of->year)
        return of->name;
    return arena_printf(memory, "%.*s %d", SPAN_ARG(of->name), of->year);
}
