/* Shortcodes of site generators: `{{< youtube ID >}}`, `{{% ... %}}`, `{% youtube ID %}`. */
#include "notes/markdown_lines.h"

static bool is_identifier(span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!byte_is_alnum(text.at[i]) && text.at[i] != '-' && text.at[i] != '_')
            return false;
    return text.length > 0;
}

/* The first argument, or the value of `id=`, without quotes. */
static span shortcode_argument(span arguments)
{
    size_t named = span_find(arguments, SPAN("id="));
    if (named != SPAN_NOT_FOUND)
        arguments = span_from(arguments, named + 3);
    arguments = span_trim(arguments);
    if (arguments.length && (arguments.at[0] == '"' || arguments.at[0] == '\'')) {
        char quote = arguments.at[0];
        arguments = span_from(arguments, 1);
        return span_cut(&arguments, quote);
    }
    return span_cut(&arguments, ' ');
}

static void add_shortcode(buffer *to, span inside)
{
    static const struct {
        span name, url;
    } sites[] = {{{"youtube", 7}, {"https://www.youtube.com/watch?v=", 32}},
                 {{"vimeo", 5}, {"https://vimeo.com/", 18}},
                 {{"speakerdeck", 11}, {"https://speakerdeck.com/player/", 31}}};
    inside = span_trim(inside);
    span name = span_cut(&inside, ' ');
    span argument = shortcode_argument(inside);
    for (size_t i = 0; i < sizeof sites / sizeof *sites; i++)
        if (span_equal_nocase(name, sites[i].name) && is_identifier(argument)) {
            buffer_printf(to, "[%.*s](%.*s%.*s)", SPAN_ARG(name), SPAN_ARG(sites[i].url),
                          SPAN_ARG(argument));
            return;
        }
    if (span_starts_with(argument, SPAN("http")))
        buffer_printf(to, "[%.*s](<%.*s>)", SPAN_ARG(name), SPAN_ARG(argument));
}

typedef struct {
    span begin, end;
} delimiters;

/* Bytes of the shortcode that text begins with, 0 when it is none; its inside in *inside_out.
 * *open_out: it begins but never ends. */
static size_t shortcode_length(span text, span *inside_out, bool *open_out)
{
    static const delimiters kinds[] = {
        {{"{{<", 3}, {">}}", 3}}, {{"{{%", 3}, {"%}}", 3}}, {{"{%", 2}, {"%}", 2}}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!span_starts_with(text, kinds[i].begin))
            continue;
        span rest = span_from(text, kinds[i].begin.length);
        size_t end = span_find(rest, kinds[i].end);
        *open_out |= end == SPAN_NOT_FOUND;
        *inside_out = span_slice(rest, 0, end);
        return end == SPAN_NOT_FOUND ? 0 : kinds[i].begin.length + end + kinds[i].end.length;
    }
    return 0;
}

void add_without_shortcodes(buffer *to, span line)
{
    bool open = false; /* one that never ends is the last that is tried: keeps this linear */
    size_t brace;
    while (!open && (brace = span_find_byte(line, '{')) != SPAN_NOT_FOUND) {
        span inside;
        buffer_add(to, span_slice(line, 0, brace));
        line = span_from(line, brace);
        size_t length = shortcode_length(line, &inside, &open);
        if (length)
            add_shortcode(to, inside);
        else
            buffer_add_byte(to, '{');
        line = span_from(line, length ? length : 1);
    }
    buffer_add(to, line);
}
