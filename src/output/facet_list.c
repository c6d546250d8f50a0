#include "output/facet_list.h"

#include "output/json.h"
#include "output/safe.h"

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
        fputc('\n', to);
    }
}
