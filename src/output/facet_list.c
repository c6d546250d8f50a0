#include "output/facet_list.h"

#include "output/json.h"
#include "output/safe.h"

/* "(Grace Hopper 3, G. Hopper 1)"; for other programs a third column. */
static void print_spellings(FILE *to, const facet_value *of, facet_form form)
{
    fputs(form == FACET_TSV ? "\t" : "  (", to);
    for (size_t i = 0; i < of->spelling_count; i++) {
        fputs(i ? ", " : "", to);
        print_safe_line(to, of->spellings[i].text);
        fprintf(to, " %u", of->spellings[i].count);
    }
    fputs(form == FACET_TSV ? "" : ")", to);
}

void facet_list_print(FILE *to, const facet *what, facet_form form)
{
    if (form == FACET_JSON) {
        json_print_facet(to, what);
        return;
    }
    for (size_t i = 0; i < what->shown; i++) {
        const facet_value *v = &what->values[i];
        if (form == FACET_TEXT)
            fprintf(to, "%6u  ", v->count);
        print_safe_line(to, v->text);
        if (form == FACET_TSV)
            fprintf(to, "\t%u", v->count);
        if (v->spelling_count && (form == FACET_TEXT || form == FACET_TSV))
            print_spellings(to, v, form);
        fputc('\n', to);
    }
}
