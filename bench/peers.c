#include "peers.h"

const speed_peer *const SPEED_PEERS[] = {
    &PEER_LECTERN,
    &PEER_LECTERN_STAGE2,
    &PEER_LECTERN_BM25,
    &PEER_LECTERN_PAGE,
    &PEER_LECTERN_SEARCH,
    &PEER_LECTERN_START,
    &PEER_FTS5,
    &PEER_LUCENE,
    &PEER_OMEGA,
    &PEER_RIPGREP,
    NULL,
};

const speed_peer *speed_peer_by_name(span name)
{
    for (const speed_peer *const *p = SPEED_PEERS; *p; p++)
        if (span_equal(name, span_of((*p)->name)))
            return *p;
    return NULL;
}
