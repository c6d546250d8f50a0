/*
 * urls.c - the words of a URL.
 */
#include <string.h>

#include "analysis/classes.h"
#include "analysis/tokenizer.h"

enum { URL_WORDS = 24 }; /* what follows is a machine's */

static bool ends_address(const tokenizer *t, size_t at)
{
    char c = t->text.at[at];
    if ((unsigned char)c >= 0x80) {
        class wide = class_here(t, at);
        return wide == CLASS_OTHER || wide == CLASS_RUN;
    }
    return byte_is_space(c) || strchr("<>\"`()[]{}|\\^", c);
}

static bool is_escape(const tokenizer *t, size_t at)
{
    return byte_at(t, at) == '%' && byte_is_alnum(byte_at(t, at + 1)) &&
           byte_is_alnum(byte_at(t, at + 2));
}

static size_t skip_word(const tokenizer *t, size_t at)
{
    size_t next;
    while (at < t->text.length) {
        class c = class_at(t->text, at, &next);
        if (!class_is_word(c) && c != CLASS_MARK)
            break;
        at = next;
    }
    return at;
}

void url_add(tokenizer *t)
{
    size_t words = 0;
    while (t->at < t->text.length && !ends_address(t, t->at)) {
        size_t end = skip_word(t, t->at);
        if (end == t->at) {
            t->at += is_escape(t, t->at) ? 3 : 1;
            continue;
        }
        bool www = end - t->at == 3 && span_equal(lower_slice(t, t->at, end), SPAN("www"));
        if (!www && words++ < URL_WORDS)
            term_add_word(t, t->at, end, false);
        t->at = end;
    }
}

bool url_begins(const tokenizer *t, const token *w, size_t *begin_out)
{
    span text = lower_slice(t, w->begin, w->end);
    if (w->high || w->digits)
        return false;
    if (span_starts_with(span_from(t->text, w->end), SPAN("://"))) {
        *begin_out = w->end + 3;
        return is_word_at(t, *begin_out);
    }
    *begin_out = w->end;
    return span_equal(text, SPAN("www")) && byte_at(t, w->end) == '.';
}
