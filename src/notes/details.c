/* details.c - kind, links, tags, properties, section headings, body and code of a talk. */
#include "base/file.h"
#include "notes/event_words.h"
#include "notes/label.h"
#include "notes/lookup.h"
#include "notes/reading.h"
#include "notes/tables.h"

static const struct {
    uint32_t bit;
    talk_kind kind;
} kinds[] = {{HEADING_KEYNOTE, KIND_KEYNOTE},
             {HEADING_LIGHTNING, KIND_LIGHTNING},
             {HEADING_PANEL, KIND_PANEL},
             {HEADING_WORKSHOP, KIND_WORKSHOP}};

static bool kind_from_bits(uint32_t bits, talk *to)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bits & kinds[i].bit) {
            to->kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

/* Kind words anywhere in a heading or in a folder's or file's name. */
static uint32_t kind_words(const note_reading *reading, span text)
{
    uint32_t bits = 0;
    size_t position = 0;
    span word;
    while (word_next(text, &position, &word)) {
        uint32_t sense = lookup(reading->tables->headings, word, reading->memory);
        bits |= sense & (HEADING_KEYNOTE | HEADING_LIGHTNING | HEADING_PANEL | HEADING_WORKSHOP);
    }
    return bits;
}

static void find_kind(const note_reading *reading, const talk_place *place, talk *to)
{
    const front_entry *type = front_matter_find(&reading->front, SPAN("kind"));
    to->kind = KIND_TALK;
    if (!type)
        type = front_matter_find(&reading->front, SPAN("type"));
    if (type && reading->places.count == 1 && kind_from_bits(kind_words(reading, type->text), to))
        return;
    if (kind_from_bits(place->parts.kinds, to) || kind_from_bits(place->kinds, to))
        return;
    if (place->heading != NO_BLOCK &&
        kind_from_bits(kind_words(reading, reading->text.items[place->heading].text), to))
        return;
    kind_from_bits(kind_words(reading, slug_words(reading->source->path, reading->memory)), to);
}

/* ---- links ---- */

static const char *link_sense(const note_reading *reading, const link *l, span line_text)
{
    static const struct {
        uint32_t bit;
        const char *name;
    } names[] = {{LABEL_SLIDES, "slides"},
                 {LABEL_VIDEO, "video"},
                 {LABEL_SCHEDULE, "schedule"},
                 {LABEL_PAPER, "paper"},
                 {LABEL_CODE, "code"}};
    static const struct {
        const char *part, *name;
    } hosts[] = {{"youtube.com/", "video"},
                 {"youtu.be/", "video"},
                 {"vimeo.com/", "video"},
                 {"infoq.com/presentations", "video"},
                 {"slideshare.net/", "slides"},
                 {"speakerdeck.com/", "slides"},
                 {"docs.google.com/presentation", "slides"},
                 {"slides.com/", "slides"},
                 {".sched.com/", "schedule"},
                 {"/schedule", "schedule"},
                 {"/speaker/", "schedule"},
                 {"/presentation/", "schedule"},
                 {"joind.in/", "schedule"},
                 {"/program", "schedule"},
                 {"/session", "schedule"},
                 {"github.com/", "code"},
                 {"gitlab.com/", "code"}};
    span after;
    uint32_t sense = lookup(reading->tables->labels, l->text, reading->memory);
    if (!sense)
        sense = label_read(reading->tables, line_text, reading->memory, &after);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sense & names[i].bit)
            return names[i].name;
    }
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        if (span_find(l->url, span_of(hosts[i].part)) != SPAN_NOT_FOUND)
            return hosts[i].name;
    }
    return NULL;
}

/* The line of the text that `at` stands on; of one that is too long for a label's, nothing. */
static span line_around(span text, size_t at)
{
    enum { FAR = 1000 };
    size_t begin = at < text.length ? at : text.length, end = begin, far = begin;
    while (begin && text.at[begin - 1] != '\n' && far - begin < FAR)
        begin--;
    while (end < text.length && text.at[end] != '\n' && end - far < FAR)
        end++;
    return far - begin < FAR ? span_slice(text, begin, end - begin) : SPAN_NONE;
}

static void find_links(note_reading *reading, const talk_place *place, talk *to)
{
    for (size_t i = place->first; i < place->end; i++) {
        const block *b = &reading->text.items[i];
        for (size_t k = 0; k < b->link_count; k++) {
            const link *l = &b->links[k];
            const char *name = link_sense(reading, l, line_around(b->text, l->begin));
            value found = {.text = l->url,
                           .as = name ? span_of(name) : l->text,
                           .rule = name ? name : "link",
                           .confidence = name ? 0.9f : 0.99f,
                           .line = l->line};
            if (l->url.length)
                values_add(&to->links, reading->memory, found);
        }
    }
}

/* ---- front matter ---- */

/* More tags than anybody gives; keeps the search for repetitions short. */
enum { TAGS_MAX = 200 };

