#include "query_testing.h"

static bool is_property(void *context, span key)
{
    (void)context;
    return span_equal_nocase(key, SPAN("status")) || span_equal_nocase(key, SPAN("venue"));
}

static bool saved_query(void *context, span name, span *text_out)
{
    static const struct {
        const char *name, *text;
    } saved[] = {{"mine", "speaker:ada OR speaker:hopper"},
                 {"not", "-keynote"},
                 {"loop", "a @loop"},
                 {"twice", "@twice @twice"},
                 {"bad", "year:foo"},
                 {"empty", " ... "}};
    (void)context;
    for (size_t i = 0; i < sizeof saved / sizeof *saved; i++)
        if (span_equal(name, span_of(saved[i].name))) {
            *text_out = span_of(saved[i].text);
            return true;
        }
    return false;
}

query_options query_options_for_tests(void)
{
    return (query_options){is_property, saved_query, NULL, day_of(2026, 11, 23)};
}
