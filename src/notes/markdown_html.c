/* What a person sees of HTML that stands in a note. */
#include <string.h>

#include "notes/markdown_text.h"

bool html_tag_is(span tag, span name)
{
    return tag.length > name.length + 1 && tag.at[0] == '<' &&
           span_starts_with_nocase(span_from(tag, 1), name) &&
           !byte_is_alnum(tag.at[1 + name.length]);
}

static span cut_attribute_value(span *rest)
{
    *rest = span_trim(*rest);
    char quote = rest->length ? rest->at[0] : '\0';
    if (quote == '"' || quote == '\'') {
        *rest = span_from(*rest, 1);
        return span_cut(rest, quote);
    }
    size_t end = 0;
    while (end < rest->length && !byte_is_space(rest->at[end]) && rest->at[end] != '>')
        end++;
    span value = span_slice(*rest, 0, end);
    *rest = span_from(*rest, end);
    return value;
}

span html_attribute(span tag, span name)
{
    span rest = span_from(tag, 1);
    while (rest.length) {
        size_t end = 0;
        while (end < rest.length && !byte_is_space(rest.at[end]) && !strchr("=>/", rest.at[end]))
            end++;
        span found = span_slice(rest, 0, end);
        rest = span_from(rest, end);
        while (rest.length && byte_is_space(rest.at[0]))
            rest = span_from(rest, 1);
        if (!rest.length || rest.at[0] != '=') {
            rest = span_from(rest, end ? 0 : 1);
            continue;
        }
        rest = span_from(rest, 1);
        span value = cut_attribute_value(&rest);
        if (span_equal_nocase(found, name))
            return value;
    }
    return SPAN_NONE;
}

/* The few entities that stand in HTML text written by hand. */
static void add_text(rich_text *to, span text)
{
    static const struct {
        span entity, text;
    } table[] = {{{"&amp;", 5}, {"&", 1}},   {{"&lt;", 4}, {"<", 1}},  {{"&gt;", 4}, {">", 1}},
                 {{"&quot;", 6}, {"\"", 1}}, {{"&#39;", 5}, {"'", 1}}, {{"&nbsp;", 6}, {" ", 1}}};
    size_t ampersand;
    while ((ampersand = span_find_byte(text, '&')) != SPAN_NOT_FOUND) {
        rich_text_add(to, span_slice(text, 0, ampersand));
        text = span_from(text, ampersand);
        span shown = span_slice(text, 0, 1);
        size_t used = 1;
        for (size_t i = 0; i < sizeof table / sizeof *table; i++)
            if (span_starts_with(text, table[i].entity)) {
                shown = table[i].text;
                used = table[i].entity.length;
            }
        rich_text_add(to, shown);
        text = span_from(text, used);
    }
    rich_text_add(to, text);
}

static void add_line_breaks(rich_text *to, span hidden)
{
    size_t at;
    while ((at = span_find_byte(hidden, '\n')) != SPAN_NOT_FOUND) {
        rich_text_add_raw(to, SPAN("\n"));
        hidden = span_from(hidden, at + 1);
    }
}

/* Length of what is hidden at the beginning of text, which begins with '<'. */
static size_t hidden_length(span text)
{
    static const struct {
        span begin, end;
    } pairs[] = {{{"<!--", 4}, {"-->", 3}},
                 {{"<script", 7}, {"</script>", 9}},
                 {{"<style", 6}, {"</style>", 8}}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (span_starts_with_nocase(text, pairs[i].begin)) {
            size_t end = span_find(text, pairs[i].end);
            return end == SPAN_NOT_FOUND ? text.length : end + pairs[i].end.length;
        }
    if (text.length < 2 || !(byte_is_alpha(text.at[1]) || strchr("/!?", text.at[1])))
        return 0;
    size_t end = span_find_byte(text, '>');
    return end == SPAN_NOT_FOUND ? text.length : end + 1;
}

static bool is_block_tag(span tag)
{
    static const char names[][6] = {"br",  "p",   "li",   "td",  "th", "tr",  "div", "/p",
                                    "/li", "/td", "/div", "/tr", "hr", "/h1", "/h2", "/h3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (html_tag_is(tag, span_of(names[i])))
            return true;
    return false;
}

static uint32_t lines_in(span text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] == '\n';
    return count;
}

void rich_text_add_html(rich_text *to, span html, uint32_t line, arena *memory)
{
    size_t open = SPAN_NOT_FOUND;
    while (html.length) {
        size_t begin = span_find_byte(html, '<');
        span shown = span_slice(html, 0, begin);
        add_text(to, shown);
        line += lines_in(shown);
        html = span_from(html, shown.length);
        if (!html.length)
            break;
        size_t length = hidden_length(html);
        if (!length) {
            rich_text_add(to, SPAN("<"));
            html = span_from(html, 1);
            continue;
        }
        span tag = span_slice(html, 0, length);
        bool anchor = html_tag_is(tag, SPAN("a"));
        span url = html_attribute(tag, anchor ? SPAN("href") : SPAN("src"));
        if (html_tag_is(tag, SPAN("/a")) && open != SPAN_NOT_FOUND)
            rich_text_close_link(to, open);
        if (is_block_tag(tag) && to->text.length &&
            !byte_is_space(to->text.at[to->text.length - 1]))
            rich_text_add_raw(to, SPAN(" "));
        if (url.length && tag.at[1] != '!') {
            size_t number = rich_text_open_link(to, text_without_controls(url, memory), line);
            open = anchor ? number : open;
        }
        add_line_breaks(to, tag);
        line += lines_in(tag);
        html = span_from(html, length);
    }
}