void properties_find(note_reading *reading, talk *to)
{
    const front_matter *front = &reading->front;
    to->properties = arena_alloc(reading->memory, (front->count + 1) * sizeof *to->properties);
    for (size_t i = 0; i < front->count; i++) {
        const front_entry *entry = &front->items[i];
        if (!entry->text.length)
            continue;
        to->properties[to->property_count++] = (property){entry->key, entry->text};
        bool tags = lookup(reading->tables->labels, entry->key, reading->memory) & LABEL_TAGS;
        for (size_t k = 0; tags && k < entry->item_count && k < TAGS_MAX; k++) {
            value tag = {.text = entry->items[k],
                         .rule = "front-matter",
                         .confidence = 0.99f,
                         .line = entry->line};
            values_add_once(&to->tags, reading->memory, tag);
        }
    }
    const front_entry *language = front_matter_find(front, SPAN("lang"));
    if (!language)
        language = front_matter_find(front, SPAN("language"));
    if (language && language->text.length >= 2)
        to->language = span_slice(language->text, 0, 2);
}

/* ---- #hashtags in the text ---- */

/* The length of the tag that begins behind a '#': letters, digits, '_' and '-', a letter first, so
 * that `#1` and `C#` are none. */
static size_t hashtag_length(span behind)
{
    size_t length = 0;
    if (!behind.length || !byte_is_alpha(behind.at[0]))
        return 0;
    while (length < behind.length &&
           (byte_is_alnum(behind.at[length]) || behind.at[length] == '_' ||
            behind.at[length] == '-' || (unsigned char)behind.at[length] >= 0x80))
        length++;
    return length;
}

static void find_hashtags(note_reading *reading, const block *in, talk *to)
{
    uint32_t line = in->line;
    for (size_t i = 0; i < in->text.length && to->tags.count < TAGS_MAX; i++) {
        char c = in->text.at[i];
        line += c == '\n';
        if (c != '#' || (i > 0 && !byte_is_space(in->text.at[i - 1])))
            continue;
        size_t length = hashtag_length(span_from(in->text, i + 1));
        value tag = {.text = span_slice(in->text, i + 1, length),
                     .rule = "hashtag",
                     .confidence = 0.9f,
                     .line = line};
        if (length)
            values_add_once(&to->tags, reading->memory, tag);
    }
}

static void find_tags(note_reading *reading, const talk_place *place, talk *to)
{
    for (size_t i = place->first; i < place->end; i++) {
        const block *b = &reading->text.items[i];
        if (b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_ITEM || b->kind == BLOCK_HEADING)
            find_hashtags(reading, b, to);
    }
}

/* ---- body ---- */

/* What blogs append to a pasted page. */
static bool is_boilerplate(span text)
{
    static const char *const lines[] = {
        "leave a comment", "share this", "share this:", "like this:",          "related",
        "leave a reply",   "subscribe",  "loading...",  "comments are closed", "previous post",
        "next post"};
    text = span_trim(text);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (span_equal_nocase(text, span_of(lines[i])))
            return true;
    }
    return false;
}

static void add_mark(note_reading *reading, talk *to, size_t *capacity, size_t offset,
                     uint32_t line)
{
    line_mark mark = {(uint32_t)offset, line};
    arena_reserve_one(reading->memory, &to->marks, to->mark_count, capacity, sizeof mark);
    to->marks[to->mark_count++] = mark;
}

void body_add(note_reading *reading, size_t first, size_t end, int skip, talk_text *text_of,
              talk *to)
{
    buffer *body = &text_of->body, *code = &text_of->code;
    for (size_t i = first; i < end; i++) {
        const block *b = &reading->text.items[i];
        if ((int)i == skip || b->kind == BLOCK_RULE || is_boilerplate(b->text) || !b->text.length)
            continue;
        if (b->kind == BLOCK_CODE) {
            if (code->length)
                buffer_add_byte(code, '\n');
            buffer_add(code, b->text);
            continue;
        }
        if (b->kind == BLOCK_HEADING && (int)i != skip) {
            value heading = {
                .text = b->text, .rule = "heading", .confidence = 0.99f, .line = b->line};
            values_add(&to->headings, reading->memory, heading);
        }
        span text = b->text;
        for (uint32_t line = b->line; text.length; line++) {
            add_mark(reading, to, &text_of->mark_capacity, body->length, line);
            buffer_add(body, span_cut_line(&text));
            buffer_add_byte(body, '\n');
        }
    }
}

void text_finish(note_reading *reading, talk_text *text, talk *to)
{
    to->body = arena_copy(reading->memory, buffer_span(&text->body));
    to->code = arena_copy(reading->memory, buffer_span(&text->code));
    buffer_free(&text->body);
    buffer_free(&text->code);
}

void details_find(note_reading *reading, const talk_place *place, talk *to)
{
    talk_text text = {0};
    bool own = place->heading != NO_BLOCK && place->origin == ORIGIN_HEADING &&
               span_equal(span_trim(reading->text.items[place->heading].text), to->title.text);
    find_kind(reading, place, to);
    find_links(reading, place, to);
    properties_find(reading, to);
    find_tags(reading, place, to);
    body_add(reading, place->first, place->end, own ? place->heading : NO_BLOCK, &text, to);
    if (to->headings.count && place->heading != NO_BLOCK &&
        to->headings.items[0].line == to->line) {
        to->headings.items++; /* the talk's own is its title */
        to->headings.count--;
    }
    text_finish(reading, &text, to);
}
