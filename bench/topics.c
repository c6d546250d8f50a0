#include "topics.h"

#include <stdlib.h>

#include "base/file.h"
#include "jsonl.h"

/* Adds a copy of the topic. */
static lc_status add(reader *from, topic_list *to, topic given)
{
    if (id_fault(given.id))
        return reader_complain(from, given.line, "the topic's id %s", id_fault(given.id));
    const topic *before = topics_find(to, given.id);
    if (before)
        return reader_complain(from, given.line,
                               "topic %.*s comes again (first on line %u); give it another id",
                               SPAN_ARG(given.id), before->line);
    if (!given.text.length)
        return reader_complain(from, given.line, "topic %.*s has no text", SPAN_ARG(given.id));
    map_put(to->index, given.id, (uint32_t)to->count);
    topic made = {arena_copy(to->memory, given.id), arena_copy(to->memory, given.text),
                  arena_copy(to->memory, given.class), arena_copy(to->memory, given.description),
                  given.line};
    ARRAY_ADD(to->item, to->count, to->capacity, made);
    return LC_OK;
}

/* ---- TSV ---- */

static bool is_header(span id)
{
    static const char *const NAMES[] = {"id", "qid", "query-id", "topic"};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (span_equal_nocase(id, span_of(NAMES[i])))
            return true;
    return false;
}

static lc_status read_tsv(reader *from, topic_list *to)
{
    lc_status status = LC_OK;
    span line;
    for (bool first = true; status == LC_OK && reader_next(from, &line); first = false) {
        topic given = {.line = (uint32_t)from->line};
        if (span_find_byte(line, '\t') == SPAN_NOT_FOUND) {
            status = reader_complain(from, from->line, "no tab; topics are id TAB text");
            continue;
        }
        given.id = span_trim(span_cut(&line, '\t'));
        given.text = span_trim(span_cut(&line, '\t'));
        given.class = span_trim(span_cut(&line, '\t'));
        given.description = span_trim(span_cut(&line, '\t'));
        if (!first || !is_header(given.id))
            status = add(from, to, given);
    }
    return status;
}

/* ---- BEIR ---- */

static lc_status read_jsonl(reader *from, topic_list *to)
{
    static const char *const KEYS[] = {"_id", "text"};
    lc_status status = LC_OK;
    span line;
    while (status == LC_OK && reader_next(from, &line)) {
        json_line read;
        status = json_line_read(from, line, KEYS, 2, &read);
        if (status == LC_OK && read.object)
            status = add(from, to,
                         (topic){.id = read.value[0],
                                 .text = span_trim(read.value[1]),
                                 .line = (uint32_t)from->line});
        json_line_free(&read);
    }
    return status;
}

/* ---- TREC ---- */

/* The text behind <tag> up to the next tag, without the label that TREC repeats there. */
static span trec_field(span top, const char *tag, const char *label)
{
    size_t at = span_find(top, span_of(tag));
    if (at == SPAN_NOT_FOUND)
        return SPAN_NONE;
    span text = span_from(top, at + span_of(tag).length);
    text = span_trim(span_cut(&text, '<'));
    if (span_starts_with_nocase(text, span_of(label)))
        text = span_trim(span_from(text, span_of(label).length));
    return text;
}

/* Runs of white space become one blank. */
static void add_line(buffer *to, span text)
{
    for (size_t i = 0; i < text.length; i++) {
        bool space = byte_is_space(text.at[i]);
        if (!space || (to->length && to->at[to->length - 1] != ' '))
            buffer_add_byte(to, space ? ' ' : text.at[i]);
    }
}

static lc_status add_trec(reader *from, span top, size_t line, topic_list *to)
{
    buffer title = {0}, description = {0};
    add_line(&title, trec_field(top, "<title>", "Topic:"));
    add_line(&description, trec_field(top, "<desc>", "Description:"));
    if (description.length)
        buffer_add_byte(&description, ' ');
    add_line(&description, trec_field(top, "<narr>", "Narrative:"));
    topic given = {.id = trec_field(top, "<num>", "Number:"),
                   .text = span_trim(buffer_span(&title)),
                   .description = span_trim(buffer_span(&description)),
                   .line = (uint32_t)line};
    lc_status status = add(from, to, given);
    buffer_free(&title);
    buffer_free(&description);
    return status;
}

static size_t lines_in(span text)
{
    size_t lines = 0;
    while (span_find_byte(text, '\n') != SPAN_NOT_FOUND) {
        span_cut(&text, '\n');
        lines++;
    }
    return lines;
}

static lc_status read_trec(reader *from, topic_list *to)
{
    lc_status status = LC_OK;
    from->line = 1;
    while (status == LC_OK) {
        size_t begin = span_find(from->rest, SPAN("<top>"));
        if (begin == SPAN_NOT_FOUND)
            return LC_OK;
        from->line += lines_in(span_slice(from->rest, 0, begin));
        from->rest = span_from(from->rest, begin);
        size_t end = span_find(from->rest, SPAN("</top>"));
        if (end == SPAN_NOT_FOUND)
            return reader_complain(from, from->line, "<top> without </top>");
        span top = span_slice(from->rest, 0, end);
        status = add_trec(from, top, from->line, to);
        from->line += lines_in(top);
        from->rest = span_from(from->rest, end);
    }
    return status;
}

/* ---- all ---- */

lc_status topics_read(span text, const char *name, finding_list *findings, topic_list *out,
                      lc_error *error)
{
    reader from = {.name = name, .rest = text, .findings = findings, .error = error};
    topic_list made = {.memory = arena_new(), .index = map_new()};
    span begin = span_trim(text);
    lc_status status;
    if (begin.length && begin.at[0] == '<')
        status = read_trec(&from, &made);
    else if (begin.length && begin.at[0] == '{')
        status = read_jsonl(&from, &made);
    else
        status = read_tsv(&from, &made);
    if (status == LC_OK && !made.count)
        status = reader_complain(&from, from.line, "no topics; is this the topics file?");
    if (status == LC_OK)
        *out = made;
    else
        topics_free(&made);
    return status;
}

lc_status topics_load(const char *path, finding_list *findings, topic_list *out, lc_error *error)
{
    buffer content = {0};
    lc_status status = file_read(path, 0, &content, NULL, error);
    if (status == LC_OK)
        status = topics_read(buffer_span(&content), path, findings, out, error);
    buffer_free(&content);
    return status;
}

void topics_free(topic_list *what)
{
    free(what->item);
    map_free(what->index);
    arena_free(what->memory);
    *what = (topic_list){0};
}

const topic *topics_find(const topic_list *in, span id)
{
    const uint32_t *at = in->index ? map_get(in->index, id) : NULL;
    return at ? &in->item[*at] : NULL;
}
