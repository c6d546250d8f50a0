#include "index/talk_document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/analysis.h"
#include "base/utf8.h"
#include "index/fields.h"
#include "index/format.h"
#include "index/length_class.h"
#include "index/title_key.h"
#include "index/word_sequence.h"

enum { LANGUAGES_MAX = 64 };

struct document_builder {
    arena *memory;
    const technology_table *technologies;
    struct {
        span code;
        analyser *made;
    } analysers[LANGUAGES_MAX];
    size_t count;
    uint32_t title_weight;
};

document_builder *document_builder_new(void)
{
    document_builder *made = xcalloc(1, sizeof *made);
    made->memory = arena_new();
    made->title_weight = TITLE_WEIGHT;
    return made;
}

void document_builder_set_title_weight(document_builder *of, uint32_t weight)
{
    of->title_weight = weight;
}

void document_builder_free(document_builder *what)
{
    if (!what)
        return;
    for (size_t i = 0; i < what->count; i++)
        analyser_free(what->analysers[i].made);
    arena_free(what->memory);
    free(what);
}

void document_builder_use_technologies(document_builder *with, const technology_table *table)
{
    with->technologies = table;
    for (size_t i = 0; i < with->count; i++)
        analyser_use_technologies(with->analysers[i].made, table);
}

static analyser *analyser_for(document_builder *with, span language)
{
    if (!language.length)
        language = SPAN("en");
    for (size_t i = 0; i < with->count; i++)
        if (span_equal(with->analysers[i].code, language))
            return with->analysers[i].made;
    if (with->count == LANGUAGES_MAX)
        return with->analysers[0].made;
    char *code = xstrdup(language);
    analyser *made = analyser_new((span){code, language.length});
    analyser_use_technologies(made, with->technologies);
    with->analysers[with->count].code = arena_copy(with->memory, language);
    with->analysers[with->count++].made = made;
    free(code);
    return made;
}

/* What is being written and how. */
typedef struct {
    document *to;
    analyser *with;
    arena *memory;
} writing;

static terms analysed(writing *w, span text)
{
    terms found = {0};
    analyse(w->with, text, w->memory, &found);
    return found;
}

/* Terms that a word's position is scored by; its other forms stand there too. */
static bool is_scored_word(const term *t)
{
    return !t->stop && (t->kind == TERM_WORD || t->kind == TERM_SYMBOL || t->kind == TERM_BIGRAM);
}

/* Of several at one position the first. */
static bool begins_scored_position(const terms *in, size_t i)
{
    const term *t = &in->items[i];
    return is_scored_word(t) && !(i > 0 && t[-1].position == t->position && is_scored_word(&t[-1]));
}

static uint32_t scored_length(const terms *of)
{
    uint32_t length = 0;
    for (size_t i = 0; i < of->count; i++)
        length += begins_scored_position(of, i);
    return length;
}

static span stem_of(writing *w, const term *t)
{
    return t->kind == TERM_WORD ? analyser_stem(w->with, term_written(t)) : t->text;
}

/* Title, body and code: words and, but for code, their stems; see format.h. */
static void add_text(writing *w, const terms *found, uint32_t frequency, bool stems)
{
    for (size_t i = 0; i < found->count; i++) {
        const term *t = &found->items[i];
        if (t->kind == TERM_TECH) {
            document_add(w->to, PREFIX_ALIAS, t->text, frequency, NO_POSITION);
            continue;
        }
        document_add(w->to, "", t->text, t->stop ? 0 : frequency, NO_POSITION);
        if (stems && !t->stop && t->kind != TERM_EXACT)
            document_add(w->to, PREFIX_STEM, stem_of(w, t), frequency, NO_POSITION);
    }
}

/* A stem that only the word with its marks has: a query without them must find it too. */
static bool stem_needs_marks(writing *w, const term *t)
{
    if (!t->has_exact || t->kind != TERM_WORD)
        return false;
    uint16_t with = word_code(stem_of(w, t));
    return with != word_code(analyser_stem(w->with, t->text));
}

/* The words of one text in order. Code is never stemmed. */
static void add_sequence(writing *w, const terms *found, bool stems, buffer *to)
{
    uint32_t next = 0; /* position */
    for (size_t i = 0; i < found->count; i++) {
        const term *t = &found->items[i];
        bool main = t->kind == TERM_WORD || t->kind == TERM_SYMBOL || t->kind == TERM_BIGRAM;
        if (t->kind == TERM_TECH || t->kind == TERM_EXACT)
            continue;
        for (; next < t->position + !main; next++)
            word_sequence_add_hole(to);
        uint32_t id =
            t->stop ? word_id_stop(t->text) : word_id(stems ? stem_of(w, t) : t->text, t->text);
        if (next > t->position)
            word_sequence_add_beside(to, id, begins_scored_position(found, i));
        else
            word_sequence_add(to, id), next++;
        if (stems && !t->stop && stem_needs_marks(w, t))
            word_sequence_add_beside(to, word_id(analyser_stem(w->with, t->text), t->text), false);
    }
    for (; next < found->positions; next++)
        word_sequence_add_hole(to);
}

