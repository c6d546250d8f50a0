#include "search/number_range.h"

#include <math.h>

/* Digits, with one dot among them. The locale has no say. */
static bool read_number(span text, double *out)
{
    double scale = 0;
    *out = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool dot = text.at[i] == '.' && scale == 0 && i && i + 1 < text.length;
        if (!dot && !byte_is_digit(text.at[i]))
            return false;
        if (dot) {
            scale = 1;
            continue;
        }
        *out = *out * 10 + (text.at[i] - '0');
        scale *= 10;
    }
    if (scale > 0)
        *out /= scale;
    return text.length > 0;
}

static bool read_comparison(span text, number_range *out)
{
    bool less = text.at[0] == '<', equal = text.length > 1 && text.at[1] == '=';
    double number;
    if (!read_number(span_from(text, 1 + equal), &number))
        return false;
    if (less) {
        out->high = number;
        out->without_high = !equal;
    } else {
        out->low = number;
        out->without_low = !equal;
    }
    return true;
}

bool number_range_read(span text, number_range *out)
{
    *out = (number_range){.low = -INFINITY, .high = INFINITY};
    if (text.length > 1 && (text.at[0] == '<' || text.at[0] == '>'))
        return read_comparison(text, out);
    size_t dots = span_find(text, SPAN(".."));
    if (dots == SPAN_NOT_FOUND || text.length == 2)
        return false;
    span low = span_slice(text, 0, dots), high = span_from(text, dots + 2);
    return (!low.length || read_number(low, &out->low)) &&
           (!high.length || read_number(high, &out->high));
}

bool number_range_holds(const number_range *in, span word)
{
    double number;
    if (!read_number(word, &number))
        return false;
    return (in->without_low ? number > in->low : number >= in->low) &&
           (in->without_high ? number < in->high : number <= in->high);
}
