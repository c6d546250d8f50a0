/* speakers_slugs.c - who gave the talk, by the addresses under its title and by the file's name. */
#include "notes/event_words.h"
#include "notes/speakers.h"

#include "base/file.h"
#include "notes/lookup.h"

static const speaker_rule RULE_URL = {"schedule-url", 0.90f, 0.90f};
static const speaker_rule RULE_FILE_NAME = {"file-name", 0.80f, 0.90f};
/* Behind the words of the title little more is needed. */
#define SLUG_LIKENESS 0.5f

/* ---- the schedule's address ---- */

/* "craft-conf.com/speaker/LornaMitchell" and ".../speakers/lorna-mitchell": the last part in words
 * with a capital each. */
static span name_of_url(note_reading *reading, span url)
{
    size_t at = span_find(url, SPAN("/speaker/"));
    size_t skip = 9;
    if (at == SPAN_NOT_FOUND) {
        at = span_find(url, SPAN("/speakers/"));
        skip = 10;
    }
    if (at == SPAN_NOT_FOUND)
        return SPAN_NONE;
    span slug = span_from(url, at + skip);
    buffer name = {0};
    for (size_t i = 0; i < slug.length && slug.at[i] != '/' && slug.at[i] != '?'; i++) {
        char c = slug.at[i];
        bool starts = !name.length || name.at[name.length - 1] == ' ';
        if (c == '-' || c == '_') {
            buffer_add_byte(&name, ' ');
            continue;
        }
        if (byte_is_upper(c) && !starts && !byte_is_upper(slug.at[i - 1]))
            buffer_add_byte(&name, ' ');
        buffer_add_byte(&name, starts && c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
    }
    span text = arena_copy(reading->memory, buffer_span(&name));
    buffer_free(&name);
    return text;
}

void speakers_from_links(note_reading *reading, const talk_place *place, talk *to)
{
    for (size_t i = place->first; i < place->end && i < place->first + 4; i++) {
        const block *b = &reading->text.items[i];
        for (size_t k = 0; k < b->link_count && k < 4; k++) {
            people who;
            people_read(reading->tables, name_of_url(reading, b->links[k].url), PEOPLE_DOUBTFUL,
                        reading->memory, &who);
            if (who.count == 1 && !who.foreign)
                speakers_take(reading, to, &who, &RULE_URL, b->links[k].line);
        }
    }
}

/* ---- slugs ---- */

static bool key_has_word(span key, span word)
{
    while (key.length) {
        if (span_equal(span_cut(&key, ' '), word))
            return true;
    }
    return false;
}

/* Each word with a capital. */
static span slug_spelling(span words, arena *memory)
{
    span copy = arena_copy(memory, words);
    char *at = (char *)copy.at;
    for (size_t i = 0; i < copy.length; i++) {
        if ((i == 0 || at[i - 1] == ' ') && at[i] >= 'a' && at[i] <= 'z')
            at[i] = (char)(at[i] - 32);
    }
    return copy;
}

/* "julia-for-python-simon-danisch" of a talk called "Julia for Python": what stands behind the
 * words of the title is the speaker, when it is two or three words that look like a name. */
static bool from_slug(note_reading *reading, span slug, talk *to, const speaker_rule *rule,
                      uint32_t line)
{
    span words = text_key(slug_words(span_cut(&slug, '.'), reading->memory), reading->memory);
    span title = text_key(to->title.text, reading->memory), rest = words, tail = SPAN_NONE;
    size_t shared = 0;
    while (rest.length) {
        span here = rest, word = span_cut(&rest, ' ');
        bool in_title = key_has_word(title, word);
        shared += in_title && word.length > 2;
        if (in_title)
            tail = SPAN_NONE;
        else if (!tail.length)
            tail = here;
    }
    if (shared < 2 || !tail.length || word_count(tail) > 8)
        return false;
    for (size_t skip = word_count(tail); skip > 3; skip--)
        span_cut(&tail, ' ');
    for (; word_count(tail) >= 2; span_cut(&tail, ' ')) {
        people who;
        people_read(reading->tables, slug_spelling(tail, reading->memory), PEOPLE_DOUBTFUL,
                    reading->memory, &who);
        bool initial = tail.length < 2 || tail.at[1] == ' '; /* or a piece of a hash */
        if (!initial && who.count == 1 && !who.foreign && who.items[0].name.length == tail.length &&
            who.likeness >= SLUG_LIKENESS) {
            speakers_add(reading, to, &who, rule->rule, rule->precision, line);
            return true;
        }
    }
    return false;
}

/* The address of the talk under its title ends in title and name. */
void speakers_from_link_slugs(note_reading *reading, const talk_place *place, talk *to)
{
    for (size_t i = place->first; i < place->end && i < place->first + 4; i++) {
        const block *b = &reading->text.items[i];
        for (size_t k = 0; k < b->link_count && k < 4; k++) {
            span url = b->links[k].url;
            while (span_ends_with(url, SPAN("/")))
                url.length--;
            size_t slash = span_find_last_byte(url, '/');
            if (slash != SPAN_NOT_FOUND &&
                from_slug(reading, span_from(url, slash + 1), to, &RULE_URL, b->links[k].line))
                return;
        }
    }
}

/* ---- the file's name ---- */

void speakers_from_file_name(note_reading *reading, talk *to)
{
    span name = path_name(reading->source->path), ending = path_ending(reading->source->path);
    name.length -= ending.length ? ending.length + 1 : 0;
    span words = slug_words(name, reading->memory);
    if (from_slug(reading, name, to, &RULE_FILE_NAME, 0))
        return;
    for (size_t tail = 3; tail >= 2; tail--) {
        size_t begin = words.length, found = 0;
        while (begin && found < tail) {
            begin--;
            found += words.at[begin] == ' ' || begin == 0;
        }
        if (found < tail)
            continue;
        span slug = span_trim(span_from(words, begin));
        buffer title = {0};
        for (size_t i = 0; i < slug.length; i++) {
            char c = slug.at[i];
            bool first = i == 0 || slug.at[i - 1] == ' ';
            buffer_add_byte(&title, first && c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
        }
        people who;
        people_read(reading->tables, arena_copy(reading->memory, buffer_span(&title)),
                    PEOPLE_DOUBTFUL, reading->memory, &who);
        buffer_free(&title);
        bool certain = who.count == 1 && !who.foreign && speakers_told(reading, &who);
        bool whole = who.count == 1 && !who.foreign && who.likeness >= RULE_FILE_NAME.likeness &&
                     slug.length == words.length;
        if (certain || whole) {
            speakers_add(reading, to, &who, RULE_FILE_NAME.rule, RULE_FILE_NAME.precision, 0);
            return;
        }
    }
}