/* All that a talk is ranked by, and its phrases. */
static void add_texts(writing *w, const talk *from, uint32_t title_weight)
{
    terms title = analysed(w, from->title.text), body = analysed(w, from->body),
          code = analysed(w, from->code);
    uint32_t length = title_weight * scored_length(&title) + scored_length(&body);
    buffer sequence = {0};
    w->to->class = length_class(length);
    add_text(w, &title, title_weight, true);
    add_text(w, &body, 1, true);
    add_text(w, &code, 1, false);
    w->to->class = LENGTH_CLASS_NONE;
    document_add_number(w->to, TERM_LENGTH, length);
    add_sequence(w, &title, true, &sequence);
    word_sequence_add_border(&sequence);
    add_sequence(w, &body, true, &sequence);
    word_sequence_add_border(&sequence);
    add_sequence(w, &code, false, &sequence);
    document_set_slot(w->to, SLOT_WORDS, buffer_span(&sequence));
    buffer_free(&sequence);
}

/* prefix ":" folded value: the whole value as one term. */
static void add_whole_value(writing *w, const field *of, span text)
{
    buffer folded = {0};
    char prefix[32];
    utf8_fold(text, &folded);
    snprintf(prefix, sizeof prefix, PREFIX_VALUE "%s:", of->prefix);
    document_add(w->to, prefix, buffer_span(&folded), 0, NO_POSITION);
    buffer_free(&folded);
}

/* One value of a field of words: its words under the prefix, without positions (they would make a
 * third of the index), and where they are many their stems under Z + prefix. */
static void add_value_words(writing *w, const char *prefix, span text, bool stems)
{
    char stem_prefix[128];
    terms found = analysed(w, text);
    snprintf(stem_prefix, sizeof stem_prefix, PREFIX_STEM "%s", prefix);
    for (size_t i = 0; i < found.count; i++) {
        const term *t = &found.items[i];
        if (t->kind == TERM_TECH)
            continue;
        document_add(w->to, prefix, t->text, t->stop ? 0 : 1, NO_POSITION);
        if (stems && t->kind == TERM_WORD && !t->stop)
            document_add(w->to, stem_prefix, analyser_stem(w->with, term_written(t)), 1,
                         NO_POSITION);
    }
}

/* Names have positions: two people's names must not answer for a third one's. */
static uint32_t add_value_names(writing *w, const char *prefix, span text, uint32_t position)
{
    terms found = {0};
    analyse_name(text, w->memory, &found);
    for (size_t i = 0; i < found.count; i++)
        document_add(w->to, prefix, found.items[i].text, 1, position + found.items[i].position);
    return position + found.positions + POSITION_GAP;
}

/* Fields whose values the reader cites under one name: they are found as they are written too. */
static bool has_other_names(field_id id)
{
    return id == FIELD_TECH || id == FIELD_EVENT || id == FIELD_SERIES;
}

static void add_values(writing *w, field_id id, const values *list)
{
    const field *of = &FIELDS[id];
    uint32_t position = 0;
    if (list->count)
        document_add(w->to, PREFIX_HAS, span_of(of->prefix), 0, NO_POSITION);
    for (size_t i = 0; i < list->count; i++) {
        span text = list->items[i].text;
        if (of->type == FIELD_OF_NAMES)
            position = add_value_names(w, of->prefix, text, position);
        else
            add_value_words(w, of->prefix, text, id == FIELD_TITLE);
        if (list->items[i].as.length && has_other_names(id))
            add_value_words(w, of->prefix, list->items[i].as, false);
        if (of->facet)
            add_whole_value(w, of, text);
    }
}

static void add_one(writing *w, field_id id, const value *one)
{
    value single = *one;
    values list = {&single, one->text.length > 0, 1};
    add_values(w, id, &list);
}

static void add_properties(writing *w, const talk *from)
{
    char prefix[TERM_MAX + 8];
    for (size_t i = 0; i < from->property_count; i++) {
        span name = from->properties[i].name;
        if (name.length > TERM_MAX || field_by_name(name)) /* `title:x` asks the field */
            continue;
        snprintf(prefix, sizeof prefix, "%s%.*s:", FIELDS[FIELD_PROPERTY].prefix, SPAN_ARG(name));
        document_add(w->to, PREFIX_HAS, span_of(prefix), 0, NO_POSITION);
        add_value_words(w, prefix, from->properties[i].text, false);
    }
}

