/*
 * length_class.h - a document's length and a term's frequency in it, packed into one wdf.
 *
 * Looking up document lengths is 70-80 % of the time of a ranked query over Xapian. So each posting
 * carries the length itself: wdf = frequency * LENGTH_CLASSES + class, where classes are lengths in
 * steps of about 12 %. Weights are computed from it at query time (XS_WEIGHT_PACKED), with any k1,
 * b and the collection's mean length as it is now; nothing is fixed at indexing.
 *
 * A length is the number of scored words of title (each TITLE_WEIGHT times) and body: no stop
 * words, other forms, fields, code.
 */
#ifndef LECTERN_INDEX_LENGTH_CLASS_H
#define LECTERN_INDEX_LENGTH_CLASS_H

#include <stdint.h>

enum {
    LENGTH_CLASSES = 64,
    LENGTH_CLASS_NONE = 0 /* of what length says nothing about: weighted as in a mean document */
};

/* 1 to LENGTH_CLASSES - 1. */
uint8_t length_class(uint32_t length);
/* The length that the class stands for; 0 for LENGTH_CLASS_NONE. */
double length_class_length(uint8_t class);
/* 0 stays 0: a filter. */
uint32_t length_class_pack(uint32_t frequency, uint8_t class);

#endif
