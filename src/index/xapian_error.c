#include "index/xapian_error.h"

lc_status from_xapian(xs_status status, const xs_error *said, const char *path, lc_error *error)
{
    switch (status) {
    case XS_OK: return LC_OK;
    case XS_NO_INDEX:
        return lc_fail(error, LC_NO_INDEX, "%s: is no index; make one with: lectern index FOLDER",
                       path);
    case XS_OLD_INDEX:
        return lc_fail(
            error, LC_OLD_INDEX,
            "%s: was written by another Xapian; rebuild it with: lectern index --rebuild", path);
    case XS_LOCKED:
        return lc_fail(error, LC_LOCKED, "%s: another process is writing this index; try again",
                       path);
    case XS_NOT_FOUND: /* only what the index itself names is ever looked for */
    case XS_CORRUPT:
        return lc_fail(error, LC_CORRUPT,
                       "%s: is damaged (%s); rebuild it with: lectern index --rebuild", path,
                       said->message);
    case XS_CHANGED: /* damaged blocks look like newer ones */
        return lc_fail(error, LC_CHANGED,
                       "%s: is being rewritten all the time; try again; if nothing writes to it, "
                       "rebuild it with: lectern index --rebuild",
                       path);
    case XS_NO_MEMORY: /* damaged lengths ask for any amount */
        return lc_fail(error, LC_IO,
                       "%s: out of memory; if there is enough, the index is damaged; rebuild it "
                       "with: lectern index --rebuild",
                       path);
    case XS_IO:
        return lc_fail(error, LC_IO, "%s: can't be read or written (%s)", path, said->message);
    case XS_BAD_ARGUMENT:
    case XS_INTERNAL: break;
    }
    return lc_fail(error, LC_INTERNAL,
                   "%s: %s: %s; a damaged index is rebuilt with: lectern index --rebuild", path,
                   xs_status_name(status), said->message);
}
