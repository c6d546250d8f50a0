#include "collection.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"

/* The first of the names that is a file in the folder (or a folder, when it ends in "/"). */
static char *first_of(const char *folder, const char *const *names)
{
    for (; *names; names++) {
        struct stat status;
        char *path = path_join(folder, *names);
        bool wants_folder = span_ends_with(span_of(*names), SPAN("/"));
        if (stat(path, &status) == 0 && !!S_ISDIR(status.st_mode) == wants_folder)
            return path;
        free(path);
    }
    return NULL;
}

void collection_find(const char *folder, collection_paths *out)
{
    static const char *const DOCUMENTS[] = {"corpus.jsonl", "notes/", NULL};
    static const char *const TOPICS[] = {"queries.jsonl", "topics.tsv", "topics.trec", NULL};
    static const char *const QRELS[] = {"qrels.tsv", "qrels/test.tsv", "qrels.txt", "qrels", NULL};
    out->documents = first_of(folder, DOCUMENTS);
    out->topics = first_of(folder, TOPICS);
    out->qrels = first_of(folder, QRELS);
}

void collection_paths_free(collection_paths *what)
{
    free(what->documents);
    free(what->topics);
    free(what->qrels);
    *what = (collection_paths){0};
}
