#include "shim_index.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

xs_error shim_error;

int shim_folder_make(void **state)
{
    const char *top = getenv("TMPDIR");
    char folder[500];
    char *path = malloc(sizeof folder + sizeof "/index");
    *state = path;
    snprintf(folder, sizeof folder, "%s/shim-XXXXXX", top ? top : "/tmp");
    if (!path || !mkdtemp(folder) || chmod(folder, 0755) != 0)
        return -1;
    sprintf(path, "%s/index", folder);
    return 0;
}

void shim_remove(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char file[1024];
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        unlink(file);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

int shim_folder_remove(void **state)
{
    char *path = *state;
    shim_remove(path);
    *strrchr(path, '/') = '\0';
    shim_remove(path);
    free(path);
    return 0;
}

void shim_assert_ok(xs_status status, const char *call, const char *file, int line)
{
    if (status != XS_OK) {
        print_error("%s: %s (%s)\n", call, xs_status_name(status), shim_error.message);
        _fail(file, line);
    }
}

xs_writer *shim_create(const char *path)
{
    xs_writer *writer = NULL;
    assert_ok(xs_writer_open(path, XS_OPEN_OR_CREATE, XS_NO_SYNC, &writer, &shim_error));
    return writer;
}

void shim_close(xs_writer *writer)
{
    assert_ok(xs_writer_commit(writer, &shim_error));
    xs_writer_free(writer);
}

void shim_fill(const char *path, int documents)
{
    xs_writer *writer = shim_create(path);
    for (int i = 0; i < documents; i++) {
        char id[16], words[2048] = "";
        snprintf(id, sizeof id, "Q%d", i);
        for (int j = 0, len = 0; j < 60; j++)
            len += snprintf(words + len, sizeof words - (size_t)len, "w%d ",
                            (i * 7 + j * 13 + documents) % 997);
        shim_put(writer, id, words);
    }
    shim_close(writer);
}

xs_reader *shim_read(const char *path)
{
    xs_reader *reader = NULL;
    assert_ok(xs_reader_open(path, &reader, &shim_error));
    return reader;
}

xs_doc *shim_doc(const char *words)
{
    xs_doc *doc = NULL;
    assert_ok(xs_doc_new(&doc, &shim_error));
    for (uint32_t position = 1; *words; position++) {
        size_t len = strcspn(words, " ");
        assert_ok(xs_doc_add_posting(doc, words, len, position, 1, &shim_error));
        words += len + (words[len] == ' ');
    }
    return doc;
}

uint32_t shim_put(xs_writer *writer, const char *id, const char *words)
{
    uint32_t docid = 0;
    xs_doc *doc = shim_doc(words);
    assert_ok(xs_writer_put(writer, id, strlen(id), doc, &docid, &shim_error));
    xs_doc_free(doc);
    return docid;
}

xs_stats shim_stats(const xs_reader *reader)
{
    xs_stats figures = {0};
    assert_ok(xs_reader_stats(reader, &figures, &shim_error));
    return figures;
}

uint32_t shim_doc_freq(const xs_reader *reader, const char *term)
{
    uint32_t docs = 0;
    assert_ok(xs_reader_term_freq(reader, term, strlen(term), &docs, NULL, &shim_error));
    return docs;
}

const char *shim_terms_of(const xs_reader *reader, uint32_t docid, const char *prefix)
{
    static shim_walk seen;
    seen = (shim_walk){.limit = 99};
    assert_ok(xs_reader_each_doc_term(reader, docid, prefix, strlen(prefix), shim_walk_term, &seen,
                                      &shim_error));
    return seen.text;
}

static bool note(shim_walk *seen, int written)
{
    seen->len += (size_t)written;
    return --seen->limit > 0;
}

bool shim_walk_term(const char *term, size_t term_len, uint32_t frequency, void *seen)
{
    shim_walk *w = seen;
    return note(w, snprintf(w->text + w->len, sizeof w->text - w->len, "%.*s:%u ", (int)term_len,
                            term, frequency));
}

bool shim_walk_posting(uint32_t docid, uint32_t wdf, void *seen)
{
    shim_walk *w = seen;
    return note(w, snprintf(w->text + w->len, sizeof w->text - w->len, "%u:%u ", docid, wdf));
}

bool shim_walk_value(uint32_t docid, const char *value, size_t value_len, void *seen)
{
    shim_walk *w = seen;
    return note(w, snprintf(w->text + w->len, sizeof w->text - w->len, "%u:%.*s ", docid,
                            (int)value_len, value));
}

bool shim_count_keys(const char *key, size_t key_len, void *count)
{
    assert_true(key_len > 0 && key[0] == 'k');
    ++*(int *)count;
    return true;
}
