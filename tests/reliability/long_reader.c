/* A reader that stays while others write: `long_reader INDEX WORD TALKS SECONDS` opens the index
 * once and searches it until the time is over. Each answer must be whole: so many talks, all of
 * which say the same "Round N", and N never goes back. Prints the number of searches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "search/searcher.h"

/* The number that all hits say, or -1. */
static long round_of(const search_result *result)
{
    long all = -1;
    for (size_t i = 0; i < result->count; i++) {
        size_t at = span_find(result->hits[i].record.talk.body, SPAN("Round "));
        if (at == SPAN_NOT_FOUND)
            return -1;
        long one = strtol(result->hits[i].record.talk.body.at + at + 6, NULL, 10);
        if (i && one != all)
            return -1;
        all = one;
    }
    return all;
}

/* The round of one answer; -1 when it is not whole, or there is none. */
static long search_once(searcher *in, const char *word, size_t wanted)
{
    lc_error error = {LC_OK, ""};
    query_mistake where;
    search_result result;
    const search_request request = {.query = span_of(word), .limit = 100};
    arena *memory = arena_new();
    long round = -1;
    lc_status status = searcher_search(in, &request, memory, &result, &error, &where);
    if (status == LC_OK && result.count == wanted)
        round = round_of(&result);
    else
        fprintf(stderr, "%zu talks; %s\n", result.count, error.message);
    search_result_free(&result);
    arena_free(memory);
    return round;
}

int main(int count, char **arguments)
{
    lc_error error;
    searcher *in;
    long last = 0, searches = 0;
    if (count != 5)
        return 2;
    if (searcher_open(arguments[1], &in, &error) != LC_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 3;
    }
    time_t until = time(NULL) + strtol(arguments[4], NULL, 10);
    while (time(NULL) < until) {
        long round = search_once(in, arguments[2], strtoul(arguments[3], NULL, 10));
        if (round < last) {
            fprintf(stderr, "round %ld after %ld\n", round, last);
            return 1;
        }
        last = round;
        searches++;
    }
    printf("%ld\n", searches);
    searcher_free(in);
    return 0;
}