/* Every folder above the file as a whole, so that `path:2019/pycon` is one posting list. The file
 * itself is found by its words. */
static void add_path(writing *w, span path)
{
    add_value_words(w, FIELDS[FIELD_PATH].prefix, path, false);
    for (size_t i = 0; i < path.length; i++)
        if (path.at[i] == '/')
            add_whole_value(w, &FIELDS[FIELD_PATH], span_slice(path, 0, i));
}

static void add_term_printf(writing *w, const char *prefix, const char *format, int number)
{
    char text[32];
    int length = snprintf(text, sizeof text, format, number);
    document_add(w->to, prefix, (span){text, (size_t)length}, 0, NO_POSITION);
}

static void set_date_slot(document *to, uint32_t slot, int year, int month, int day)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%04d%02d%02d", year, month, day);
    document_set_slot(to, slot, (span){text, (size_t)length});
}

/* Terms of every year that the interval touches and of its first day, for other Xapian tools and
 * for counting years; ranges are asked of the slots. */
static void add_dates(writing *w, const talk *from)
{
    enum { YEARS_MAX = 10 };
    date_point a = from->interval.first, b = from->interval.last;
    if (!a.year)
        return;
    for (int year = a.year; year <= b.year && year < a.year + YEARS_MAX; year++)
        add_term_printf(w, FIELDS[FIELD_YEAR].prefix, "%04d", year);
    if (a.day)
        add_term_printf(w, FIELDS[FIELD_DATE].prefix, "%08d",
                        (a.year * 100 + a.month) * 100 + a.day);
    set_date_slot(w->to, SLOT_DATE, a.year, a.month, a.day);
    set_date_slot(w->to, SLOT_DATE_LAST, b.year, b.month ? b.month : 99, b.day ? b.day : 99);
}

static void add_title_key(writing *w, span title)
{
    buffer folded = {0};
    char key[TITLE_KEY_SIZE];
    if (title_key(title, key))
        document_add(w->to, PREFIX_TITLE, span_of(key), 0, NO_POSITION);
    utf8_fold(title, &folded);
    document_set_slot(w->to, SLOT_TITLE, span_slice(buffer_span(&folded), 0, TERM_MAX));
    buffer_free(&folded);
}

/* "handle name": whose handle it is. */
static void add_handles(writing *w, const values *handles)
{
    for (size_t i = 0; i < handles->count; i++) {
        span handle = span_from(handles->items[i].text, 1);
        buffer folded = {0};
        utf8_fold(handle, &folded);
        buffer_add_byte(&folded, ' ');
        utf8_fold(handles->items[i].as, &folded);
        document_add(w->to, PREFIX_HANDLE, buffer_span(&folded), 0, NO_POSITION);
        buffer_free(&folded);
    }
}

static void add_fields(writing *w, const talk_record *record)
{
    const talk *from = &record->talk;
    add_values(w, FIELD_SPEAKER, &from->speakers);
    add_handles(w, &from->handles);
    add_values(w, FIELD_TECH, &from->techs);
    add_values(w, FIELD_ORG, &from->orgs);
    add_values(w, FIELD_TAG, &from->tags);
    add_values(w, FIELD_LINK, &from->links);
    add_one(w, FIELD_EVENT, &from->event);
    add_one(w, FIELD_SERIES, &from->series);
    add_one(w, FIELD_TITLE, &from->title);
    add_properties(w, from);
    add_path(w, record->path);
    add_dates(w, from);
    document_add(w->to, FIELDS[FIELD_KIND].prefix, span_of(talk_kind_name(from->kind)), 0,
                 NO_POSITION);
    document_add(w->to, FIELDS[FIELD_LANGUAGE].prefix, from->language, 0, NO_POSITION);
    document_add(w->to, FIELDS[FIELD_ID].prefix, record->id, 0, NO_POSITION);
    if (from->title.text.length)
        add_title_key(w, from->title.text);
}

void document_build(document_builder *with, const talk_record *record, span file_term,
                    document *out)
{
    const talk *from = &record->talk;
    document_clear(out);
    writing w = {out, analyser_for(with, from->language), out->memory};
    add_texts(&w, from, with->title_weight);
    add_fields(&w, record);
    document_add(out, "", file_term, 0, NO_POSITION);
    talk_record_write(record, &out->data);
    document_finish(out);
}
