#include "index/record_index.h"

#include <stdlib.h>

#include "index/format.h"
#include "index/talk_document.h"
#include "index/vectors.h"
#include "index/writer.h"

struct record_index {
    index_writer *writer;
    document_builder *builder;
    technology_table *technologies;
    document document;
    char *path;
};

lc_status record_index_new(const char *path, uint32_t title_weight, record_index **index_out,
                           lc_error *error)
{
    record_index *made = xcalloc(1, sizeof *made);
    made->path = xstrdup(span_of(path));
    made->builder = document_builder_new();
    made->technologies = technology_table_new();
    document_builder_use_technologies(made->builder, made->technologies);
    if (title_weight)
        document_builder_set_title_weight(made->builder, title_weight);
    document_init(&made->document);
    lc_status status = index_writer_open(path, WRITE_NEW_ONCE, NULL, &made->writer, error);
    if (status == LC_OK)
        *index_out = made;
    else
        record_index_free(made);
    return status;
}

lc_status record_index_add(record_index *to, const talk_record *record, lc_error *error)
{
    document_build(to->builder, record, SPAN_NONE, &to->document);
    return index_writer_add(to->writer, &to->document, error);
}

lc_status record_index_commit(record_index *of, lc_error *error)
{
    lc_status status =
        index_writer_set_meta(of->writer, SPAN(META_VERSION), SPAN(INDEX_VERSION), error);
    if (status == LC_OK)
        status = index_writer_commit(of->writer, error);
    return status == LC_OK ? vectors_refresh(of->path, true, error) : status;
}

void record_index_free(record_index *what)
{
    if (!what)
        return;
    index_writer_free(what->writer);
    document_builder_free(what->builder);
    technology_table_free(what->technologies);
    document_free(&what->document);
    free(what->path);
    free(what);
}
