/* Many searches in one process: `many_searches INDEX COUNT` asks the queries of standard input, a
 * line each, in turn. At each tenth it prints its memory in KiB, its open files and the hits so
 * far. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "search/searcher.h"

static size_t resident(void)
{
    size_t whole = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%zu %zu", &whole, &pages) != 2)
        pages = 0;
    if (file)
        fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE) / 1024;
}

static size_t open_files(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count;
}

/* The number of hits of the page; ends the program on a failure. */
static size_t search_once(searcher *in, span query)
{
    lc_error error = {LC_OK, ""};
    query_mistake where;
    search_result result;
    const search_request request = {.query = query, .limit = 10};
    arena *memory = arena_new();
    if (searcher_search(in, &request, memory, &result, &error, &where) != LC_OK) {
        fprintf(stderr, "%.*s: %s\n", SPAN_ARG(query), error.message);
        exit(1);
    }
    size_t hits = result.count;
    search_result_free(&result);
    arena_free(memory);
    return hits;
}

static void read_queries(buffer *to)
{
    char chunk[4096];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, stdin)) > 0)
        buffer_add(to, (span){chunk, got});
}

int main(int count, char **arguments)
{
    enum { LINES = 10 };
    lc_error error;
    searcher *in;
    buffer text = {0};
    if (count != 3)
        return 2;
    read_queries(&text);
    if (searcher_open(arguments[1], &in, &error) != LC_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 3;
    }
    size_t wanted = strtoul(arguments[2], NULL, 10), hits = 0;
    span rest = SPAN_NONE;
    for (size_t n = 1; n <= wanted; n++) {
        if (!rest.length)
            rest = buffer_span(&text);
        hits += search_once(in, span_cut_line(&rest));
        if (n % (wanted / LINES + 1) == 0 || n == wanted)
            printf("%zu %zu %zu\n", resident(), open_files(), hits);
    }
    searcher_free(in);
    buffer_free(&text);
    return 0;
}
