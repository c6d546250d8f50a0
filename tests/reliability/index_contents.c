/* Prints all that an index holds, in an order that does not depend on its history: two indexes with
 * the same contents print the same. Check sums that are there must hold. `index_contents INDEX` */
#include <stdio.h>

#include "index/contents.h"
#include "index/sums.h"

int main(int count, char **arguments)
{
    lc_error error;
    contents all;
    if (count != 2)
        return 2;
    if (sums_must_hold(arguments[1], &error) != LC_OK ||
        contents_read(arguments[1], true, &all, &error) != LC_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 3;
    }
    for (size_t i = 0; i < all.count; i++)
        printf("%s\n%s", all.items[i].key, all.items[i].text);
    contents_free(&all);
    return 0;
}
