/* What lectern itself keeps in an index, damaged: the first byte says whether the rest is a talk's
 * record, a folder of the catalog, a talk's word codes or a file of vectors. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "index/catalog.h"
#include "index/talk_record.h"
#include "index/vectors_file.h"
#include "index/word_sequence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/dev/shm/lectern-fuzz-XXXXXX";

/* What could be read is written so that it is read the same again. */
static void read_record(span data)
{
    arena *memory = arena_new();
    buffer first = {0}, second = {0};
    talk_record record;
    if (talk_record_read(data, memory, &record)) {
        talk_record_write(&record, &first);
        assert(talk_record_read(buffer_span(&first), memory, &record));
        talk_record_write(&record, &second);
        assert(span_equal(buffer_span(&first), buffer_span(&second)));
        for (size_t at = 0; at <= record.talk.body.length; at += 7)
            talk_line_at(&record.talk, at);
    }
    buffer_free(&first);
    buffer_free(&second);
    arena_free(memory);
}

static void read_catalog(span data)
{
    lc_error error;
    catalog *notes = catalog_new();
    if (catalog_add_folder(notes, data) && catalog_read_details(notes, "fuzz", &error) == LC_OK &&
        notes->count)
        catalog_find(notes, notes->notes[0].root, notes->notes[0].path);
    catalog_free(notes);
}

static void read_words(span data)
{
    word_filter all;
    word_reader in = word_sequence_read(data);
    uint32_t id, position;
    size_t count = 0;
    memset(&all, 0xFF, sizeof all);
    while (word_sequence_find(&in, &all, &id, &position))
        count++;
    assert(count <= data.length);
    uint16_t codes[64];
    assert(word_sequence_codes(data, codes, 64) <= 64);
}

static void write_file(const char *name, span text)
{
    char *path = path_join(folder, name);
    FILE *file = fopen(path, "w");
    assert(file);
    fwrite(text.at, 1, text.length, file);
    fclose(file);
    free(path);
}

/* The first half is one file, the second the other. */
static void read_vectors(span data)
{
    if (!strstr(folder, "XXXXXX") || mkdtemp(folder)) {
        write_file(STEMS_FILE, span_slice(data, 0, data.length / 2));
        write_file(TALKS_FILE, span_from(data, data.length / 2));
    }
    vectors *found = vectors_open(folder, "commit");
    if (!found)
        return;
    vector_sum sum = {{0}};
    vector_add_stem(found, SPAN("heron"), 2, &sum);
    vector asked = vector_finish(&sum);
    for (uint32_t docid = 0; docid < vectors_end(found) && docid < 8; docid++) {
        double cosine = vector_cosine(&asked, vectors_talk(found, docid));
        assert(cosine >= -1 && cosine <= 1);
    }
    vectors_close(found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const READERS[])(span) = {read_record, read_catalog, read_words, read_vectors};
    if (!size)
        return 0;
    READERS[data[0] % (sizeof READERS / sizeof *READERS)]((span){(const char *)data + 1, size - 1});
    return 0;
}
