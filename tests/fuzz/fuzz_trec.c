/* Fuzzes the readers of the bench: the first byte says which; what a run says is read the same
 * again. */
#include <stdlib.h>

#include "../../bench/documents.h"
#include "../../bench/evaluation.h"
#include "../../bench/topics.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_qrels(span text)
{
    qrels read;
    finding_list found = {0};
    if (qrels_read(text, "fuzz", &found, &read, NULL) == LC_OK)
        qrels_free(&read);
    if (qrels_read(text, "fuzz", NULL, &read, NULL) == LC_OK)
        qrels_free(&read);
    buffer_free(&found.text);
}

/* An empty line first: a topic may be called as a byte order mark. */
static void write_run(const ranked_run *what, buffer *to)
{
    buffer_add_byte(to, '\n');
    for (size_t t = 0; t < what->count; t++)
        for (size_t i = 0; i < what->topic[t].count; i++)
            run_add(to, what->topic[t].id, what->topic[t].item[i].document, i + 1,
                    what->topic[t].item[i].score, SPAN("tag"));
}

static void read_run(span text)
{
    ranked_run read, again;
    buffer first = {0}, second = {0};
    if (run_read(text, "fuzz", NULL, &read, NULL) != LC_OK)
        return;
    write_run(&read, &first);
    if (run_read(buffer_span(&first), "fuzz", NULL, &again, NULL) != LC_OK)
        abort();
    write_run(&again, &second);
    if (!span_equal(buffer_span(&first), buffer_span(&second)))
        abort();
    run_free(&read);
    run_free(&again);
    buffer_free(&first);
    buffer_free(&second);
}

static void read_topics(span text)
{
    topic_list read;
    finding_list found = {0};
    if (topics_read(text, "fuzz", &found, &read, NULL) == LC_OK)
        topics_free(&read);
    buffer_free(&found.text);
}

static void read_documents(span text)
{
    document_list read;
    if (documents_read(text, "fuzz", NULL, &read, NULL) == LC_OK)
        documents_free(&read);
}

static void read_measure(span text)
{
    measure_list list = {0};
    measure_list_add(&list, text, NULL);
    measure_list_free(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const READERS[])(span) = {read_qrels, read_run, read_topics, read_documents,
                                            read_measure};
    if (!size)
        return 0;
    span text = {(const char *)data + 1, size - 1};
    READERS[data[0] % (sizeof READERS / sizeof READERS[0])](text);
    return 0;
}
