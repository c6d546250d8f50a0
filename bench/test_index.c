/* test_index.c - from a collection's documents to an index. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/analysis.h"
#include "base/file.h"
#include "documents.h"
#include "hit_name.h"
#include "index/record_index.h"
#include "index/refresh.h"
#include "qrels.h"

static lc_status make_folder(test_index *to, lc_error *error)
{
    const char *base = getenv("TMPDIR");
    to->folder = path_join(base && *base ? base : "/tmp", "lectern-bench-XXXXXX");
    if (!mkdtemp(to->folder)) {
        int number = errno;
        lc_fail_errno(error, number, "%s: can't be made", to->folder);
        free(to->folder);
        to->folder = NULL;
        return LC_IO;
    }
    to->index = path_join(to->folder, "index");
    return LC_OK;
}

/* The name is no part of the record: what a document is called must not count. */
static lc_status add_document(record_index *to, const document *from, lc_error *error)
{
    talk_record record = {.talk = {.kind = KIND_TALK}};
    record.talk.title.text = from->title;
    record.talk.body = from->text;
    record.talk.language = analysis_detect_language(from->text, SPAN("en"));
    return record_index_add(to, &record, error);
}

static lc_status add_documents(record_index *to, const document_list *from, test_index *out,
                               lc_error *error)
{
    lc_status status = LC_OK;
    out->names = arena_alloc(out->memory, (from->count + 1) * sizeof *out->names);
    for (size_t i = 0; i < from->count && status == LC_OK; i++) {
        out->names[out->count++] = arena_copy(out->memory, from->item[i].id);
        status = add_document(to, &from->item[i], error);
    }
    return status == LC_OK ? record_index_commit(to, error) : status;
}

static lc_status index_records(const collection_paths *from, uint32_t title_weight, test_index *out,
                               lc_error *error)
{
    document_list documents;
    record_index *to = NULL;
    lc_status status = documents_load(from->documents, NULL, &documents, error);
    if (status != LC_OK)
        return status;
    status = record_index_new(out->index, title_weight, &to, error);
    if (status == LC_OK)
        status = add_documents(to, &documents, out, error);
    record_index_free(to);
    documents_free(&documents);
    return status;
}

/* ---- names of talks in notes ---- */

static int compare_places(const void *left, const void *right)
{
    const judged_place *a = left, *b = right;
    int order = span_compare(a->path, b->path);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static void add_place(test_index *to, size_t *capacity, span name)
{
    size_t colon = span_find_last_byte(name, ':');
    long line = colon == SPAN_NOT_FOUND ? -1 : span_number(span_from(name, colon + 1));
    if (line < 0)
        return;
    span kept = arena_copy(to->memory, name);
    judged_place added = {span_slice(kept, 0, colon), kept, (uint32_t)line};
    ARENA_ADD(to->memory, to->places, to->place_count, *capacity, added);
}

static lc_status read_places(const char *path, test_index *to, lc_error *error)
{
    qrels judged;
    size_t capacity = 0;
    lc_status status = qrels_load(path, NULL, &judged, error);
    if (status != LC_OK)
        return status;
    for (size_t t = 0; t < judged.count; t++)
        for (size_t i = 0; i < judged.topic[t].count; i++)
            add_place(to, &capacity, judged.topic[t].item[i].document);
    if (to->place_count)
        qsort(to->places, to->place_count, sizeof *to->places, compare_places);
    qrels_free(&judged);
    return LC_OK;
}

span test_index_place(const test_index *in, span path, uint32_t first, uint32_t last, arena *memory)
{
    size_t low = 0, high = in->place_count;
    judged_place wanted = {.path = path, .line = first};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_places(&in->places[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < in->place_count && span_equal(in->places[low].path, path) &&
        in->places[low].line <= last)
        return in->places[low].name;
    return arena_printf(memory, "%.*s:%u", SPAN_ARG(path), first);
}

span hit_name(const test_index *in, const hit *found, arena *memory)
{
    if (!in->notes)
        return found->docid <= in->count ? in->names[found->docid - 1] : SPAN_NONE;
    const talk *of = &found->record.talk;
    uint32_t last = of->kind == KIND_NOTE ? of->line : of->end_line; /* a note's text is around */
    return test_index_place(in, found->record.path, of->line, last, memory);
}

static lc_status index_notes(const collection_paths *from, test_index *out, lc_error *error)
{
    roots list = {0};
    refresh_report report;
    location at = {.index = out->index};
    refresh_options how = {.at = &at, .roots = &list, .train = true};
    lc_status status = roots_add(&list, from->documents, error);
    if (status == LC_OK)
        status = index_refresh(&how, NULL, &report, error);
    if (status == LC_OK && from->qrels)
        status = read_places(from->qrels, out, error);
    roots_free(&list);
    return status;
}

lc_status test_index_make(const collection_paths *from, uint32_t title_weight, test_index *out,
                          lc_error *error)
{
    test_index made = {.memory = arena_new()};
    struct stat found;
    lc_status status = make_folder(&made, error);
    made.notes = stat(from->documents, &found) == 0 && S_ISDIR(found.st_mode);
    if (status == LC_OK)
        status = made.notes ? index_notes(from, &made, error)
                            : index_records(from, title_weight, &made, error);
    if (status == LC_OK)
        *out = made;
    else
        test_index_free(&made);
    return status;
}

void test_index_free(test_index *what)
{
    if (what->folder)
        folder_remove(what->folder, NULL);
    free(what->folder);
    free(what->index);
    arena_free(what->memory);
    *what = (test_index){0};
}
