/*
 * xapian_error.h - what the shim says, in our words, with the next step for the person.
 */
#ifndef LECTERN_INDEX_XAPIAN_ERROR_H
#define LECTERN_INDEX_XAPIAN_ERROR_H

#include "base/error.h"
#include "xapian_shim.h"

/* LC_OK for XS_OK; else fills error with `path: what went wrong, and what to do`. */
lc_status from_xapian(xs_status status, const xs_error *said, const char *path, lc_error *error);

#endif
