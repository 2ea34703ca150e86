/// What this machine can do at most, measured: one core, everything in registers or streamed.
#ifndef ROOFLINE_H
#define ROOFLINE_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The instruction set that the measurements use: "avx512", "avx2", "neon" or "baseline".
const char *roofline_instruction_set(void);

/// Operations carried out by `rounds` rounds of independent Float additions.
double roofline_adds(size_t rounds);
/// Fused multiply-adds in Float, one per lane; two floating-point operations each.
double roofline_fmas(size_t rounds);
/// The same in Double.
double roofline_double_fmas(size_t rounds);
/// Products of 32 × 32 → 64 bits.
double roofline_products(size_t rounds);

/// Reads `bytes` bytes, a multiple of 1024, from a 64-byte aligned address `rounds` times.
void roofline_read(const void *memory, size_t bytes, size_t rounds);

/// Adds up `count` lines of 16 Floats of a table, line by line at the places given, in pairs of
/// Floats; `count` is a multiple of 8.
void roofline_add_lines(const float *table, const uint16_t *places, size_t count);
/// Stores `count` sums of two lines of 16 Floats in a table.
void roofline_store_lines(float *table, size_t count);
/// Words made by `rounds` rounds of Philox4x32-10 in registers.
double roofline_philox(size_t rounds);
/// Logistic functions' worth of multiply-adds and divisions in registers.
double roofline_logistic(size_t rounds);
/// Reads, changes and writes `bytes` bytes, a multiple of 1024, `rounds` times.
void roofline_move(void *memory, size_t bytes, size_t rounds);

#pragma clang assume_nonnull end

#endif
